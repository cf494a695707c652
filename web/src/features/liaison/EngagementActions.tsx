import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "../../api/problem";
import type { Engagement } from "../../api/types";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { usePermission } from "../session/session";
import { MissingConcurrence } from "./MissingConcurrence";
import { PartyNames } from "./PartyNames";
import { ProposeDialog } from "./ProposeDialog";
import { useEngagementStep, type EngagementVerb } from "./queries";

type EngagementOperation = `${EngagementVerb}Engagement`;

const FROM: Record<EngagementVerb, readonly Engagement["state"][]> = {
  schedule: ["proposed", "suspended"],
  hold: ["scheduled"],
  report: ["held"],
  cancel: ["proposed", "scheduled", "suspended"],
};
const VERBS = ["schedule", "hold", "report", "cancel"] as const;

/** Only what took place is followed up. */
const HAPPENED: readonly Engagement["state"][] = ["held", "reported"];

export function EngagementActions({ engagement }: { engagement: Engagement }) {
  const { t } = useTranslation("liaison");
  const may = usePermission();
  const [open, setOpen] = useState<EngagementVerb | "followUp" | undefined>(undefined);
  const close = () => setOpen(undefined);
  const verbs = VERBS.filter((verb) => FROM[verb].includes(engagement.state) && may(`${verb}Engagement` satisfies EngagementOperation));
  return (
    <Group gap="xs">
      {verbs.map((verb) => (
        <Button key={verb} size="compact-sm" variant={verb === "cancel" ? "default" : "filled"} onClick={() => setOpen(verb)}>
          {t(`engagement.${verb}`)}
        </Button>
      ))}
      {HAPPENED.includes(engagement.state) && may("proposeEngagement") && (
        <Button size="compact-sm" variant="default" onClick={() => setOpen("followUp")}>
          {t("engagement.followUp")}
        </Button>
      )}
      {open === "followUp" && <ProposeDialog follows={engagement} onClose={close} />}
      {open && open !== "followUp" && <StepDialog verb={open} engagement={engagement} onClose={close} />}
    </Group>
  );
}

function StepDialog({ verb, engagement, onClose }: { verb: EngagementVerb; engagement: Engagement; onClose: () => void }) {
  const { t } = useTranslation("liaison");
  const taken = useEngagementStep(engagement);
  const isGateClosed = taken.error !== null && asProblem(taken.error).slug === "concurrence-missing";
  return (
    <ConfirmDialog
      title={t(`engagementStep.${verb}.title`, { reference: engagement.reference })}
      confirm={t(`engagement.${verb}`)}
      reason={verb === "cancel" ? t("reason") : undefined}
      size="lg"
      isDangerous={verb === "cancel"}
      isPending={taken.isPending}
      error={isGateClosed ? null : taken.error}
      onConfirm={(reason) => taken.mutate({ verb, reason }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        <strong>{engagement.title}</strong> · <PartyNames ids={engagement.parties} />
      </p>
      <p>{t(`engagementStep.${verb}.detail`)}</p>
      {isGateClosed && <MissingConcurrence problem={asProblem(taken.error)} />}
    </ConfirmDialog>
  );
}
