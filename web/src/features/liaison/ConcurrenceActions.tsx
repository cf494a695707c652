import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Concurrence } from "../../api/types";
import { useWords } from "../../domain/words";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { usePermission } from "../session/session";
import { PartyNames } from "./PartyNames";
import { useConcurrenceStep, type ConcurrenceVerb } from "./queries";

const OPEN_TO: Record<ConcurrenceVerb, { from: Concurrence["state"]; operation: "grantConcurrence" | "declineConcurrence" | "withdrawConcurrence" }> = {
  grant: { from: "requested", operation: "grantConcurrence" },
  decline: { from: "requested", operation: "declineConcurrence" },
  withdraw: { from: "granted", operation: "withdrawConcurrence" },
};
const VERBS = ["grant", "decline", "withdraw"] as const;

/** Records what a Government answered, or that it took its word back. */
export function ConcurrenceActions({ concurrence }: { concurrence: Concurrence }) {
  const { t } = useTranslation("liaison");
  const may = usePermission();
  const [open, setOpen] = useState<ConcurrenceVerb | undefined>(undefined);
  const verbs = VERBS.filter((verb) => OPEN_TO[verb].from === concurrence.state && may(OPEN_TO[verb].operation));
  return (
    <Group gap="xs">
      {verbs.map((verb, index) => (
        <Button key={verb} size="compact-sm" variant={verb === "grant" ? "filled" : "default"} {...(index === 0 ? { "data-row": true } : {})} onClick={() => setOpen(verb)}>
          {t(`concurrence.${verb}`)}
        </Button>
      ))}
      {open && <StepDialog verb={open} concurrence={concurrence} onClose={() => setOpen(undefined)} />}
    </Group>
  );
}

function StepDialog({ verb, concurrence, onClose }: { verb: ConcurrenceVerb; concurrence: Concurrence; onClose: () => void }) {
  const { t } = useTranslation("liaison");
  const { word, words } = useWords();
  const taken = useConcurrenceStep(concurrence);
  return (
    <ConfirmDialog
      title={t(`concurrenceStep.${verb}.title`, { reference: concurrence.reference })}
      confirm={t(`concurrence.${verb}`)}
      reason={verb === "grant" ? undefined : t("reason")}
      isDangerous={verb === "withdraw"}
      isPending={taken.isPending}
      error={taken.error}
      onConfirm={(reason) => taken.mutate({ verb, reason }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        <strong>{word("country", concurrence.country)}</strong> · <PartyNames ids={concurrence.parties} kinds={concurrence.party_kinds} /> · {words("theme", concurrence.themes)}
      </p>
      <p>{t(`concurrenceStep.${verb}.detail`)}</p>
    </ConfirmDialog>
  );
}
