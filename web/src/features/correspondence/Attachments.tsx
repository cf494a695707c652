import { Button, FileButton, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { LetterDetail } from "../../api/types";
import { Empty } from "../../parts/Notice";
import { Panel } from "../../parts/Panel";
import { ProblemNotice } from "../../parts/ProblemNotice";
import { usePermission } from "../session/session";
import { useAttaching } from "./queries";

const ACCEPTED = ".pdf,.docx,.xlsx,.odt,.jpg,.jpeg,.png,.tif,.tiff,.txt";

export function Attachments({ of }: { of: LetterDetail }) {
  const { t, i18n } = useTranslation("correspondence");
  const size = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 0 });
  return (
    <Panel id="attachments" title={t("attachments.title")}>
      {of.attachments.length === 0 && <Empty>{t("attachments.none")}</Empty>}
      <ul>
        {of.attachments.map(({ id, name, size: bytes }) => (
          <li key={id}>
            <a href={`/v1/correspondence/${of.id}/attachments/${id}/content`} download={name}>
              {name}
            </a>{" "}
            <span className="soft">{t("attachments.size", { size: size.format(Math.max(1, bytes / 1000)) })}</span>
          </li>
        ))}
      </ul>
      <Attach to={of} />
    </Panel>
  );
}

function Attach({ to }: { to: LetterDetail }) {
  const { t } = useTranslation("correspondence");
  const may = usePermission();
  const attaching = useAttaching(to);
  if (!may("attachFile")) return null;
  return (
    <Stack gap="sm" align="flex-start" className="no-print">
      {attaching.error && <ProblemNotice error={attaching.error} />}
      <FileButton onChange={(file) => file && attaching.mutate(file)} accept={ACCEPTED}>
        {(props) => (
          <Button {...props} variant="default" loading={attaching.isPending}>
            {t("attachments.add")}
          </Button>
        )}
      </FileButton>
    </Stack>
  );
}
