import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { LoadMore } from "../../parts/LoadMore";
import { Empty } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { Page } from "../../parts/Page";
import { useMarkingOf } from "../../shell/marking";
import { usePermission } from "../session/session";
import { FeedDialog } from "./FeedDialog";
import { FeedTable } from "./FeedTable";
import { useFeeds } from "./queries";

/** Every feed, and whether it still speaks. */
export function FeedsPage() {
  const { t } = useTranslation("feeds");
  const may = usePermission();
  const [isOpen, setOpen] = useState(false);
  const feeds = useFeeds();
  const items = feeds.data?.pages.flatMap((page) => page.items) ?? [];
  useMarkingOf(items);
  return (
    <Page title={t("title")} lead={t("lead")} actions={may("createFeed") && <Button onClick={() => setOpen(true)}>{t("make")}</Button>}>
      <Outcome of={feeds}>{() => (items.length === 0 ? <Empty>{t("empty")}</Empty> : <FeedTable feeds={items} />)}</Outcome>
      <LoadMore of={feeds} />
      {isOpen && <FeedDialog onClose={() => setOpen(false)} />}
    </Page>
  );
}
