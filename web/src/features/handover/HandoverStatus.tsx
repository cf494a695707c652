import { Progress } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Handover } from "../../api/types";
import { useWords } from "../../domain/words";
import { StateWord, type Tone } from "../../parts/StateWord";

const TONES: Record<Handover["state"], Tone> = { ready: "care", importing: "accent", imported: "good" };

/** Where the import stands, with its progress while it runs. */
export function HandoverStatus({ of }: { of: Handover }) {
  const { t } = useTranslation("handover");
  const { word } = useWords();
  const said = t("progress", { processed: of.processed, records: of.records });
  return (
    <>
      <StateWord tone={TONES[of.state]}>{word("handoverState", of.state)}</StateWord>
      {of.state === "importing" && <Progress value={(100 * of.processed) / Math.max(of.records, 1)} aria-label={said} mt={4} />}
      {of.state !== "ready" && <div className="soft">{said}</div>}
    </>
  );
}
