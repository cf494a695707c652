import { Button, Group, Radio, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Package, ReleaseDecision } from "../../api/types";
import { useTimes } from "../../domain/times";
import { Notice } from "../../parts/Notice";
import { ProblemNotice } from "../../parts/ProblemNotice";
import { useCheckPackage } from "./queries";

type Check = NonNullable<ReleaseDecision["check"]>;

/** The do-no-harm check: why it is needed, and who decided what, or the decision still to be taken. */
export function HarmCheck({ of, check }: { of: Package; check: Check }) {
  const { t } = useTranslation("persons");
  const { moment } = useTimes();
  if (!check.needed) return null;
  const why = [check.persons === null ? t("check.unknown") : check.persons > 0 && t("check.names", { count: check.persons }), check.security_body && t("check.securityBody")];
  return (
    <section aria-label={t("check.title")}>
      <Notice tone={check.outcome ? "good" : "care"}>
        <strong>{t("check.title")}</strong>
        <p>{why.filter(Boolean).join(" ")}</p>
        {check.outcome && (
          <p>
            {t(`check.${check.outcome}`)}. {t("check.by", { by: check.checked_by, at: check.checked_at ? moment(check.checked_at) : "" })} {check.reason && <q>{check.reason}</q>}
          </p>
        )}
      </Notice>
      {!check.outcome && <Decide of={of} />}
    </section>
  );
}

function Decide({ of }: { of: Package }) {
  const { t } = useTranslation("persons");
  const [outcome, setOutcome] = useState<"withheld" | "shown">("withheld");
  const [reason, setReason] = useState("");
  const check = useCheckPackage(of);
  const isShown = outcome === "shown";
  return (
    <Stack gap="xs" mt="sm">
      <Radio.Group label={t("check.decide")} value={outcome} onChange={(value) => setOutcome(value === "shown" ? "shown" : "withheld")}>
        <Group mt={4}>
          <Radio value="withheld" label={t("check.withheld")} />
          <Radio value="shown" label={t("check.shown")} />
        </Group>
      </Radio.Group>
      {isShown && <Textarea label={t("check.reason")} required autosize minRows={2} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />}
      {check.error && <ProblemNotice error={check.error} />}
      <Group>
        <Button size="xs" loading={check.isPending} disabled={isShown && reason.trim() === ""} onClick={() => check.mutate({ outcome, reason: isShown ? reason.trim() : null })}>
          {t("check.record")}
        </Button>
      </Group>
    </Stack>
  );
}
