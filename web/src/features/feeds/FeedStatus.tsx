import { useTranslation } from "react-i18next";
import type { Feed } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { StateWord, type Tone } from "../../parts/StateWord";

const TONES: Record<Feed["state"], Tone> = { ok: "good", silent: "bad", waiting: "care", "not configured": "calm" };

/** What the clock says of a feed, and what its last fetch came to where that failed. */
export function FeedStatus({ of }: { of: Feed }) {
  const { t } = useTranslation("feeds");
  const { word } = useWords();
  const { moment } = useTimes();
  const { health } = of;
  return (
    <>
      <StateWord tone={TONES[of.state]}>{word("feedState", of.state)}</StateWord>
      {health.silent_since && <div className="soft">{t("silentSince", { at: moment(health.silent_since) })}</div>}
      {health.last_error && <StateWord tone="care">{t("failing", { count: health.failures })}</StateWord>}
    </>
  );
}
