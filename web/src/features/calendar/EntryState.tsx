import { useTranslation } from "react-i18next";
import type { CalendarEntry, Engagement } from "../../api/types";
import { useWords } from "../../domain/words";
import { StateWord, type Tone } from "../../parts/StateWord";
import { ENGAGEMENT_TONES } from "../liaison/engagement-tones";
import { dayOf } from "./days";

export function isLate(entry: CalendarEntry): boolean {
  return entry.day !== null && entry.day < dayOf(new Date());
}

export function toneOf(entry: CalendarEntry): Tone {
  if (entry.kind === "engagements") return ENGAGEMENT_TONES[entry.state as Engagement["state"]];
  return isLate(entry) ? "bad" : "care";
}

/** Whether it takes place, or what falls due: a symbol and a word. */
export function EntryState({ of }: { of: CalendarEntry }) {
  const { t } = useTranslation("calendar");
  const { word } = useWords();
  const due = `${t(`due.${of.kind === "commitments" ? "commitments" : "correspondence"}`)}${isLate(of) ? ` · ${t("late")}` : ""}`;
  return <StateWord tone={toneOf(of)}>{of.kind === "engagements" ? word("engagementState", of.state) : due}</StateWord>;
}
