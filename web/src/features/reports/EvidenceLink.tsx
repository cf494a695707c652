import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { answered, api } from "../../api/client";
import type { Statement } from "../../api/types";
import { useEffort } from "../efforts/queries";
import { useIncident } from "../incidents/queries";
import type { StatementNumbers } from "./statement-numbers";

type Evidence = Statement["evidence"][number];

/** Leads to what a statement rests on. */
export function EvidenceLink({ evidence, meeting, numbers }: { evidence: Evidence; meeting: string | undefined; numbers: StatementNumbers }) {
  const { t } = useTranslation("reports");
  if (evidence.type === "incident") return <IncidentLink id={evidence.id} />;
  if (evidence.type === "observation") return <ObservationLink id={evidence.id} />;
  if (evidence.type === "effort") return <EffortLink id={evidence.id} />;
  if (evidence.type !== "statement") return <RecordLink type={evidence.type} meeting={meeting} />;
  return <a href={`#statement-${evidence.id}`}>{t("evidence.statement", { number: numbers.get(evidence.id) ?? "–" })}</a>;
}

function IncidentLink({ id }: { id: string }) {
  const { t } = useTranslation("reports");
  const { data } = useIncident(id);
  return (
    <Link to="/incidents" search={{ open: id }} title={data?.title} className="reference" preload={false}>
      {data?.reference ?? t("evidence.incident")}
    </Link>
  );
}

function ObservationLink({ id }: { id: string }) {
  const { t } = useTranslation("reports");
  const { data } = useQuery({
    queryKey: ["incidents", "observation", id],
    queryFn: () => answered(api.GET("/v1/observations/{observation_id}", { params: { path: { observation_id: id } } })),
  });
  if (!data?.incident) return <span>{t("evidence.observation")}</span>;
  return (
    <Link to="/incidents" search={{ open: data.incident }} title={data.title} className="reference" preload={false}>
      {data.external_id}
    </Link>
  );
}

function EffortLink({ id }: { id: string }) {
  const { t } = useTranslation("reports");
  const { data } = useEffort(id);
  return (
    <Link to="/efforts" search={{ open: id }} title={data?.title} className="reference" preload={false}>
      {data?.reference ?? t("evidence.effort")}
    </Link>
  );
}

/** A note to file or readout is read on the page of its meeting. */
function RecordLink({ type, meeting }: { type: "note-to-file" | "readout"; meeting: string | undefined }) {
  const { t } = useTranslation("reports");
  if (!meeting) return <span>{t(`evidence.${type}`)}</span>;
  return (
    <Link to="/engagements/$id" params={{ id: meeting }} preload={false}>
      {t(`evidence.${type}`)}
    </Link>
  );
}
