import { Button, Group, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Suggestion } from "../../../api/types";
import { ConfirmDialog } from "../../../parts/ConfirmDialog";
import { LoadMore } from "../../../parts/LoadMore";
import { ProblemNotice } from "../../../parts/ProblemNotice";
import { usePermission } from "../../session/session";
import { IncidentName } from "./IncidentName";
import { MatchParts } from "./MatchParts";
import { useAcceptSuggestion, useDismissSuggestion, useSuggestions } from "./queries";
import styles from "./Triage.module.css";

/** Incidents that may be one, for a person to decide; nothing is said while there are none. */
export function Suggestions({ incident }: { incident?: string }) {
  const { t } = useTranslation("incidents");
  const found = useSuggestions(incident);
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0) return found.error ? <ProblemNotice error={found.error} /> : null;
  return (
    <section className={styles.block} aria-label={t("triage.suggestions")}>
      <h3>{t("triage.suggestions")}</h3>
      <ul className={styles.list}>
        {items.map((suggestion) => (
          <li key={suggestion.id}>
            <SuggestionRow suggestion={suggestion} incident={incident} />
          </li>
        ))}
      </ul>
      <LoadMore of={found} />
    </section>
  );
}

function SuggestionRow({ suggestion, incident }: { suggestion: Suggestion; incident: string | undefined }) {
  const { t } = useTranslation("incidents");
  const may = usePermission();
  const [isDismissing, setDismissing] = useState(false);
  const [reason, setReason] = useState("");
  const accept = useAcceptSuggestion(suggestion.id);
  const shown = [suggestion.incident_id, suggestion.other_id].filter((id) => id !== incident);
  return (
    <>
      {shown.map((id) => (
        <div key={id}>
          <IncidentName id={id} />
        </div>
      ))}
      <div className="soft">
        <MatchParts match={suggestion} />
      </div>
      {accept.error && <ProblemNotice error={accept.error} />}
      <Group gap="xs">
        {may("acceptSuggestion") && (
          <>
            <TextInput size="xs" aria-label={t("triage.reasonOptional")} placeholder={t("triage.reasonOptional")} maxLength={500} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
            <Button size="compact-sm" loading={accept.isPending} onClick={() => accept.mutate(reason.trim())}>
              {t("triage.accept")}
            </Button>
          </>
        )}
        {may("dismissSuggestion") && (
          <Button size="compact-sm" variant="default" onClick={() => setDismissing(true)}>
            {t("triage.dismiss")}
          </Button>
        )}
      </Group>
      {isDismissing && <DismissDialog id={suggestion.id} onClose={() => setDismissing(false)} />}
    </>
  );
}

function DismissDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation("incidents");
  const dismiss = useDismissSuggestion(id);
  return (
    <ConfirmDialog title={t("triage.dismiss")} confirm={t("triage.dismiss")} reason={t("triage.reason")} isPending={dismiss.isPending} error={dismiss.error} onConfirm={(reason) => dismiss.mutate(reason, { onSuccess: onClose })} onClose={onClose}>
      <p>{t("triage.dismissDetail")}</p>
    </ConfirmDialog>
  );
}
