import { Button, Group } from "@mantine/core";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Package } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { LabelMark } from "../../parts/LabelMark";
import { useRowKeys } from "../../parts/row-keys";
import { ScrollFrame } from "../../parts/ScrollFrame";
import { StateWord, type Tone } from "../../parts/StateWord";
import { useSteadyOrder } from "../../parts/steady-order";
import table from "../../parts/Table.module.css";
import { usePermission } from "../session/session";
import { RefuseDialog } from "./RefuseDialog";
import { ReleaseDialog } from "./ReleaseDialog";

const TONES: Record<Package["state"], Tone> = { proposed: "care", queued: "accent", delivered: "good", acknowledged: "good", refused: "calm", revoked: "bad", recalled: "bad" };

export function PackageTable({ packages, recipient }: { packages: Package[]; recipient: string }) {
  const { t } = useTranslation("exchange");
  const body = useRef<HTMLTableElement>(null);
  const steady = useSteadyOrder(packages);
  useRowKeys(body);
  return (
    <ScrollFrame className={table.scroll} label={t("tableOf", { recipient })} {...steady.list}>
      <table ref={body} className={table.table}>
        <caption className="visually-hidden">{t("tableOf", { recipient })}</caption>
        <thead>
          <tr>
            {(["item", "state", "decision", "delivered", "label", "actions"] as const).map((column) => (
              <th key={column} scope="col">
                {t(`columns.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {steady.items.map((each) => (
            <PackageRow key={each.id} of={each} />
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function PackageRow({ of }: { of: Package }) {
  const { t } = useTranslation("exchange");
  const { word } = useWords();
  const { moment } = useTimes();
  return (
    <tr>
      <th scope="row">
        <span className="reference">{of.item.reference}</span> {of.item.title}
      </th>
      <td>
        <StateWord tone={TONES[of.state]}>{word("packageState", of.state)}</StateWord>
      </td>
      <td>
        {of.decision && word("decision", of.decision)} {of.rule && <span className="reference">{of.rule}</span>}
        {of.reason && <div className="soft">{of.reason}</div>}
      </td>
      <td className={table.nowrap}>
        {of.delivered_at ? moment(of.delivered_at) : "–"}
        {of.acknowledged_at && <div className="soft">✓ {moment(of.acknowledged_at)}</div>}
        {of.delivered_unmandated && (
          <div>
            <StateWord tone="bad">{t("unmandated")}</StateWord>
          </div>
        )}
      </td>
      <td>
        <LabelMark label={of.label} />
      </td>
      <td>{of.state === "proposed" && <DecideButtons of={of} />}</td>
    </tr>
  );
}

function DecideButtons({ of }: { of: Package }) {
  const { t } = useTranslation("exchange");
  const may = usePermission();
  const [open, setOpen] = useState<"release" | "refuse" | undefined>(undefined);
  const close = () => setOpen(undefined);
  return (
    <Group gap="xs" wrap="nowrap">
      {may("releasePackage") && (
        <Button size="compact-sm" data-row onClick={() => setOpen("release")}>
          {t("release.open")}
        </Button>
      )}
      {may("refusePackage") && (
        <Button size="compact-sm" variant="default" onClick={() => setOpen("refuse")}>
          {t("refuse.open")}
        </Button>
      )}
      {open === "release" && <ReleaseDialog of={of} onClose={close} />}
      {open === "refuse" && <RefuseDialog of={of} onClose={close} />}
    </Group>
  );
}
