import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Handover } from "../../api/types";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { Outcome } from "../../parts/Outcome";
import { Panel } from "../../parts/Panel";
import { StateWord } from "../../parts/StateWord";
import { usePermission } from "../session/session";
import { useReceipt, useSignReceipt } from "./queries";

/** The receipt both offices sign; saved as a file, it is countersigned and verified offline. */
export function Receipt({ of }: { of: Handover }) {
  const { t } = useTranslation("handover");
  const may = usePermission();
  const [isOpen, setOpen] = useState(false);
  const receipt = useReceipt(of);
  return (
    <Panel id="receipt" title={t("receipt.title")}>
      <Outcome of={receipt}>
        {(data) => (
          <Stack gap="xs" align="flex-start">
            <p>
              {t("receipt.digest")} <span className="digest">{data.digest}</span>
            </p>
            <Signature is={of.signed} by="receiver" />
            <Signature is={of.countersigned} by="giver" />
            <Group className="no-print">
              {!of.signed && may("signHandover") && <Button onClick={() => setOpen(true)}>{t("receipt.sign")}</Button>}
              <Button variant="default" component="a" href={`data:application/json,${encodeURIComponent(JSON.stringify(data))}`} download={`receipt-${of.office}.json`}>
                {t("receipt.save")}
              </Button>
            </Group>
          </Stack>
        )}
      </Outcome>
      {isOpen && <SignDialog of={of} onClose={() => setOpen(false)} />}
    </Panel>
  );
}

function Signature({ is, by }: { is: boolean; by: "giver" | "receiver" }) {
  const { t } = useTranslation("handover");
  return <StateWord tone={is ? "good" : "care"}>{t(`receipt.${by}.${is ? "signed" : "open"}`)}</StateWord>;
}

function SignDialog({ of, onClose }: { of: Handover; onClose: () => void }) {
  const { t } = useTranslation("handover");
  const [name, setName] = useState("");
  const [custodian, setCustodian] = useState(of.custodian ?? "");
  const signed = useSignReceipt(of);
  const send = () => signed.mutate({ name: name.trim(), custodian: custodian.trim() || null }, { onSuccess: onClose });
  return (
    <ConfirmDialog title={t("receipt.sign")} confirm={t("receipt.sign")} isBlocked={name.trim() === ""} isPending={signed.isPending} error={signed.error} onConfirm={send} onClose={onClose}>
      <Stack gap="sm">
        <p>{t("receipt.detail")}</p>
        <TextInput label={t("receipt.name")} required maxLength={500} value={name} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
        <TextInput label={t("receipt.custodian")} description={t("receipt.custodianHint")} maxLength={500} value={custodian} onChange={(event) => setCustodian(event.currentTarget.value)} />
      </Stack>
    </ConfirmDialog>
  );
}
