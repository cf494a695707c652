import { useState } from "react";
import { changedFields, rebased } from "../../parts/rebase";
import { useKeptEntry } from "./kept-entry";

interface Versioned {
  id: string;
  version: number;
}

/** An edit under way: `base` is the version it began from, `theirs` what somebody else has saved since. */
export interface Edited<R, E> {
  base: R;
  entry: E;
  change: (changed: Partial<E>) => void;
  forget: () => void;
  theirs: E | undefined;
  /** The fields that somebody else changed. */
  changed: (keyof E & string)[];
  keepMine: () => void;
  takeTheirs: () => void;
}

/**
 * Edits the version that was opened, not whatever arrived since: live updates change `record` under the open dialog, and
 * sending its newer version would overwrite in silence what a colleague has just saved.
 */
export function useEditedEntry<R extends Versioned, E extends object>(kind: string, record: R, entryOf: (record: R) => E): Edited<R, E> {
  const [base, setBase] = useState(record);
  const nameOf = ({ id, version }: Versioned) => `${kind}:${id}:${version}`;
  const { entry, change, forget, moveTo } = useKeptEntry(nameOf(base), entryOf(base));
  const theirs = record.version === base.version ? undefined : entryOf(record);
  const goOnFrom = (next: E) => {
    moveTo(nameOf(record), next);
    setBase(record);
  };
  return {
    base,
    entry,
    change,
    forget,
    theirs,
    changed: theirs ? changedFields(entryOf(base), theirs) : [],
    keepMine: () => theirs && goOnFrom(rebased(entry, entryOf(base), theirs)),
    takeTheirs: () => theirs && goOnFrom(theirs),
  };
}
