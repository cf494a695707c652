import { TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../../parts/ConfirmDialog";
import type { IncidentSearch } from "../search";
import { asFilters } from "./kept";
import { useKeeping } from "./queries";

/** Keeps the filters on the screen under a name. */
export function KeepDialog({ search, onClose }: { search: IncidentSearch; onClose: () => void }) {
  const { t } = useTranslation("incidents");
  const [title, setTitle] = useState(search.q ?? "");
  const keeping = useKeeping();
  const keep = () => keeping.mutate({ title: title.trim(), filters: asFilters(search) }, { onSuccess: onClose });
  return (
    <ConfirmDialog title={t("kept.keep")} confirm={t("kept.keepIt")} isBlocked={title.trim() === ""} isPending={keeping.isPending} error={keeping.error} onConfirm={keep} onClose={onClose}>
      <TextInput label={t("kept.title")} description={t("kept.told")} value={title} maxLength={500} required data-autofocus onChange={(event) => setTitle(event.currentTarget.value)} />
    </ConfirmDialog>
  );
}
