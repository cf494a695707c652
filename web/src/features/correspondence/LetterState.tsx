import { useTranslation } from "react-i18next";
import type { Letter } from "../../api/types";
import { useTimes } from "../../domain/times";
import { StateWord, type Tone } from "../../parts/StateWord";

const TONES: Record<Letter["state"], Tone> = { open: "care", answered: "good", closed: "calm" };

/** Whether a reply is awaited, until when, and that it is late. */
export function LetterState({ of }: { of: Letter }) {
  const { t } = useTranslation("correspondence");
  const { day } = useTimes();
  return (
    <>
      <StateWord tone={of.overdue ? "bad" : TONES[of.state]}>{of.overdue ? t("overdue") : t(`state.${of.state}`)}</StateWord>
      {of.state === "open" && of.reply_by && <div className="soft">{t("replyBy", { day: day(of.reply_by) })}</div>}
      {of.reason && <div className="soft">{of.reason}</div>}
    </>
  );
}
