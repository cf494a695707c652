import type { Contact, ContactBody } from "../../api/types";

type Channel = Contact["channels"][number];

/** A person as it is written: other names a line each, languages with commas. */
export interface ContactEntry {
  name: string;
  latin: string;
  otherNames: string;
  languages: string;
  channels: Channel[];
  purpose: string;
  notes: string;
  countries: string[];
}

export const BLANK: ContactEntry = {
  name: "",
  latin: "",
  otherNames: "",
  languages: "",
  channels: [
    { kind: "phone", value: "" },
    { kind: "email", value: "" },
  ],
  purpose: "",
  notes: "",
  countries: [],
};

export function entryOf({ name, latin_name, other_names, languages, channels, purpose, notes, countries }: Contact): ContactEntry {
  return { name, latin: latin_name, otherNames: other_names.join("\n"), languages: languages.join(", "), channels, purpose, notes: notes ?? "", countries };
}

const partsOf = (text: string, between: string) => text.split(between).map((part) => part.trim()).filter((part) => part !== "");

/** What is sent; a channel without a value is left out. */
export function bodyOf({ name, latin, otherNames, languages, channels, purpose, notes, countries }: ContactEntry): ContactBody {
  return {
    name,
    latin_name: latin.trim() || null,
    other_names: partsOf(otherNames, "\n"),
    languages: partsOf(languages, ","),
    channels: channels.map(({ kind, value }) => ({ kind, value: value.trim() })).filter(({ value }) => value !== ""),
    purpose,
    notes: notes.trim() || null,
    countries,
  };
}

export function isReady({ name, purpose }: ContactEntry): boolean {
  return name.trim() !== "" && purpose.trim() !== "";
}
