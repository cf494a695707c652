import { Button } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Feed } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { LabelMark } from "../../parts/LabelMark";
import { Notice } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { Page } from "../../parts/Page";
import { useMarkingOf } from "../../shell/marking";
import { usePermission } from "../session/session";
import { FeedDialog } from "./FeedDialog";
import { FeedStatus } from "./FeedStatus";
import { PreviewPanel } from "./PreviewPanel";
import { useFeed } from "./queries";
import { Rejections } from "./Rejections";
import { SubmissionTable } from "./SubmissionTable";

const route = getRouteApi("/shell/feeds/$id");

/** The health of one feed: its state, its last error, what it delivered and what of that was refused. */
export function FeedPage() {
  const { t } = useTranslation("feeds");
  const may = usePermission();
  const { id } = route.useParams();
  const { submission } = route.useSearch();
  const feed = useFeed(id);
  useMarkingOf(feed.data && [feed.data]);
  return (
    <Page title={feed.data?.name ?? t("title")} lead={feed.data && <Facts of={feed.data} />} actions={feed.data && may("changeFeed") && <Change of={feed.data} />}>
      <Outcome of={feed}>
        {(data) => (
          <>
            {data.health?.last_error && <Trouble of={data} error={data.health.last_error} />}
            <SubmissionTable feed={id} open={submission} />
            {submission && <Rejections key={submission} submission={submission} />}
            {may("previewDelivery") && <PreviewPanel feed={id} />}
          </>
        )}
      </Outcome>
    </Page>
  );
}

function Facts({ of }: { of: Feed }) {
  const { t } = useTranslation("feeds");
  const { word } = useWords();
  const { moment } = useTimes();
  const facts = { organization: word("organization", of.organization), country: word("country", of.country), adapter: word("adapter", of.adapter) };
  return (
    <div>
      <FeedStatus of={of} />
      <p>
        {t("facts", facts)} {t("expected", { count: of.expected_interval_minutes })} {of.pull_every_minutes && t("pulled", { count: of.pull_every_minutes })}{" "}
        {of.last_delivery_at ? t("heard", { at: moment(of.last_delivery_at) }) : t("neverHeard")} {of.leads_only && t("supportsNothing")}
      </p>
      <LabelMark label={of.default_label} />
    </div>
  );
}

function Trouble({ of, error }: { of: Feed; error: string }) {
  const { t } = useTranslation("feeds");
  const { moment } = useTimes();
  return (
    <Notice tone="bad">
      <strong>{t("lastError")}</strong> {error} {of.health?.next_pull_at && t("triedAgain", { at: moment(of.health.next_pull_at) })}
    </Notice>
  );
}

function Change({ of }: { of: Feed }) {
  const { t } = useTranslation("feeds");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("change")}</Button>
      {isOpen && <FeedDialog of={of} onClose={() => setOpen(false)} />}
    </>
  );
}
