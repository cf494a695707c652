import type { Concurrence, Grant } from "../../api/types";

/** A Government's answer as it is written: days as days, and all of what was asked until `isPart`. */
export interface GrantForm {
  answeredBy: string;
  isPart: boolean;
  parties: string[];
  kinds: string[];
  themes: string[];
  from: string;
  until: string;
  conditions: string;
}

export function formOf({ parties, party_kinds, themes, valid_from, valid_until }: Concurrence): GrantForm {
  return { answeredBy: "", isPart: false, parties, kinds: party_kinds, themes, from: valid_from.slice(0, 10), until: valid_until.slice(0, 10), conditions: "" };
}

const isSame = (one: readonly string[], other: readonly string[]) => one.length === other.length && one.every((each) => other.includes(each));

/** Parties and kinds go together: parties named alone take the place of the kinds asked for. */
function scopeOf(form: GrantForm, asked: Concurrence): Pick<Grant, "parties" | "party_kinds"> {
  if (isSame(form.parties, asked.parties) && isSame(form.kinds, asked.party_kinds)) return {};
  const kinds = form.kinds as NonNullable<Grant["party_kinds"]>;
  return { ...(form.parties.length > 0 ? { parties: form.parties } : {}), ...(kinds.length > 0 ? { party_kinds: kinds } : {}) };
}

/** What is sent: what was narrowed, and nothing of what stays as asked. */
export function grantOf(form: GrantForm, asked: Concurrence): Grant {
  const answer = { answered_by: form.answeredBy.trim() || null, conditions: form.conditions.trim() || null };
  if (!form.isPart) return answer;
  return {
    ...answer,
    ...scopeOf(form, asked),
    ...(isSame(form.themes, asked.themes) ? {} : { themes: form.themes }),
    ...(form.from === asked.valid_from.slice(0, 10) ? {} : { valid_from: `${form.from}T00:00:00Z` }),
    ...(form.until === asked.valid_until.slice(0, 10) ? {} : { valid_until: `${form.until}T23:59:59Z` }),
  };
}

/** Somebody, some theme and some day must be left; parties asked for by name are not all left out beside a kind. */
export function isSendable({ isPart, parties, kinds, themes, from, until }: GrantForm, asked: Concurrence): boolean {
  if (!isPart) return true;
  const isSomebody = parties.length > 0 || (kinds.length > 0 && asked.parties.length === 0);
  return isSomebody && themes.length > 0 && from !== "" && until >= from;
}
