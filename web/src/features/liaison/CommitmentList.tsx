import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Commitment } from "../../api/types";
import { useTimes } from "../../domain/times";
import { LabelMark } from "../../parts/LabelMark";
import { LoadMore } from "../../parts/LoadMore";
import { Empty } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { RecordTable } from "../../parts/RecordTable";
import { StateWord, type Tone } from "../../parts/StateWord";
import table from "../../parts/Table.module.css";
import { useMarkingOf } from "../../shell/marking";
import { CommitmentActions } from "./CommitmentActions";
import { useCommitments, type CommitmentFilters } from "./commitment-queries";
import { PartyNames } from "./PartyNames";
import { COMMITMENT_STANDINGS } from "./search";

const TONES: Record<Commitment["standing"], Tone> = { overdue: "bad", due: "care", open: "accent", met: "good", cancelled: "calm" };
const rank = ({ standing }: Commitment) => COMMITMENT_STANDINGS.indexOf(standing);

/** Commitments, overdue first, then by their day. */
export function CommitmentList({ search }: { search: CommitmentFilters }) {
  const { t } = useTranslation("liaison");
  const commitments = useCommitments(search);
  const items = commitments.data?.pages.flatMap((page) => page.items) ?? [];
  const sorted = items.toSorted((one, other) => rank(one) - rank(other) || one.due_on.localeCompare(other.due_on));
  useMarkingOf(items);
  return (
    <Outcome of={commitments}>
      {() =>
        items.length === 0 ? (
          <Empty>{t("commitment.empty")}</Empty>
        ) : (
          <>
            <RecordTable title={t("commitment.title")} heads={(["what", "who", "to", "due", "standing", "label", "actions"] as const).map((column) => t(`commitment.${column}`))} of={sorted}>
              {(commitment) => <CommitmentRow key={commitment.id} commitment={commitment} />}
            </RecordTable>
            <LoadMore of={commitments} />
          </>
        )
      }
    </Outcome>
  );
}

function CommitmentRow({ commitment }: { commitment: Commitment }) {
  const { t } = useTranslation("liaison");
  const { day } = useTimes();
  const { engagement, promised_by, promised_to } = commitment;
  return (
    <tr>
      <th scope="row">
        {commitment.text}
        <div className="reference soft">
          {engagement ? (
            <Link to="/engagements/$id" params={{ id: engagement }} data-row aria-label={`${commitment.reference}: ${t("commitment.from")}`}>
              {commitment.reference}
            </Link>
          ) : (
            commitment.reference
          )}
        </div>
      </th>
      <td>{promised_by ? <PartyNames ids={[promised_by]} /> : t("commitment.centre")}</td>
      <td>{promised_to ? <PartyNames ids={[promised_to]} /> : t("commitment.centre")}</td>
      <td className={table.nowrap}>{day(commitment.due_on)}</td>
      <td>
        <StateWord tone={TONES[commitment.standing]}>{t(`commitmentStanding.${commitment.standing}`)}</StateWord>
        {commitment.reason && <div className="soft">{commitment.reason}</div>}
      </td>
      <td>
        <LabelMark label={commitment.label} />
      </td>
      <td>
        <CommitmentActions commitment={commitment} />
      </td>
    </tr>
  );
}
