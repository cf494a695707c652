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
  // What was refused is shown as it came, so the page is marked like what the feed sends.
  useMarkingOf(feed.data && [feed.data, { label: feed.data.default_label }]);
  return (
    <Page title={feed.data?.name ?? t("title")} lead={feed.data && <Facts of={feed.data} />} actions={feed.data && may("changeFeed") && <Change of={feed.data} />}>
      <Outcome of={feed}>
        {(data) => (
          <>
            {data.health.last_error && <Trouble of={data} error={data.health.last_error} />}
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
  const span = useSpan();
  const facts = { organization: word("organization", of.organization), country: word("country", of.country), adapter: word("adapter", of.adapter) };
  return (
    <div>
      <FeedStatus of={of} />
      <p>
        {t("facts", facts)} {t("expected", { span: span(of.expected_interval_minutes) })} {of.pull_every_minutes && t("pulled", { span: span(of.pull_every_minutes) })}{" "}
        {of.last_delivery_at ? t("heard", { at: moment(of.last_delivery_at) }) : t("neverHeard")} {of.leads_only && t("supportsNothing")}
      </p>
      <LabelMark label={of.default_label} />
    </div>
  );
}

/** A number of minutes in the largest unit that it is whole in. */
function useSpan(): (minutes: number) => string {
  const { t } = useTranslation("feeds");
  return (minutes) => {
    if (minutes % 1440 === 0) return t("days", { count: minutes / 1440 });
    return minutes % 60 === 0 ? t("hours", { count: minutes / 60 }) : t("minutes", { count: minutes });
  };
}

function Trouble({ of, error }: { of: Feed; error: string }) {
  const { t } = useTranslation("feeds");
  const { moment } = useTimes();
  return (
    <Notice tone="bad">
      <strong>{t("lastError")}</strong> {error} {of.health.next_pull_at && t("triedAgain", { at: moment(of.health.next_pull_at) })}
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
