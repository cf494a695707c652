import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Move } from "../../../api/types";
import { useTimes } from "../../../domain/times";
import { ConfirmDialog } from "../../../parts/ConfirmDialog";
import { LoadMore } from "../../../parts/LoadMore";
import { usePermission } from "../../session/session";
import { IncidentName } from "./IncidentName";
import { useMoves, useUndo } from "./queries";
import styles from "./Triage.module.css";

interface MovesProps {
  incident: string;
  onUndone: (id: string) => void;
}

/** What people merged and split, newest first; each can be undone. */
export function Moves({ incident, onUndone }: MovesProps) {
  const { t } = useTranslation("incidents");
  const moves = useMoves(incident);
  const items = moves.data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0) return null;
  return (
    <section className={styles.block} aria-label={t("triage.history")}>
      <h3>{t("triage.history")}</h3>
      <ol className={styles.list}>
        {items.map((move) => (
          <li key={move.id}>
            <MoveRow move={move} incident={incident} onUndone={onUndone} />
          </li>
        ))}
      </ol>
      <LoadMore of={moves} />
    </section>
  );
}

function MoveRow({ move, incident, onUndone }: MovesProps & { move: Move }) {
  const { t } = useTranslation("incidents");
  const { moment } = useTimes();
  const may = usePermission();
  const [isOpen, setOpen] = useState(false);
  const other = move.incident_id === incident ? move.other_id : move.incident_id;
  return (
    <>
      <div>
        <strong>{t(`triage.kind.${move.kind}`)}</strong> <IncidentName id={other} here={incident} />
      </div>
      <div className="soft">{t(move.reason ? "triage.by" : "triage.byOnly", { who: move.moved_by, moment: moment(move.created_at), reason: move.reason })}</div>
      {move.undone_at && <div className="soft">↩ {t("triage.undone", { who: move.undone_by ?? "", moment: moment(move.undone_at), reason: move.undo_reason ?? "" })}</div>}
      {!move.undone_at && may("undoMove") && (
        <Button size="compact-xs" variant="default" onClick={() => setOpen(true)}>
          {t("triage.undo")}
        </Button>
      )}
      {isOpen && <UndoDialog move={move} onUndone={onUndone} onClose={() => setOpen(false)} />}
    </>
  );
}

function UndoDialog({ move, onUndone, onClose }: { move: Move; onUndone: (id: string) => void; onClose: () => void }) {
  const { t } = useTranslation("incidents");
  const undo = useUndo(move.id);
  const done = ({ id }: { id: string }) => {
    onClose();
    onUndone(id);
  };
  return (
    <ConfirmDialog title={t("triage.undo")} confirm={t("triage.undo")} reason={t("triage.reason")} isPending={undo.isPending} error={undo.error} onConfirm={(reason) => undo.mutate(reason, { onSuccess: done })} onClose={onClose}>
      <p>{t("triage.undoDetail")}</p>
    </ConfirmDialog>
  );
}
