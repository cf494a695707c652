import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Statement } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { StateWord, type Tone } from "../../parts/StateWord";
import styles from "./ReportText.module.css";

type Talk = NonNullable<Statement["talks"]>[number];

const TONES: Record<Talk["concurrences"][number]["standing"], Tone> = { granted: "good", lapsed: "calm", withdrawn: "bad" };

/** On whose word the cited talks were held, as it stands now, and whether it was taken back before them (R3). */
export function TalkBasis({ talks }: { talks: readonly Talk[] }) {
  const { t } = useTranslation("reports");
  return (
    <ul className={styles.talks} aria-label={t("talk.label")}>
      {talks.map((talk) => (
        <li key={talk.id}>
          <OneTalk talk={talk} />
        </li>
      ))}
    </ul>
  );
}

function OneTalk({ talk }: { talk: Talk }) {
  const { t } = useTranslation("reports");
  const { word } = useWords();
  const { day } = useTimes();
  return (
    <>
      <Link to="/engagements/$id" params={{ id: talk.engagement }} preload={false}>
        {t("talk.engagement")}
      </Link>
      {talk.concurrences.length === 0 && <span>{t("talk.noConcurrence")}</span>}
      {talk.concurrences.map(({ id, country, standing, valid_until }) => (
        <span key={id}>
          {t("talk.concurrence", { country: word("country", country), day: day(valid_until) })} <StateWord tone={TONES[standing]}>{word("concurrenceState", standing)}</StateWord>
        </span>
      ))}
      {talk.flagged_at && <strong className={styles.unsupported}>▲ {t("talk.flagged", { day: day(talk.flagged_at) })}</strong>}
    </>
  );
}
