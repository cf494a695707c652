import type { Effort, EffortBody, Incident } from "../../api/types";
import { utcOf } from "../../domain/times";

/** An effort as it is written: actors one a line, moments as fields take them, in UTC. */
export interface EffortForm {
  kind: Effort["kind"];
  title: string;
  text: string;
  actors: string;
  countries: string[];
  themes: string[];
  at: string;
  until: string;
  incidents: string[];
}

const MINUTES = 16;
const fieldOf = (moment: string) => new Date(moment).toISOString().slice(0, MINUTES);

/** A new effort, as of now; one that answers to an incident is where and against what that is. */
export function blankEffort(answersTo?: Incident): EffortForm {
  const { countries = [], themes = [] } = answersTo ?? {};
  return { kind: "dialogue", title: "", text: "", actors: "", countries, themes, at: fieldOf(new Date().toISOString()), until: "", incidents: answersTo ? [answersTo.id] : [] };
}

export function formOf({ kind, title, text, actors, countries, themes, occurred_at, ends_at, incidents }: Effort): EffortForm {
  return { kind, title, text: text ?? "", actors: actors.join("\n"), countries, themes, at: fieldOf(occurred_at), until: ends_at ? fieldOf(ends_at) : "", incidents };
}

const lines = (text: string) => text.split("\n").map((line) => line.trim()).filter(Boolean);
/** A moment that stays keeps its seconds. */
const momentOf = (field: string, before: string | null | undefined) => (before && fieldOf(before) === field ? before : utcOf(field));

/** What is sent. */
export function bodyOf({ kind, title, text, actors, countries, themes, at, until, incidents }: EffortForm, of?: Effort): EffortBody {
  const times = { occurred_at: momentOf(at, of?.occurred_at), ends_at: until === "" ? null : momentOf(until, of?.ends_at) };
  return { kind, title: title.trim(), text: text.trim() || null, actors: lines(actors), countries, themes, incidents, ...times };
}

/** Who does what, where and against what is there, and no end before the beginning. */
export function isSendable({ title, actors, countries, themes, at, until }: EffortForm): boolean {
  return title.trim() !== "" && lines(actors).length > 0 && countries.length > 0 && themes.length > 0 && at !== "" && (until === "" || until >= at);
}
