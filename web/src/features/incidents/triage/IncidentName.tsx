import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useTimes } from "../../../domain/times";
import { useIncident } from "../queries";

/** An incident by number, day and title, leading to its accounts; one the reader may not know of stays unnamed. */
export function IncidentName({ id, here }: { id: string; here?: string | undefined }) {
  const { t } = useTranslation("incidents");
  const { day } = useTimes();
  const { data } = useIncident(id);
  if (!data) return <span>{t("triage.unnamed")}</span>;
  // A merged incident's key leads to the one it became a part of.
  if (data.id === here) return <span>{t("triage.wasApart")}</span>;
  return (
    <Link from="/incidents" to="/incidents" search={(before) => ({ ...before, open: data.id })} preload={false} resetScroll={false}>
      <span className="reference">{data.reference}</span> {data.title}, {day(data.occurred_at)}
    </Link>
  );
}
