import { Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "./ProblemNotice";
import { useReturnedFocus } from "./returned-focus";

interface ConfirmDialogProps {
  title: string;
  children: ReactNode;
  confirm: string;
  /** When given, a reason must be written before confirming; this is its field's name. */
  reason?: string | undefined;
  isDangerous?: boolean;
  isBlocked?: boolean;
  isPending: boolean;
  error: unknown;
  size?: string;
  onConfirm: (reason: string) => void;
  onClose: () => void;
}

/** Asks once more before a step that others will see. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t } = useTranslation("shell");
  useReturnedFocus();
  const [reason, setReason] = useState("");
  const isUnready = (props.reason !== undefined && reason.trim() === "") || (props.isBlocked ?? false);
  return (
    <Modal opened onClose={props.onClose} title={props.title} centered size={props.size ?? "md"} closeButtonProps={{ "aria-label": t("close") }}>
      <Stack gap="md">
        <div>{props.children}</div>
        {props.reason !== undefined && (
          <Textarea label={props.reason} value={reason} onChange={(event) => setReason(event.currentTarget.value)} autosize minRows={3} required data-autofocus />
        )}
        {props.error !== null && props.error !== undefined && <ProblemNotice error={props.error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            {t("cancel")}
          </Button>
          <Button color={props.isDangerous ? "bad" : "un"} loading={props.isPending} disabled={isUnready} onClick={() => props.onConfirm(reason.trim())}>
            {props.confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
