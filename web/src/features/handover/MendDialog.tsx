import { Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Handover, Quarantined } from "../../api/types";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { useMend } from "./queries";

interface MendDialogProps {
  of: Handover;
  record: Quarantined;
  onClose: () => void;
}

/** The object that was written, or nothing while it is not one. */
function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** The record as it should have been. */
export function MendDialog({ of, record, onClose }: MendDialogProps) {
  const { t } = useTranslation("handover");
  const [text, setText] = useState(() => (record.payload ? JSON.stringify(record.payload, null, 2) : (record.raw ?? "")));
  const mended = useMend(of, record.id);
  const content = objectIn(text);
  return (
    <ConfirmDialog
      title={t("mend.title")}
      confirm={t("mend.confirm")}
      size="lg"
      isBlocked={content === undefined}
      isPending={mended.isPending}
      error={mended.error}
      onConfirm={() => content && mended.mutate(content, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        <span className="reference">{record.pointer}</span> {record.reason}
      </p>
      <Textarea
        label={t("mend.record")}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={content === undefined && t("mend.noObject")}
        autosize
        minRows={8}
        maxRows={20}
        styles={{ input: { fontFamily: "monospace" } }}
      />
    </ConfirmDialog>
  );
}
