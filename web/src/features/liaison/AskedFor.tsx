import type { Concurrence } from "../../api/types";
import { useWords } from "../../domain/words";
import { PartyNames } from "./PartyNames";

/** What a Government was asked, in a line. */
export function AskedFor({ concurrence }: { concurrence: Concurrence }) {
  const { word, words } = useWords();
  return (
    <p>
      <strong>{word("country", concurrence.country)}</strong> · <PartyNames ids={concurrence.parties} kinds={concurrence.party_kinds} /> · {words("theme", concurrence.themes)}
    </p>
  );
}
