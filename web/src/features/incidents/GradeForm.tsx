import { Button, Radio, Stack, TextInput } from "@mantine/core";
import type { UseMutationResult } from "@tanstack/react-query";
import { useState, type SubmitEvent } from "react";
import { useTranslation } from "react-i18next";
import type { IncidentGrade } from "../../api/types";
import { CREDIBILITIES, RELIABILITIES, oneOf } from "../../domain/vocabulary";
import { useWords } from "../../domain/words";
import { ProblemNotice } from "../../parts/ProblemNotice";
import styles from "./GradeForm.module.css";

interface GradeFormProps {
  of: { reliability: string | null; credibility: number | null };
  grade: Pick<UseMutationResult<unknown, Error, IncidentGrade>, "mutate" | "error" | "isPending">;
}

/** Reliability of the source and credibility of the information: two questions, asked apart. */
export function GradeForm({ of, grade }: GradeFormProps) {
  const { t } = useTranslation("incidents");
  const [reliability, setReliability] = useState<string | null>(of.reliability);
  const [credibility, setCredibility] = useState<string | null>(of.credibility?.toString() ?? null);
  const [reason, setReason] = useState("");
  const chosen = oneOf(RELIABILITIES, reliability);
  const judged = CREDIBILITIES.find((number) => String(number) === credibility);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!chosen || !judged) return;
    grade.mutate({ reliability: chosen, credibility: judged, ...(reason.trim() ? { reason: reason.trim() } : {}) });
  };
  return (
    <form className={styles.form} onSubmit={submit} aria-label={t("grade.label")}>
      <h3>{t("grade.label")}</h3>
      <Stack gap="sm">
        <Scale label={t("grade.reliability")} set="reliability" codes={RELIABILITIES} value={reliability} onChange={setReliability} />
        <Scale label={t("grade.credibility")} set="credibility" codes={CREDIBILITIES} value={credibility} onChange={setCredibility} />
        <TextInput size="xs" label={t("grade.reason")} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        {grade.error && <ProblemNotice error={grade.error} />}
        <Button type="submit" loading={grade.isPending} disabled={!chosen || !judged}>
          {t("grade.save")}
        </Button>
      </Stack>
    </form>
  );
}

interface ScaleProps {
  label: string;
  set: "reliability" | "credibility";
  codes: readonly (string | number)[];
  value: string | null;
  onChange: (code: string) => void;
}

function Scale({ label, set, codes, value, onChange }: ScaleProps) {
  const { word } = useWords();
  return (
    <Radio.Group label={label} value={value} onChange={onChange} size="xs">
      <div className={styles.scale}>
        {codes.map((code) => (
          <Radio key={code} size="xs" value={String(code)} label={`${code} · ${word(set, code)}`} />
        ))}
      </div>
    </Radio.Group>
  );
}
