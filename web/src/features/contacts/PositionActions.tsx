import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Contact, Position } from "../../api/types";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { usePermission } from "../session/session";
import { PositionDialog } from "./PositionDialog";
import { useVoidPosition } from "./queries";

/** A position is known better now, ended, or was recorded by mistake; what was known before can still be asked for (R3). */
export function PositionActions({ contact, position }: { contact: Contact; position: Position }) {
  const { t } = useTranslation("contacts");
  const may = usePermission();
  const [open, setOpen] = useState<"correct" | "void" | undefined>(undefined);
  const close = () => setOpen(undefined);
  return (
    <Group gap="xs">
      {may("correctPosition") && (
        <Button size="compact-sm" variant="default" onClick={() => setOpen("correct")}>
          {t("position.correct")}
        </Button>
      )}
      {may("voidPosition") && (
        <Button size="compact-sm" variant="default" onClick={() => setOpen("void")}>
          {t("position.void")}
        </Button>
      )}
      {open === "correct" && <PositionDialog contact={contact} position={position} onClose={close} />}
      {open === "void" && <VoidDialog contact={contact} position={position} onClose={close} />}
    </Group>
  );
}

function VoidDialog({ contact, position, onClose }: { contact: Contact; position: Position; onClose: () => void }) {
  const { t } = useTranslation("contacts");
  const voided = useVoidPosition(contact.id, position.id);
  return (
    <ConfirmDialog title={t("position.voidTitle", { title: position.title })} confirm={t("position.void")} isDangerous isPending={voided.isPending} error={voided.error} onConfirm={() => voided.mutate(undefined, { onSuccess: onClose })} onClose={onClose}>
      <p>{t("position.voidDetail")}</p>
    </ConfirmDialog>
  );
}
