import { Button, Group, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Concurrence } from "../../api/types";
import { useWords } from "../../domain/words";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { usePermission } from "../session/session";
import { PartyNames } from "./PartyNames";
import { useConcurrenceStep, type ConcurrenceVerb } from "./queries";
import { WithdrawDialog } from "./WithdrawDialog";

type Verb = ConcurrenceVerb | "withdraw";
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
      {open === "withdraw" && <WithdrawDialog concurrence={concurrence} onClose={close} />}
      {open && open !== "withdraw" && <StepDialog verb={open} concurrence={concurrence} onClose={close} />}
    </Group>
  );
}

function StepDialog({ verb, concurrence, onClose }: { verb: ConcurrenceVerb; concurrence: Concurrence; onClose: () => void }) {
  const { t } = useTranslation("liaison");
  const { word, words } = useWords();
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
      onConfirm={(reason) => taken.mutate({ verb, reason, answeredBy: answeredBy.trim() }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        <strong>{word("country", concurrence.country)}</strong> · <PartyNames ids={concurrence.parties} kinds={concurrence.party_kinds} /> · {words("theme", concurrence.themes)}
      </p>
      <p>{t(`concurrenceStep.${verb}.detail`)}</p>
      {verb !== "decline" && <TextInput label={t("request.answeredBy")} required={verb === "confirm"} maxLength={500} value={answeredBy} onChange={(event) => setAnsweredBy(event.currentTarget.value)} />}
    </ConfirmDialog>
  );
}
