import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Contact, Position } from "../../api/types";
import { useTimes } from "../../domain/times";
import { CountTable } from "../../parts/CountTable";
import { Empty } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { Panel } from "../../parts/Panel";
import table from "../../parts/Table.module.css";
import { usePermission } from "../session/session";
import { PositionActions } from "./PositionActions";
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
      <Outcome of={positions}>{({ items }) => (items.length === 0 ? <Empty>{t("position.empty")}</Empty> : <PositionTable contact={contact} positions={items} />)}</Outcome>
      {isOpen && <PositionDialog contact={contact} onClose={() => setOpen(false)} />}
    </Panel>
  );
}

function PositionTable({ contact, positions }: { contact: Contact; positions: Position[] }) {
  const { t } = useTranslation("contacts");
  const may = usePermission();
  const isOpen = contact.state === "active" && (may("correctPosition") || may("voidPosition"));
  const columns = (["what", "where", "from", "until", "known"] as const).map((column) => t(`position.${column}`));
  return (
    <CountTable title={t("position.title")} columns={isOpen ? [...columns, t("position.steps")] : columns}>
      {positions.map((held) => (
        <PositionRow key={held.id} held={held}>
          {isOpen && (
            <td>
              <PositionActions contact={contact} position={held} />
            </td>
          )}
        </PositionRow>
      ))}
    </CountTable>
  );
}

function PositionRow({ held, children }: { held: Position; children: ReactNode }) {
  const { t } = useTranslation("contacts");
  const { day, moment } = useTimes();
  return (
    <tr>
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
      {children}
    </tr>
  );
}
