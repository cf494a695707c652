import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Commitment } from "../../api/types";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { usePermission } from "../session/session";
import { useCommitmentStep, type CommitmentVerb } from "./commitment-queries";

const VERBS = ["meet", "cancel"] as const;

/** Records that a promise was kept or given up. */
export function CommitmentActions({ commitment }: { commitment: Commitment }) {
  const { t } = useTranslation("liaison");
  const may = usePermission();
  const [open, setOpen] = useState<CommitmentVerb | undefined>(undefined);
  const verbs = commitment.state === "open" ? VERBS.filter((verb) => may(`${verb}Commitment`)) : [];
  return (
    <Group gap="xs">
      {verbs.map((verb) => (
        <Button key={verb} size="compact-sm" variant={verb === "meet" ? "filled" : "default"} onClick={() => setOpen(verb)}>
          {t(`commitment.${verb}`)}
        </Button>
      ))}
      {open && <StepDialog verb={open} commitment={commitment} onClose={() => setOpen(undefined)} />}
    </Group>
  );
}

function StepDialog({ verb, commitment, onClose }: { verb: CommitmentVerb; commitment: Commitment; onClose: () => void }) {
  const { t } = useTranslation("liaison");
  const taken = useCommitmentStep(commitment);
  return (
    <ConfirmDialog
      title={t(`commitment.${verb}Title`, { reference: commitment.reference })}
      confirm={t(`commitment.${verb}`)}
      reason={verb === "cancel" ? t("reason") : undefined}
      isPending={taken.isPending}
      error={taken.error}
      onConfirm={(reason) => taken.mutate({ verb, reason }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>{commitment.text}</p>
    </ConfirmDialog>
  );
}
