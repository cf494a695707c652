import { changedFields, rebased } from "./rebase";

interface Versioned {
  version: number;
}

/** An edit of `base`, the version that was opened, and `record`, whatever is there now. */
interface Edit<R, F> {
  base: R;
  record: R;
  form: F;
  formOf: (record: R) => F;
  /** Goes on from `record` with `next` in the form. */
  goOnFrom: (next: F) => void;
}

/** What somebody else saved since an edit began, and two ways on from there. */
export interface Overtaken<F> {
  /** Undefined while nobody saved anything. */
  theirs: F | undefined;
  /** The fields that somebody else changed. */
  changed: (keyof F & string)[];
  keepMine: () => void;
  takeTheirs: () => void;
}

/**
 * Live updates change the record under an open dialog: sending the newer version would overwrite in silence what a colleague has
 * just saved. So an edit is of the version that was opened, until its writer has seen what is new.
 */
export function overtaken<R extends Versioned, F extends object>({ base, record, form, formOf, goOnFrom }: Edit<R, F>): Overtaken<F> {
  const theirs = record.version === base.version ? undefined : formOf(record);
  return {
    theirs,
    changed: theirs ? changedFields(formOf(base), theirs) : [],
    keepMine: () => theirs && goOnFrom(rebased(form, formOf(base), theirs)),
    takeTheirs: () => theirs && goOnFrom(theirs),
  };
}
