import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { usePermission } from "../session/session";
import { useCollectedEvidence } from "./collected-evidence";

/** What was collected so far, and the way into a report that cites it. */
export function CollectedEvidence() {
  const { t } = useTranslation("incidents");
  const { items, clear } = useCollectedEvidence();
  const may = usePermission();
  const navigate = useNavigate();
  if (items.length === 0) return null;
  return (
    <>
      <span role="status" className="soft">
        {t("evidence.count", { count: items.length })}
      </span>
      <Button size="compact-sm" variant="subtle" onClick={clear}>
        {t("evidence.clear")}
      </Button>
      {may("draftReport") && (
        <Button size="compact-sm" onClick={() => void navigate({ to: "/reports/new" })}>
          {t("evidence.write")}
        </Button>
      )}
    </>
  );
}
