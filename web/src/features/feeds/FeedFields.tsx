import { Checkbox, NumberInput, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ADDRESSEES, COUNTRIES, SENSITIVITIES, TLPS } from "../../domain/vocabulary";
import { useWords } from "../../domain/words";
import { Choice } from "../../parts/Choice";
import { errorAt } from "../../parts/field-error";
import { ManyChoice } from "../../parts/ManyChoice";
import { ADAPTERS, mappingOf, TRUSTS, type FeedEntry } from "./feed-entry";

interface FieldsProps {
  entry: FeedEntry;
  change: (part: Partial<FeedEntry>) => void;
  error: unknown;
}

/** Who speaks; what stays once the feed is made. */
export function IdentityFields({ entry, change, error, isNew }: FieldsProps & { isNew: boolean }) {
  const { t } = useTranslation("feeds");
  return (
    <>
      <TextInput label={t("form.name")} required maxLength={500} value={entry.name} error={errorAt(error, "name")} onChange={(event) => change({ name: event.currentTarget.value })} data-autofocus />
      {isNew && (
        <>
          <TextInput label={t("form.id")} description={t("form.idHint")} required value={entry.id} error={errorAt(error, "id")} onChange={(event) => change({ id: event.currentTarget.value })} />
          <TextInput label={t("form.organization")} description={t("form.organizationHint")} required value={entry.organization} error={errorAt(error, "organization")} onChange={(event) => change({ organization: event.currentTarget.value })} />
        </>
      )}
    </>
  );
}

/** How what it sends is read, how far it is trusted, and when it is silent. */
export function ReadingFields({ entry, change, error }: FieldsProps) {
  const { t } = useTranslation("feeds");
  const { word } = useWords();
  return (
    <>
      <Choice label={t("columns.adapter")} known={ADAPTERS} value={entry.adapter} word={(code) => word("adapter", code)} onChange={(adapter) => adapter && change({ adapter })} />
      {entry.adapter === "native" && (
        <Textarea
          label={t("form.mapping")}
          description={t("form.mappingHint")}
          value={entry.mapping}
          error={mappingOf(entry) === undefined ? t("form.noObject") : errorAt(error, "mapping")}
          onChange={(event) => change({ mapping: event.currentTarget.value })}
          autosize
          minRows={2}
          maxRows={12}
        />
      )}
      <Choice label={t("form.country")} known={COUNTRIES} value={entry.country} word={(code) => word("country", code)} onChange={(country) => country && change({ country })} />
      <Choice label={t("columns.trust")} known={TRUSTS} value={entry.trust} word={(code) => word("trust", code)} onChange={(trust) => trust && change({ trust })} />
      <Checkbox label={t("form.leadsOnly")} checked={entry.leadsOnly} onChange={(event) => change({ leadsOnly: event.currentTarget.checked })} />
      <NumberInput label={t("form.interval")} description={t("form.intervalHint")} required min={5} allowDecimal={false} value={entry.interval} error={errorAt(error, "expected_interval_minutes")} onChange={(interval) => change({ interval })} />
    </>
  );
}

/** Where it is fetched; empty for a feed that is delivered. */
export function FetchFields({ entry, change, error }: FieldsProps) {
  const { t } = useTranslation("feeds");
  return (
    <>
      <TextInput label={t("form.url")} description={t("form.urlHint")} type="url" value={entry.url} error={errorAt(error, "url")} onChange={(event) => change({ url: event.currentTarget.value })} />
      {entry.url.trim() !== "" && (
        <>
          <NumberInput label={t("form.every")} min={1} allowDecimal={false} value={entry.every} error={errorAt(error, "pull_every_minutes")} onChange={(every) => change({ every })} />
          <TextInput label={t("form.credentials")} description={t("form.credentialsHint")} value={entry.credentials} error={errorAt(error, "credentials")} onChange={(event) => change({ credentials: event.currentTarget.value })} />
        </>
      )}
    </>
  );
}

/** What its rows are marked with unless they say otherwise. */
export function LabelFields({ entry, change }: FieldsProps) {
  const { t } = useTranslation("feeds");
  const { word } = useWords();
  return (
    <>
      <Choice label={t("form.sensitivity")} known={SENSITIVITIES} value={entry.sensitivity} word={(code) => word("sensitivity", code)} onChange={(sensitivity) => sensitivity && change({ sensitivity })} />
      <Choice label="TLP" known={TLPS} value={entry.tlp} word={(code) => code} onChange={(tlp) => tlp && change({ tlp })} />
      <ManyChoice label={t("form.releasable")} known={ADDRESSEES} chosen={entry.releasable} word={(code) => word("organization", code)} onChange={(releasable) => change({ releasable })} />
    </>
  );
}
