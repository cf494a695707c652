import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Engagement } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { LabelMark } from "../../parts/LabelMark";
import { Notice } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { Page } from "../../parts/Page";
import { Panel } from "../../parts/Panel";
import { StateWord } from "../../parts/StateWord";
import { useMarkingOf } from "../../shell/marking";
import { usePermission } from "../session/session";
import { BriefPanel } from "./BriefPanel";
import { CommitmentList } from "./CommitmentList";
import { CommitmentDialogButton } from "./CommitmentDialog";
import { EngagementActions } from "./EngagementActions";
import { EngagementLinks } from "./EngagementLinks";
import { EngagementPlanPanel } from "./EngagementPlanPanel";
import { NotePanel } from "./NotePanel";
import { ENGAGEMENT_TONES } from "./engagement-tones";
import { useConflicts, useEngagement } from "./queries";
import styles from "./EngagementPage.module.css";

const route = getRouteApi("/shell/engagements/$id");

/** One engagement: its plan, where it stands, what was said at it and what was promised. */
export function EngagementPage() {
  const { t } = useTranslation("liaison");
  const { id } = route.useParams();
  const may = usePermission();
  const engagement = useEngagement(id);
  useMarkingOf(engagement.data && [engagement.data]);
  return (
    <Page title={engagement.data?.title ?? t("one.title")} lead={engagement.data && <Facts engagement={engagement.data} />} actions={engagement.data && <EngagementActions engagement={engagement.data} />}>
      <Outcome of={engagement}>
        {(data) => (
          <div className={styles.page}>
            {data.held_after_withdrawal && <Notice tone="care">{t("one.flagged")}</Notice>}
            {data.reason && <Notice tone="care">{data.reason}</Notice>}
            <EngagementPlanPanel engagement={data} />
            {may("readBrief") && <BriefPanel id={id} />}
            {(data.state === "proposed" || data.state === "scheduled") && <Conflicts id={id} />}
            {(data.state === "held" || data.state === "reported") && may("listNotes") && <NotePanel engagement={data} />}
            {may("listCommitments") && (
              <Panel id="commitments" title={t("commitment.title")} aside={<CommitmentDialogButton engagement={data} />}>
                <CommitmentList search={{ engagement: id }} />
              </Panel>
            )}
          </div>
        )}
      </Outcome>
    </Page>
  );
}

function Facts({ engagement }: { engagement: Engagement }) {
  const { word, words } = useWords();
  const { moment } = useTimes();
  return (
    <div className={styles.facts}>
      <span className="reference">{engagement.reference}</span>
      <span>{word("engagementKind", engagement.kind)}</span>
      <StateWord tone={ENGAGEMENT_TONES[engagement.state]}>{word("engagementState", engagement.state)}</StateWord>
      <time dateTime={engagement.starts_at}>{moment(engagement.starts_at)}</time>
      <span>{words("country", engagement.countries)}</span>
      <span>{words("theme", engagement.themes)}</span>
      <LabelMark label={engagement.label} />
    </div>
  );
}

function Conflicts({ id }: { id: string }) {
  const { t } = useTranslation("liaison");
  const conflicts = useConflicts(id);
  const because = new Map(conflicts.data?.items.map((each) => [each.id, each.because]));
  return (
    <Outcome of={conflicts}>
      {({ items }) =>
        items.length > 0 && (
          <Notice tone="care">
            <EngagementLinks title={t("conflict.title")} none="" engagements={items} note={({ id: other }) => `(${(because.get(other) ?? []).map((why) => t(`conflict.${why}`)).join("; ")})`} />
          </Notice>
        )
      }
    </Outcome>
  );
}
