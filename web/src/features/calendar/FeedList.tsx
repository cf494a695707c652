import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CalendarFeed } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { Empty } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { Panel } from "../../parts/Panel";
import { ProblemNotice } from "../../parts/ProblemNotice";
import { useFeeds, useRevokingFeed } from "./queries";
import styles from "./Calendar.module.css";

/** The person's open feeds: what each shows, when it was last read, and its end. */
export function FeedList() {
  const { t } = useTranslation("calendar");
  const feeds = useFeeds();
  const revoking = useRevokingFeed();
  return (
    <Panel id="feeds" title={t("feed.list")}>
      {revoking.error && <ProblemNotice error={revoking.error} />}
      <Outcome of={feeds}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{t("feed.none")}</Empty>
          ) : (
            <ul className={styles.feeds}>
              {items.map((feed) => (
                <FeedItem key={feed.id} feed={feed} isEnding={revoking.isPending && revoking.variables === feed.id} onRevoke={() => revoking.mutate(feed.id)} />
              ))}
            </ul>
          )
        }
      </Outcome>
    </Panel>
  );
}

function FeedItem({ feed, isEnding, onRevoke }: { feed: CalendarFeed; isEnding: boolean; onRevoke: () => void }) {
  const { t } = useTranslation("calendar");
  const { word, words } = useWords();
  const { day, moment } = useTimes();
  const shows = [t("feed.upTo", { sensitivity: word("sensitivity", feed.ceiling) }), feed.kinds.map((kind) => t(`kind.${kind}`)).join(", "), words("country", feed.countries)];
  return (
    <li>
      <div>
        <strong>{feed.name}</strong>
        <div className="soft">{shows.filter(Boolean).join(" · ")}</div>
        <div className="soft">
          {t("feed.made", { day: day(feed.created_at) })} · {feed.last_used_at ? t("feed.used", { time: moment(feed.last_used_at) }) : t("feed.unused")}
        </div>
      </div>
      <Button variant="default" size="xs" loading={isEnding} onClick={onRevoke} aria-label={t("feed.revokeOne", { name: feed.name })}>
        {t("feed.revoke")}
      </Button>
    </li>
  );
}
