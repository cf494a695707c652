import { Button, Group, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Concurrence } from "../../api/types";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { usePermission } from "../session/session";
import { AskedFor } from "./AskedFor";
import { useConcurrenceStep, type ConcurrenceVerb } from "./concurrence-queries";
import { GrantDialog } from "./GrantDialog";
import { WithdrawDialog } from "./WithdrawDialog";

type Verb = ConcurrenceVerb | "grant" | "withdraw";
const VERBS = ["grant", "decline", "confirm", "withdraw"] as const;

function isOpenTo(verb: Verb, { state, standing, basis, confirmed_at }: Concurrence): boolean {
  if (verb === "confirm") return basis === "oral" && state === "granted" && standing !== "lapsed" && !confirmed_at;
  if (verb === "withdraw") return state === "granted" && standing !== "lapsed";
  return standing === "requested";
}

/** Records what a Government answered, or that it took its word back. */
export function ConcurrenceActions({ concurrence }: { concurrence: Concurrence }) {
  const { t } = useTranslation("liaison");
  const may = usePermission();
  const [open, setOpen] = useState<Verb | undefined>(undefined);
  const close = () => setOpen(undefined);
  const verbs = VERBS.filter((verb) => isOpenTo(verb, concurrence) && may(`${verb}Concurrence`));
  return (
    <Group gap="xs">
      {verbs.map((verb, index) => (
        <Button key={verb} size="compact-sm" variant={verb === "grant" || verb === "confirm" ? "filled" : "default"} {...(index === 0 ? { "data-row": true } : {})} onClick={() => setOpen(verb)}>
          {t(`concurrence.${verb}`)}
        </Button>
      ))}
      {open === "grant" && <GrantDialog concurrence={concurrence} onClose={close} />}
      {open === "withdraw" && <WithdrawDialog concurrence={concurrence} onClose={close} />}
      {(open === "decline" || open === "confirm") && <StepDialog verb={open} concurrence={concurrence} onClose={close} />}
    </Group>
  );
}

function StepDialog({ verb, concurrence, onClose }: { verb: ConcurrenceVerb; concurrence: Concurrence; onClose: () => void }) {
  const { t } = useTranslation("liaison");
  const [answeredBy, setAnsweredBy] = useState("");
  const taken = useConcurrenceStep(concurrence);
  return (
    <ConfirmDialog
      title={t(`concurrenceStep.${verb}.title`, { reference: concurrence.reference })}
      confirm={t(`concurrence.${verb}`)}
      reason={verb === "decline" ? t("reason") : undefined}
      isBlocked={verb === "confirm" && answeredBy.trim() === ""}
      isPending={taken.isPending}
      error={taken.error}
      onConfirm={(reason) => taken.mutate({ verb, said: verb === "decline" ? reason : answeredBy.trim() }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <AskedFor concurrence={concurrence} />
      <p>{t(`concurrenceStep.${verb}.detail`)}</p>
      {verb === "confirm" && <TextInput label={t("request.answeredBy")} required maxLength={500} value={answeredBy} onChange={(event) => setAnsweredBy(event.currentTarget.value)} />}
    </ConfirmDialog>
  );
}
