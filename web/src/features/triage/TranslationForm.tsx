import { Button, Stack, Textarea } from "@mantine/core";
import type { SubmitEvent } from "react";
import { useTranslation } from "react-i18next";
import type { Observation, Translation, TranslationBody } from "../../api/types";
import { useWords } from "../../domain/words";
import { Choice } from "../../parts/Choice";
import { ProblemNotice } from "../../parts/ProblemNotice";
import { useKeptText } from "../liaison/kept-text";
import { useTranslating } from "./queries";

const LANGUAGES = ["en", "ru", "kk", "ky", "tg", "tk", "uz", "fa", "ps", "zh", "ar", "fr", "es"] as const satisfies readonly TranslationBody["language"][];

interface TranslationFormProps {
  observation: Observation;
  translations: Translation[];
  onDone: () => void;
}

interface Draft {
  language: TranslationBody["language"];
  title: string;
  text: string;
}

/** A translation while it is written: kept on this device, so that a reload loses nothing. */
export function TranslationForm({ observation, translations, onDone }: TranslationFormProps) {
  const { t, i18n } = useTranslation("triage");
  const { word } = useWords();
  const own = i18n.language === "ru" ? "ru" : "en";
  const before = translations.find((each) => each.language === own);
  const draft = useKeptText<Draft>(`translation:${observation.id}`, { language: own, title: before?.title ?? "", text: before?.text ?? "" });
  const save = useTranslating(observation.id);
  const { language, title, text } = draft.value;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const done = () => {
      draft.forget();
      onDone();
    };
    save.mutate({ language, title: title.trim(), ...(text.trim() ? { text: text.trim() } : {}) }, { onSuccess: done });
  };
  return (
    <form onSubmit={submit} aria-label={t("translation.label")}>
      <Stack gap="xs">
        <Choice label={t("translation.language")} known={LANGUAGES} value={language} word={(code) => word("language", code)} onChange={(code) => code && draft.change({ language: code })} />
        <Textarea size="xs" label={t("translation.title")} value={title} lang={language} onChange={(event) => draft.change({ title: event.currentTarget.value })} autosize required />
        {observation.text && <Textarea size="xs" label={t("translation.text")} value={text} lang={language} onChange={(event) => draft.change({ text: event.currentTarget.value })} autosize minRows={3} />}
        {save.error && <ProblemNotice error={save.error} />}
        <Button type="submit" size="compact-sm" loading={save.isPending} disabled={title.trim() === ""}>
          {t("translation.save")}
        </Button>
      </Stack>
    </form>
  );
}
