import { Button, Menu } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../../parts/ProblemNotice";
import { usePermission } from "../../session/session";
import type { IncidentSearch } from "../search";
import { exportFile, type Format, FORMATS } from "./export";

/** What fits, as a file. */
export function ExportMenu({ search }: { search: IncidentSearch }) {
  const { t, i18n } = useTranslation("incidents");
  const may = usePermission();
  const save = useMutation({ mutationFn: (format: Format) => exportFile(search, format, i18n.language) });
  if (!may("exportIncidents")) return null;
  return (
    <>
      <Menu position="bottom-end" withinPortal withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button size="compact-sm" variant="default" loading={save.isPending}>
            {t("export.label")} <span aria-hidden="true">&nbsp;▾</span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {FORMATS.map((format) => (
            <Menu.Item key={format} onClick={() => save.mutate(format)}>
              {t(`export.${format}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {save.error && <ProblemNotice error={save.error} />}
    </>
  );
}
