import { COUNTRIES } from "../../../domain/vocabulary";
import { useWords } from "../../../domain/words";

/** Where the names stand, clear of the densest places. */
const PLACES: Record<(typeof COUNTRIES)[number], [number, number]> = {
  KAZ: [67.2, 48.6],
  KGZ: [75.4, 41.75],
  TJK: [71.3, 38.25],
  TKM: [58.6, 39.6],
  UZB: [62.6, 42.2],
  AFG: [65.6, 33.6],
};

/** The countries' names, and where they stand on the map. */
export function useCountryNames(): { name: string; at: [number, number] }[] {
  const { word } = useWords();
  return COUNTRIES.map((code) => ({ name: word("country", code), at: PLACES[code] }));
}
