import { Radio, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Handover, HandoverSeries } from "../../api/types";
import { SENSITIVITIES, TLPS, type Sensitivity, type Tlp } from "../../domain/vocabulary";
import { useWords } from "../../domain/words";
import { Choice } from "../../parts/Choice";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { useReviewSeries } from "./queries";

interface ReviewDialogProps {
  of: Handover;
  series: HandoverSeries;
  onClose: () => void;
}

/** Answers for another label than the strictest, for all records of a series at once. */
export function ReviewDialog({ of, series, onClose }: ReviewDialogProps) {
  const { t } = useTranslation("handover");
  const { word } = useWords();
  const [way, setWay] = useState("given");
  const [sensitivity, setSensitivity] = useState<Sensitivity>("confidential");
  const [tlp, setTlp] = useState<Tlp>("AMBER");
  const reviewed = useReviewSeries(of, series.series);
  const label = way === "given" ? undefined : { sensitivity, tlp };
  return (
    <ConfirmDialog
      title={t("review.title", { series: series.title })}
      confirm={t("review.confirm")}
      reason={t("review.reason")}
      isPending={reviewed.isPending}
      error={reviewed.error}
      onConfirm={(reason) => reviewed.mutate({ reason, ...(label && { label }) }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Stack gap="sm">
        <p>{t("review.detail", { count: series.in_package })}</p>
        <Radio.Group label={t("review.way")} value={way} onChange={setWay}>
          <Stack gap="xs" mt="xs">
            <Radio value="given" label={t("review.given")} />
            <Radio value="one" label={t("review.one")} />
          </Stack>
        </Radio.Group>
        {way === "one" && (
          <>
            <Choice label={t("review.sensitivity")} known={SENSITIVITIES} value={sensitivity} word={(code) => word("sensitivity", code)} onChange={(value) => value && setSensitivity(value)} />
            <Choice label="TLP" known={TLPS} value={tlp} word={(code) => code} onChange={(value) => value && setTlp(value)} />
          </>
        )}
      </Stack>
    </ConfirmDialog>
  );
}
