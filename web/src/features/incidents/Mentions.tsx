import { useTranslation } from "react-i18next";
import type { Account } from "../../api/types";
import { useTimes } from "../../domain/times";
import styles from "./AccountCard.module.css";
import { useMentions } from "./queries";

const NAMED = 5;

/** How widely a lead was told in the news, and that this corroborates nothing. Silent where nothing mentions it. */
export function Mentions({ account }: { account: Account }) {
  const { t } = useTranslation("incidents");
  const { day } = useTimes();
  const { data: told } = useMentions(account);
  if (!told?.first_at || !told.last_at) return null;
  const named = told.by_source.slice(0, NAMED).map(({ source, articles }) => `${source} ${String(articles)}`);
  const rest = told.sources - named.length;
  const days = [...new Set([day(told.first_at), day(told.last_at)])].join(" – ");
  return (
    <p className={styles.found}>
      {t("mentions.told", { articles: t("mentions.articles", { count: told.articles }), sources: t("mentions.sources", { count: told.sources }), days })}{" "}
      {named.join(", ")}
      {rest > 0 && ` ${t("mentions.more", { count: rest })}`}. {t("mentions.surest", { confidence: told.confidence })} {t("mentions.nothing")}
    </p>
  );
}
