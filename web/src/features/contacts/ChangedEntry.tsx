import { useTranslation } from "react-i18next";
import { ChangedMeanwhile } from "../../parts/ChangedMeanwhile";
import type { ContactEntry } from "./contact-entry";
import type { Edited } from "./edited-entry";
import type { LabelEntry } from "./label-entry";
import type { PartyEntry } from "./party-entry";

type Field = Exclude<keyof (ContactEntry & LabelEntry) | keyof PartyEntry, "kind">;

interface ChangedEntryProps<E> {
  edit: Pick<Edited<unknown, E>, "theirs" | "entry" | "changed" | "keepMine" | "takeTheirs">;
  textOf: (field: keyof E & string, of: E) => string;
  onGoOn: () => void;
}

/** Both texts of a person or a party that somebody else saved while it was being edited. */
export function ChangedEntry<E>({ edit, textOf, onGoOn }: ChangedEntryProps<E>) {
  const { t } = useTranslation("contacts");
  const { theirs, entry, changed } = edit;
  if (theirs === undefined) return null;
  const changes = changed.map((field) => ({ field: t(`field.${field as Field}`), theirs: textOf(field, theirs), mine: textOf(field, entry) }));
  return <ChangedMeanwhile changes={changes} edit={edit} onGoOn={onGoOn} />;
}
