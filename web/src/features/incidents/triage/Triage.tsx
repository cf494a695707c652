import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { IncidentDetail } from "../../../api/types";
import { usePermission } from "../../session/session";
import { MergeDialog } from "./MergeDialog";
import { Moves } from "./Moves";
import { SplitDialog } from "./SplitDialog";
import { Suggestions } from "./Suggestions";
import styles from "./Triage.module.css";

interface TriageProps {
  incident: IncidentDetail;
  onOpen: (id: string) => void;
}

/** Whether the accounts of an incident belong together: what is suggested, what people did, and what can be done. */
export function Triage({ incident, onOpen }: TriageProps) {
  const { t } = useTranslation("incidents");
  const may = usePermission();
  const [open, setOpen] = useState<"merge" | "split" | undefined>(undefined);
  const close = () => setOpen(undefined);
  return (
    <>
      <Group gap="xs" className={`${styles.steps} no-print`}>
        {may("mergeIncidents") && (
          <Button size="compact-sm" variant="default" onClick={() => setOpen("merge")}>
            {t("triage.merge")}
          </Button>
        )}
        {may("splitIncident") && incident.accounts.length > 1 && (
          <Button size="compact-sm" variant="default" onClick={() => setOpen("split")}>
            {t("triage.split")}
          </Button>
        )}
      </Group>
      {may("listSuggestions") && <Suggestions incident={incident.id} />}
      {may("listMoves") && <Moves incident={incident.id} onUndone={onOpen} />}
      {open === "merge" && <MergeDialog incident={incident} onClose={close} />}
      {open === "split" && <SplitDialog incident={incident} onDone={onOpen} onClose={close} />}
    </>
  );
}
