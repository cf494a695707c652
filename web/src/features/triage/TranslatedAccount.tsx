import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Account, Translation } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { LabelMark } from "../../parts/LabelMark";
import { StateWord } from "../../parts/StateWord";
import { FigureTable } from "../incidents/FigureTable";
import { usePermission } from "../session/session";
import { TranslationForm } from "./TranslationForm";
import styles from "./TriagePane.module.css";

interface TranslatedAccountProps {
  account: Account;
  translations: Translation[];
}

/** What ONE source said, as it said it, and beside it what people made of it in another language. */
export function TranslatedAccount({ account, translations }: TranslatedAccountProps) {
  const { t } = useTranslation("triage");
  const { word } = useWords();
  const { observation } = account;
  const source = word("organization", account.source);
  return (
    <article className={styles.account} aria-label={t("accountOf", { source })}>
      <header>
        <h4>{source}</h4>
        {observation.held_back && <StateWord tone="care">{word("heldBack", observation.held_back)}</StateWord>}
        <LabelMark label={observation.label} />
      </header>
      <div className={styles.sides}>
        <div className={styles.side}>
          <h5>{observation.language ? t("original", { language: word("language", observation.language) }) : t("originalOnly")}</h5>
          <Said title={observation.title} text={observation.text} language={observation.language} />
          <FigureTable figures={account.figures} source={source} />
        </div>
        <div className={styles.side}>
          <h5>{t("translation.label")}</h5>
          <Translations account={account} translations={translations} />
        </div>
      </div>
    </article>
  );
}

function Said({ title, text, language }: { title: string; text: string | null; language: string | null }) {
  return (
    <div lang={language ?? undefined}>
      <p className={styles.said}>{title}</p>
      {text && <p className={styles.said}>{text}</p>}
    </div>
  );
}

/** The translations there are, and the field for another; it is open where the original is in another language than the screen. */
function Translations({ account: { observation }, translations }: TranslatedAccountProps) {
  const { t, i18n } = useTranslation("triage");
  const { word } = useWords();
  const { moment } = useTimes();
  const may = usePermission();
  const isForeign = observation.language !== null && observation.language !== i18n.language;
  const [isOpen, setOpen] = useState(isForeign && translations.length === 0);
  return (
    <>
      {translations.map((each) => (
        <div key={each.id} className={styles.translation}>
          <Said title={each.title} text={each.text} language={each.language} />
          <span className="soft">{t("translation.by", { language: word("language", each.language), who: each.translated_by, moment: moment(each.created_at) })}</span>
        </div>
      ))}
      {may("translateObservation") && isOpen && <TranslationForm observation={observation} translations={translations} onDone={() => setOpen(false)} />}
      {may("translateObservation") && !isOpen && (
        <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
          {translations.length > 0 ? t("translation.again") : t("translation.write")}
        </Button>
      )}
    </>
  );
}
