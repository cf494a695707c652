import { useState } from "react";
import { overtaken, type Overtaken } from "./overtaken";

export interface EditedForm<R, F> extends Overtaken<F> {
  /** The version the edit began from. */
  base: R;
  form: F;
  change: (changed: Partial<F>) => void;
}

/** A form on a record that somebody else may save meanwhile. */
export function useEditedForm<R extends { version: number }, F extends object>(record: R, formOf: (record: R) => F): EditedForm<R, F> {
  const [base, setBase] = useState(record);
  const [form, setForm] = useState(() => formOf(record));
  const goOnFrom = (next: F) => {
    setForm(next);
    setBase(record);
  };
  return { base, form, change: (changed) => setForm((before) => ({ ...before, ...changed })), ...overtaken({ base, record, form, formOf, goOnFrom }) };
}
