import { useTranslation } from "react-i18next";
import type { Account } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { LabelMark } from "../../parts/LabelMark";
import { StateWord } from "../../parts/StateWord";
import { NamedAccount } from "../persons/NamedAccount";
import styles from "./AccountCard.module.css";
import { FigureTable } from "./FigureTable";
import { Grade } from "./Grade";
import { Mentions } from "./Mentions";
import { MatchParts } from "./triage/MatchParts";

/** What ONE source said, as it said it. */
export function AccountCard({ account }: { account: Account }) {
  const { t } = useTranslation("incidents");
  const { word } = useWords();
  const { moment } = useTimes();
  const { observation } = account;
  const source = word("organization", account.source);
  return (
    <article className={styles.card} aria-label={t("detail.accountOf", { source })}>
      <header className={styles.head}>
        <h4>{source}</h4>
        {observation.held_back && <StateWord tone="care">{word("heldBack", observation.held_back)}</StateWord>}
        <Grade reliability={account.reliability} credibility={account.credibility} />
      </header>
      <NamedAccount observation={observation} styles={styles} />
      <FigureTable figures={account.figures} source={source} />
      <Mentions account={account} />
      <Joining account={account} />
      <footer className={styles.foot}>
        <time dateTime={observation.occurred_at}>{moment(observation.occurred_at)}</time>
        <span className="reference">{observation.external_id}</span>
        <LabelMark label={observation.label} />
      </footer>
    </article>
  );
}

/** What the service found by itself: why the account joined, of what language and which themes it is. */
function Joining({ account: { matched, observation } }: { account: Account }) {
  const { t } = useTranslation("incidents");
  const { word } = useWords();
  const themed = Object.entries(observation.theme_words).filter(([, found]) => found.length > 0);
  return (
    <>
      {matched && (
        <p className={styles.found}>
          {t("detail.joined")} <MatchParts match={matched} />
        </p>
      )}
      {themed.map(([theme, found]) => (
        <p key={theme} className={styles.found}>
          {t("detail.themedBy", { theme: word("theme", theme), words: found.join(", ") })}
        </p>
      ))}
      {observation.detected_language && <p className={styles.found}>{t("detail.detected", { language: word("language", observation.detected_language) })}</p>}
    </>
  );
}
