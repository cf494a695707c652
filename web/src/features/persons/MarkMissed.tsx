import { Button, Group, TextInput } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";
import type { MarkBody, PersonNamedIn } from "../../api/types";
import { Choice } from "../../parts/Choice";
import { ProblemNotice } from "../../parts/ProblemNotice";
import { useMark } from "./queries";

const ROLES: PersonNamedIn["role"][] = ["suspect", "victim", "witness", "source", "official", "other"];

/** Marks a name that the rules missed. */
export function MarkMissed({ observation, onClose }: { observation: string; onClose: () => void }) {
  const { t } = useTranslation("persons");
  const [form, setForm] = useState<MarkBody & { role: PersonNamedIn["role"] }>({ words: "", role: "other", state: "confirmed" });
  const mark = useMark(observation);
  const send = (event: SyntheticEvent) => {
    event.preventDefault();
    mark.mutate(form, { onSuccess: onClose });
  };
  return (
    <form aria-label={t("missed.title")} onSubmit={send}>
      <Group align="end" gap="xs">
        <TextInput size="xs" label={t("missed.words")} maxLength={500} required data-autofocus value={form.words} onChange={(event) => setForm({ ...form, words: event.currentTarget.value })} />
        <Choice label={t("missed.role")} known={ROLES} value={form.role} word={(code) => t(`role.${code}`)} onChange={(role) => setForm({ ...form, role: role ?? "other" })} />
        <Button type="submit" size="xs" loading={mark.isPending} disabled={form.words.trim() === ""}>
          {t("missed.mark")}
        </Button>
        <Button size="xs" variant="default" onClick={onClose}>
          {t("missed.cancel")}
        </Button>
      </Group>
      {mark.error && <ProblemNotice error={mark.error} />}
    </form>
  );
}
