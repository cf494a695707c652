import { FileInput, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ImportResult } from "../../api/types";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { Notice } from "../../parts/Notice";
import { ScrollFrame } from "../../parts/ScrollFrame";
import table from "../../parts/Table.module.css";
import { useImportContacts } from "./queries";

/** Takes a file of contacts, and says of every row what became of it. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("contacts");
  const [file, setFile] = useState<File | null>(null);
  const [purpose, setPurpose] = useState("");
  const taken = useImportContacts();
  const send = () => {
    if (taken.data) onClose();
    else if (file) taken.mutate({ file, purpose });
  };
  return (
    <ConfirmDialog title={t("import.open")} confirm={taken.data ? t("import.done") : t("import.confirm")} size="lg" isBlocked={file === null} isPending={taken.isPending} error={taken.error} onConfirm={send} onClose={onClose}>
      {taken.data ? (
        <Results result={taken.data} />
      ) : (
        <Stack gap="sm">
          <FileInput label={t("import.file")} description={t("import.fileHint")} accept=".csv,.vcf,.vcard,text/csv,text/vcard" value={file} onChange={setFile} placeholder={t("import.choose")} required />
          <Textarea label={t("import.purpose")} description={t("import.purposeHint")} value={purpose} onChange={(event) => setPurpose(event.currentTarget.value)} autosize minRows={2} maxLength={2000} />
        </Stack>
      )}
    </ConfirmDialog>
  );
}

function Results({ result }: { result: ImportResult }) {
  const { t } = useTranslation("contacts");
  const refused = result.rows.filter((row) => row.state === "refused");
  return (
    <Stack gap="sm">
      <Notice tone={refused.length > 0 ? "care" : "good"}>{t("import.counts", { entered: result.entered, refused: result.refused })}</Notice>
      {refused.length > 0 && (
        <ScrollFrame className={table.scroll} label={t("import.refused")}>
          <table className={table.table}>
            <caption className="visually-hidden">{t("import.refused")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("import.row")}</th>
                <th scope="col">{t("import.why")}</th>
              </tr>
            </thead>
            <tbody>
              {refused.map((row) => (
                <tr key={row.row}>
                  <th scope="row">{row.row}</th>
                  <td>{(row.reasons ?? []).join("; ")}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollFrame>
      )}
    </Stack>
  );
}
