import { useState } from "react";
import { overtaken, type Overtaken } from "../../parts/overtaken";
import { useKeptEntry } from "./kept-entry";

interface Versioned {
  id: string;
  version: number;
}

/** An edit under way: `base` is the version it began from. */
export interface Edited<R, E> extends Overtaken<E> {
  base: R;
  entry: E;
  change: (changed: Partial<E>) => void;
  forget: () => void;
}

/** An edit whose entry is kept over a reload. */
export function useEditedEntry<R extends Versioned, E extends object>(kind: string, record: R, entryOf: (record: R) => E): Edited<R, E> {
  const [base, setBase] = useState(record);
  const nameOf = ({ id, version }: Versioned) => `${kind}:${id}:${version}`;
  const { entry, change, forget, moveTo } = useKeptEntry(nameOf(base), entryOf(base));
  const goOnFrom = (next: E) => {
    moveTo(nameOf(record), next);
    setBase(record);
  };
  return { base, entry, change, forget, ...overtaken({ base, record, form: entry, formOf: entryOf, goOnFrom }) };
}
