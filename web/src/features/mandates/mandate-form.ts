import type { Mandate, MandateBody, MandateCorrection } from "../../api/types";

/** A mandate as it is written: days as days, functions one a line. */
export interface MandateForm {
  title: string;
  clause: string;
  themes: string[];
  countries: string[];
  functions: string;
  sensitivity: Mandate["ceiling"]["sensitivity"];
  tlp: Mandate["ceiling"]["tlp"];
  from: string;
  until: string;
}

/** A mandate that is not written yet: no first day is from now. */
export const BLANK: MandateForm = { title: "", clause: "", themes: [], countries: [], functions: "information-exchange", sensitivity: "unclassified", tlp: "GREEN", from: "", until: "" };

export function formOf({ title, clause, themes, countries, functions, ceiling, valid_from, valid_until }: Mandate): MandateForm {
  return { title, clause, themes, countries, functions: functions.join("\n"), ...ceiling, from: valid_from.slice(0, 10), until: valid_until?.slice(0, 10) ?? "" };
}

const isSame = (one: readonly string[], other: readonly string[]) => one.length === other.length && one.every((each) => other.includes(each));
const lines = (text: string) => text.split("\n").map((line) => line.trim()).filter(Boolean);

const firstMoment = (day: string) => `${day}T00:00:00Z`;
const lastMoment = (day: string) => `${day}T23:59:59Z`;

/** What is sent of a new mandate. */
export function mandateOf({ title, clause, themes, countries, functions, sensitivity, tlp, from, until }: MandateForm): Omit<MandateBody, "organization"> {
  const term = { valid_from: from === "" ? null : firstMoment(from), valid_until: until === "" ? null : lastMoment(until) };
  return { title: title.trim(), clause: clause.trim(), themes, countries, functions: lines(functions), ceiling: { sensitivity, tlp }, ...term };
}

/** What is sent: what was changed, and nothing of what stays. Days that stay keep their hour. */
export function correctionOf(form: MandateForm, mandate: Mandate): Omit<MandateCorrection, "reason"> {
  const before = formOf(mandate);
  const functions = lines(form.functions);
  return {
    ...(form.title.trim() === before.title ? {} : { title: form.title.trim() }),
    ...(form.clause.trim() === before.clause ? {} : { clause: form.clause.trim() }),
    ...(isSame(form.themes, mandate.themes) ? {} : { themes: form.themes }),
    ...(isSame(form.countries, mandate.countries) ? {} : { countries: form.countries }),
    ...(isSame(functions, mandate.functions) ? {} : { functions }),
    ...(form.sensitivity === before.sensitivity && form.tlp === before.tlp ? {} : { ceiling: { sensitivity: form.sensitivity, tlp: form.tlp } }),
    ...(form.from === before.from || form.from === "" ? {} : { valid_from: firstMoment(form.from) }),
    ...(form.until === before.until ? {} : { valid_until: form.until === "" ? null : lastMoment(form.until) }),
  };
}

/** A title, a clause, a theme and a country are there, and no end before the beginning. */
export function isSendable({ title, clause, themes, countries, from, until }: MandateForm): boolean {
  return title.trim() !== "" && clause.trim() !== "" && themes.length > 0 && countries.length > 0 && (until === "" || until >= from);
}
