import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { useSession } from "../session/session";

const TAKE_NAMES = ["analyst", "head-of-centre"];

/** A document with the names of persons, for who may take them out: it asks why, and the reason is kept. */
export function WithNames({ path }: { path: string }) {
  const { t } = useTranslation("persons");
  const { roles } = useSession();
  const [isAsked, setAsked] = useState(false);
  if (!roles.some((role) => TAKE_NAMES.includes(role))) return null;
  const open = (reason: string) => {
    window.open(`${path}?${new URLSearchParams({ names: "shown", reason }).toString()}`, "_blank", "noopener");
    setAsked(false);
  };
  return (
    <>
      <Button size="compact-sm" variant="subtle" onClick={() => setAsked(true)}>
        {t("withNames.open")}
      </Button>
      {isAsked && (
        <ConfirmDialog title={t("withNames.title")} confirm={t("withNames.confirm")} reason={t("withNames.reason")} isPending={false} error={null} onConfirm={open} onClose={() => setAsked(false)}>
          <p>{t("withNames.lead")}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
