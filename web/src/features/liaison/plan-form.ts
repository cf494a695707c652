import type { Engagement, EngagementPlan } from "../../api/types";

/** The plan as it is written: names a line each, moments as moments. */
export interface PlanForm {
  title: string;
  place: string;
  time_zone: string;
  starts_at: string;
  ends_at: string;
  delegation: string;
  interpreters: string;
  languages: string;
  agenda: string;
  contacts: string[];
}

export type PlanField = keyof PlanForm;

export function formOf(engagement: Engagement): PlanForm {
  const { title, place, time_zone, starts_at, ends_at, delegation, interpreters, languages, agenda, contacts } = engagement;
  const lines = { delegation: delegation.join("\n"), interpreters: interpreters.join("\n"), languages: languages.join(", ") };
  return { title, place: place ?? "", time_zone, starts_at, ends_at, ...lines, agenda: agenda ?? "", contacts };
}

const linesOf = (text: string) => text.split("\n").map((line) => line.trim()).filter((line) => line !== "");

/** What is sent: what was written, over what this form does not ask about. */
export function planOf(form: PlanForm, { kind, parties, countries, themes }: Engagement): EngagementPlan {
  const { title, time_zone, starts_at, ends_at, contacts } = form;
  const texts = { place: form.place.trim() || null, agenda: form.agenda.trim() || null };
  const lines = { delegation: linesOf(form.delegation), interpreters: linesOf(form.interpreters), languages: linesOf(form.languages.replaceAll(",", "\n")) };
  return { kind, parties, countries, themes, title, time_zone, starts_at, ends_at, contacts, ...texts, ...lines };
}

/** Whether the time moves: the concurrence gate looks at it again (R1). */
export function isMoved(form: PlanForm, engagement: Engagement): boolean {
  return Date.parse(form.starts_at) !== Date.parse(engagement.starts_at) || Date.parse(form.ends_at) !== Date.parse(engagement.ends_at);
}

export function isSendable({ title, starts_at, ends_at }: PlanForm): boolean {
  return title.trim() !== "" && starts_at !== "" && Date.parse(ends_at) > Date.parse(starts_at);
}
