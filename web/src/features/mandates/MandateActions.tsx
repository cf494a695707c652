import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Mandate } from "../../api/types";
import { usePermission } from "../session/session";
import { CorrectDialog } from "./CorrectDialog";
import { EndDialog } from "./EndDialog";

export function MandateActions({ mandate }: { mandate: Mandate }) {
  const { t } = useTranslation("mandates");
  const may = usePermission();
  const [open, setOpen] = useState<"correct" | "end" | undefined>(undefined);
  const close = () => setOpen(undefined);
  return (
    <Group gap="xs">
      {may("correctMandate") && (
        <Button size="compact-sm" variant="default" data-row onClick={() => setOpen("correct")}>
          {t("correct.open")}
        </Button>
      )}
      {may("endMandate") && mandate.ended_at === null && (
        <Button size="compact-sm" variant="default" onClick={() => setOpen("end")}>
          {t("end.open")}
        </Button>
      )}
      {open === "correct" && <CorrectDialog mandate={mandate} onClose={close} />}
      {open === "end" && <EndDialog mandate={mandate} onClose={close} />}
    </Group>
  );
}
