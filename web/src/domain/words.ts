import { useTranslation } from "react-i18next";

/** Sets of words that data brings along; each is a block of `words.json`. */
export type WordSet =
  | "country"
  | "place"
  | "theme"
  | "sensitivity"
  | "reliability"
  | "credibility"
  | "reportKind"
  | "reportState"
  | "step"
  | "statementKind"
  | "engagementKind"
  | "engagementState"
  | "concurrenceState"
  | "basis"
  | "mandateState"
  | "packageState"
  | "decision"
  | "coverageState"
  | "freshnessState"
  | "facet"
  | "partyKind"
  | "contactState"
  | "channelKind"
  | "screeningState"
  | "organization"
  | "activityStatus"
  | "figure"
  | "flag"
  | "heldBack"
  | "effortKind"
  | "language"
  | "likelihood"
  | "confidence"
  | "handoverState"
  | "addressee"
  | "recordKind"
  | "issuedBy"
  | "feedState"
  | "trust"
  | "submissionStatus"
  | "adapter";

export interface Words {
  /** The word for a code; the code itself where the vocabulary has grown past this client. */
  word: (set: WordSet, code: string | number) => string;
  words: (set: WordSet, codes: readonly string[]) => string;
  place: (code: string) => string;
}

/** Languages by the browser's own names; a code it does not know stays a code. */
function languageName(code: string, language: string): string {
  return new Intl.DisplayNames(language, { type: "language", fallback: "code" }).of(code) ?? code;
}

export function useWords(): Words {
  const { t, i18n } = useTranslation();
  const say = t as (key: string) => string; // these keys come from data
  const word = (set: WordSet, code: string | number) => {
    if (set === "language") return languageName(String(code), i18n.language);
    const key = `words:${set}.${String(code).replaceAll(".", "_")}`;
    return i18n.exists(key) ? say(key) : String(code);
  };
  const place = (code: string) => (i18n.exists(`words:country.${code}`) ? word("country", code) : word("place", code));
  return { word, words: (set, codes) => codes.map((code) => word(set, code)).join(", "), place };
}
