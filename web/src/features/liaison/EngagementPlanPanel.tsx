import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Engagement } from "../../api/types";
import { useTimes } from "../../domain/times";
import { wallClock } from "../../domain/zones";
import { Panel } from "../../parts/Panel";
import { usePermission } from "../session/session";
import { AttendingNames } from "./Attending";
import styles from "./EngagementPage.module.css";
import { PartyNames } from "./PartyNames";
import { PlanDialog } from "./PlanDialog";
import { useEngagement } from "./queries";

const EDITABLE: readonly Engagement["state"][] = ["proposed", "scheduled", "suspended"];

/** Who goes where, to talk with whom about what. */
export function EngagementPlanPanel({ engagement }: { engagement: Engagement }) {
  const { t } = useTranslation("liaison");
  const { moment } = useTimes();
  const may = usePermission();
  const [isOpen, setOpen] = useState(false);
  const facts = [
    [t("one.when"), `${moment(engagement.starts_at)} – ${moment(engagement.ends_at)}`],
    [t("one.there"), thereClock(engagement)],
    [t("one.place"), engagement.place],
    [t("one.delegation"), engagement.delegation.join(", ")],
    [t("one.interpreters"), engagement.interpreters.join(", ")],
    [t("one.languages"), engagement.languages.join(", ")],
    [t("one.agenda"), engagement.agenda],
  ] as const;
  const edit = may("editEngagement") && EDITABLE.includes(engagement.state) && (
    <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
      {t("one.edit")}
    </Button>
  );
  return (
    <Panel id="plan" title={t("one.plan")} aside={edit}>
      <dl className={styles.plan}>
        <dt>{t("one.parties")}</dt>
        <dd>
          <PartyNames ids={engagement.parties} />
        </dd>
        {engagement.contacts.length > 0 && <Attending ids={engagement.contacts} />}
        {engagement.follows && <Followed id={engagement.follows} />}
        {facts.map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name}:`}>{value === null || value === "" ? <span className="soft">{t("one.none")}</span> : value}</dd>])}
      </dl>
      {isOpen && <PlanDialog engagement={engagement} onClose={() => setOpen(false)} />}
    </Panel>
  );
}

/** The hours as the clock on the wall at the place shows them. */
function thereClock({ starts_at, ends_at, time_zone }: Engagement): string {
  const [start, end] = [wallClock(starts_at, time_zone), wallClock(ends_at, time_zone)];
  const isOneDay = start.slice(0, 10) === end.slice(0, 10);
  return `${start.replace("T", ", ")} – ${isOneDay ? end.slice(11) : end.replace("T", ", ")} (${time_zone})`;
}

function Followed({ id }: { id: string }) {
  const { t } = useTranslation("liaison");
  const followed = useEngagement(id);
  return (
    <>
      <dt>{t("one.follows")}</dt>
      <dd>
        {followed.data ? (
          <Link to="/engagements/$id" params={{ id }}>
            {followed.data.reference} {followed.data.title}
          </Link>
        ) : (
          <span className="soft">{t("one.unnamedEngagement")}</span>
        )}
      </dd>
    </>
  );
}

function Attending({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation("liaison");
  return (
    <>
      <dt>{t("one.contacts")}</dt>
      <dd>
        <AttendingNames ids={ids} />
      </dd>
    </>
  );
}
