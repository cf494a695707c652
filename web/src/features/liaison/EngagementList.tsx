import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Engagement } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { LabelMark } from "../../parts/LabelMark";
import { LoadMore } from "../../parts/LoadMore";
import { Empty } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { Panel } from "../../parts/Panel";
import { RecordTable } from "../../parts/RecordTable";
import { StateWord } from "../../parts/StateWord";
import { useMarkingOf } from "../../shell/marking";
import { EngagementActions } from "./EngagementActions";
import { PartyNames } from "./PartyNames";
import { useEngagements } from "./queries";
import { ENGAGEMENT_TONES } from "./engagement-tones";
import type { LiaisonSearch } from "./search";

export function EngagementList({ search }: { search: LiaisonSearch }) {
  const { t } = useTranslation("liaison");
  const engagements = useEngagements(search);
  const items = engagements.data?.pages.flatMap((page) => page.items) ?? [];
  useMarkingOf(items);
  return (
    <Panel id="engagements" title={t("engagements.title")}>
      <Outcome of={engagements}>
        {() =>
          items.length === 0 ? (
            <Empty>{t("engagements.empty")}</Empty>
          ) : (
            <RecordTable title={t("engagements.title")} heads={(["title_column", "kind", "parties", "about", "when", "state", "label", "actions"] as const).map((column) => t(`engagements.${column}`))} of={items}>
              {(engagement) => <EngagementRow key={engagement.id} engagement={engagement} />}
            </RecordTable>
          )
        }
      </Outcome>
      <LoadMore of={engagements} />
    </Panel>
  );
}

function EngagementRow({ engagement }: { engagement: Engagement }) {
  const { word, words } = useWords();
  const { moment } = useTimes();
  return (
    <tr>
      <th scope="row">
        <Link to="/engagements/$id" params={{ id: engagement.id }} data-row>
          {engagement.title}
        </Link>
        <div className="reference soft">{engagement.reference}</div>
      </th>
      <td>{word("engagementKind", engagement.kind)}</td>
      <td>
        <PartyNames ids={engagement.parties} />
      </td>
      <td>
        {words("country", engagement.countries)}
        <div className="soft">{words("theme", engagement.themes)}</div>
      </td>
      <td>
        <time dateTime={engagement.starts_at}>{moment(engagement.starts_at)}</time>
      </td>
      <td>
        <StateWord tone={ENGAGEMENT_TONES[engagement.state]}>{word("engagementState", engagement.state)}</StateWord>
        {engagement.reason && <div className="soft">{engagement.reason}</div>}
      </td>
      <td>
        <LabelMark label={engagement.label} />
      </td>
      <td>
        <EngagementActions engagement={engagement} />
      </td>
    </tr>
  );
}
