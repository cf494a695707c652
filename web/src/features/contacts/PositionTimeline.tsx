import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Contact, Position } from "../../api/types";
import { useTimes } from "../../domain/times";
import { Empty } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { Panel } from "../../parts/Panel";
import { ScrollFrame } from "../../parts/ScrollFrame";
import table from "../../parts/Table.module.css";
import { usePermission } from "../session/session";
import { PositionDialog } from "./PositionDialog";
import { usePositions } from "./queries";

/** What the person was and is, newest first, and since when we have known it. */
export function PositionTimeline({ contact }: { contact: Contact }) {
  const { t } = useTranslation("contacts");
  const may = usePermission();
  const positions = usePositions(contact.id);
  const [isOpen, setOpen] = useState(false);
  const add = contact.state === "active" && may("recordPosition") && (
    <Button size="compact-sm" onClick={() => setOpen(true)}>
      {t("position.add")}
    </Button>
  );
  return (
    <Panel id="positions" title={t("position.title")} aside={add}>
      <Outcome of={positions}>{({ items }) => (items.length === 0 ? <Empty>{t("position.empty")}</Empty> : <PositionTable positions={items} />)}</Outcome>
      {isOpen && <PositionDialog contact={contact} onClose={() => setOpen(false)} />}
    </Panel>
  );
}

function PositionTable({ positions }: { positions: Position[] }) {
  const { t } = useTranslation("contacts");
  const { day, moment } = useTimes();
  return (
    <ScrollFrame className={table.scroll} label={t("position.title")}>
      <table className={table.table}>
        <caption className="visually-hidden">{t("position.title")}</caption>
        <thead>
          <tr>
            {(["what", "where", "from", "until", "known"] as const).map((column) => (
              <th key={column} scope="col">
                {t(`position.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {positions.map((held) => (
            <tr key={held.id}>
              <th scope="row">{held.title}</th>
              <td>
                {held.party ? (
                  <Link to="/parties/$id" params={{ id: held.party }}>
                    {held.organization}
                  </Link>
                ) : (
                  held.organization
                )}
              </td>
              <td className={table.nowrap}>{day(held.valid_from)}</td>
              <td className={table.nowrap}>{held.valid_until ? day(held.valid_until) : t("position.today")}</td>
              <td className={table.nowrap}>{moment(held.recorded_at)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}
