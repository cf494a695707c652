import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Concurrence } from "../../api/types";
import { utcOf } from "../../domain/times";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { Outcome } from "../../parts/Outcome";
import { EngagementLinks } from "./EngagementLinks";
import { useAffected, useWithdrawal } from "./concurrence-queries";

/** Shows what a withdrawal would suspend and flag before it is recorded. */
export function WithdrawDialog({ concurrence, onClose }: { concurrence: Concurrence; onClose: () => void }) {
  const { t } = useTranslation("liaison");
  const [from, setFrom] = useState("");
  const effectiveAt = from.length >= 16 ? utcOf(from) : undefined;
  const affected = useAffected(concurrence.id, effectiveAt);
  const withdraw = useWithdrawal(concurrence);
  return (
    <ConfirmDialog
      title={t("concurrenceStep.withdraw.title", { reference: concurrence.reference })}
      confirm={t("concurrence.withdraw")}
      reason={t("reason")}
      size="lg"
      isDangerous
      isPending={withdraw.isPending}
      error={withdraw.error}
      onConfirm={(reason) => withdraw.mutate({ reason, effective_at: effectiveAt ?? null }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{t("concurrenceStep.withdraw.detail")}</p>
      <TextInput type="datetime-local" label={t("withdraw.from")} description={t("withdraw.fromHint")} value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
      <Outcome of={affected}>
        {({ suspended, flagged }) => (
          <>
            <EngagementLinks title={t("withdraw.suspended")} none={t("withdraw.suspendsNothing")} engagements={suspended} />
            {flagged.length > 0 && <EngagementLinks title={t("withdraw.flagged")} none="" engagements={flagged} />}
          </>
        )}
      </Outcome>
    </ConfirmDialog>
  );
}
