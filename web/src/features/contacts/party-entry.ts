import type { Party, PartyBody } from "../../api/types";

/** A party as it is written; names in languages that the form does not ask for stay as they are. */
export interface PartyEntry {
  kind: Party["kind"];
  name: string;
  russian: string;
  otherNames: Party["names"];
  countries: string[];
  parent: string | null;
  members: string[];
}

export const BLANK: PartyEntry = { kind: "government", name: "", russian: "", otherNames: [], countries: [], parent: null, members: [] };

const isRussian = ({ language }: Party["names"][number]) => language === "ru";

export function entryOf({ kind, name, names, countries, parent, members }: Party): PartyEntry {
  return { kind, name, russian: names.find(isRussian)?.name ?? "", otherNames: names.filter((each) => !isRussian(each)), countries, parent, members };
}

export function bodyOf({ kind, name, russian, otherNames, countries, parent, members }: PartyEntry): PartyBody {
  const names = [...otherNames, ...(russian.trim() ? [{ language: "ru", name: russian.trim() }] : [])];
  return { kind, name, names, countries, parent, members: kind === "government" ? members : [] };
}

/** One Government alone does not act jointly. */
export function isReady({ name, countries, members }: PartyEntry): boolean {
  return name.trim() !== "" && countries.length > 0 && members.length !== 1;
}
