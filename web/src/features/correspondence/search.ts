import { oneOf } from "../../domain/vocabulary";

export const DIRECTIONS = ["in", "out"] as const;
export const LETTER_STATES = ["open", "answered", "closed"] as const;
export const LETTER_KINDS = ["note-verbale", "letter", "aide-memoire", "code-cable"] as const;
export const LETTER_LANGUAGES = ["en", "ru", "fr", "kk", "ky", "tg", "tk", "uz", "prs", "ps"] as const;

export interface LetterSearch {
  direction?: (typeof DIRECTIONS)[number] | undefined;
  state?: (typeof LETTER_STATES)[number] | undefined;
}

export function letterSearch(search: Record<string, unknown>): LetterSearch {
  return { direction: oneOf(DIRECTIONS, search.direction), state: oneOf(LETTER_STATES, search.state) };
}
