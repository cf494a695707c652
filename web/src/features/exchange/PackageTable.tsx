import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Package } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { LabelMark } from "../../parts/LabelMark";
import { RecordTable } from "../../parts/RecordTable";
import { StateWord, type Tone } from "../../parts/StateWord";
import table from "../../parts/Table.module.css";
import { usePermission } from "../session/session";
import { RefuseDialog } from "./RefuseDialog";
import { ReleaseDialog } from "./ReleaseDialog";

const TONES: Record<Package["state"], Tone> = { proposed: "care", queued: "accent", delivered: "good", acknowledged: "good", refused: "calm", revoked: "bad", recalled: "bad" };

export function PackageTable({ packages, recipient }: { packages: Package[]; recipient: string }) {
  const { t } = useTranslation("exchange");
  return (
    <RecordTable title={t("tableOf", { recipient })} heads={(["item", "state", "decision", "delivered", "label", "actions"] as const).map((column) => t(`columns.${column}`))} of={packages}>
      {(each) => <PackageRow key={each.id} of={each} />}
    </RecordTable>
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
