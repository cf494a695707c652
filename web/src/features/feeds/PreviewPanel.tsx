import { Button, FileButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Preview } from "../../api/types";
import { Panel } from "../../parts/Panel";
import { ProblemNotice } from "../../parts/ProblemNotice";
import { ScrollFrame } from "../../parts/ScrollFrame";
import { StateWord } from "../../parts/StateWord";
import styles from "../../parts/Table.module.css";
import { usePreview } from "./queries";

/** How a file would be read; nothing is stored. */
export function PreviewPanel({ feed }: { feed: string }) {
  const { t } = useTranslation("feeds");
  const preview = usePreview(feed);
  const choose = (
    <FileButton onChange={(file) => file && preview.mutate(file)}>
      {(props) => (
        <Button {...props} size="compact-sm" variant="default" loading={preview.isPending}>
          {t("preview.choose")}
        </Button>
      )}
    </FileButton>
  );
  return (
    <Panel id="preview" title={t("preview.title")} aside={choose}>
      <p className="soft">{t("preview.lead")}</p>
      {preview.error && <ProblemNotice error={preview.error} />}
      {preview.data && <PreviewTable of={preview.data} />}
    </Panel>
  );
}

function PreviewTable({ of }: { of: Preview }) {
  const { t } = useTranslation("feeds");
  return (
    <ScrollFrame className={styles.scroll} label={t("preview.title")}>
      <table className={styles.table}>
        <caption className="visually-hidden">{t("preview.title")}</caption>
        <thead>
          <tr>
            {(["row", "verdict", "native"] as const).map((column) => (
              <th key={column} scope="col">
                {t(`preview.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {of.rows.map((each) => (
            <tr key={each.row}>
              <th scope="row">{each.line === null ? each.row : t("rejections.line", { line: each.line })}</th>
              <td>
                {each.reason === null ? <StateWord tone="good">{t("preview.kept")}</StateWord> : <StateWord tone="bad">{t("preview.refused")}</StateWord>}
                {each.reason !== null && (
                  <div>
                    <span className="reference">{each.field ?? each.pointer}</span> {each.reason}
                  </div>
                )}
              </td>
              <td>
                <code className="soft">{each.native === null ? "" : JSON.stringify(each.native)}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {of.more && <p className="soft">{t("preview.more")}</p>}
    </ScrollFrame>
  );
}
