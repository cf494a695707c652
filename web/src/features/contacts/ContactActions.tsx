import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Contact } from "../../api/types";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { usePermission } from "../session/session";
import { ContactPicker } from "./ContactPicker";
import { EditDialog } from "./EditDialog";
import { useContactStep, type ContactVerb } from "./queries";

const FROM: Record<ContactVerb, { states: readonly Contact["state"][]; operation: "reviewContact" | "mergeContact" | "unmergeContact" | "eraseContact" }> = {
  review: { states: ["active", "restricted"], operation: "reviewContact" },
  merge: { states: ["active"], operation: "mergeContact" },
  unmerge: { states: ["merged"], operation: "unmergeContact" },
  erase: { states: ["active", "restricted"], operation: "eraseContact" },
};
const VERBS = ["review", "merge", "unmerge", "erase"] as const;

export function ContactActions({ contact }: { contact: Contact }) {
  const { t } = useTranslation("contacts");
  const may = usePermission();
  const [open, setOpen] = useState<ContactVerb | "edit" | undefined>(undefined);
  const verbs = VERBS.filter((verb) => FROM[verb].states.includes(contact.state) && may(FROM[verb].operation));
  return (
    <>
      {may("exportContact") && (
        <a className="button" data-plain href={`/v1/contacts/${contact.id}/export`} download={`contact-${contact.id}.json`}>
          {t("step.export")}
        </a>
      )}
      {contact.state === "active" && may("editContact") && (
        <Button variant="default" onClick={() => setOpen("edit")}>
          {t("edit.open")}
        </Button>
      )}
      {verbs.map((verb) => (
        <Button key={verb} variant={verb === "review" ? "filled" : "default"} onClick={() => setOpen(verb)}>
          {t(`step.${verb}.button`)}
        </Button>
      ))}
      {open === "edit" && <EditDialog contact={contact} onClose={() => setOpen(undefined)} />}
      {open && open !== "edit" && <StepDialog verb={open} contact={contact} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function StepDialog({ verb, contact, onClose }: { verb: ContactVerb; contact: Contact; onClose: () => void }) {
  const { t } = useTranslation("contacts");
  const navigate = useNavigate();
  const [into, setInto] = useState<string | null>(null);
  const taken = useContactStep(contact);
  const done = (shown: Contact) => {
    onClose();
    if (shown.id !== contact.id) void navigate({ to: "/contacts/$id", params: { id: shown.id } });
  };
  return (
    <ConfirmDialog
      title={t(`step.${verb}.title`, { name: contact.latin_name })}
      confirm={t(`step.${verb}.button`)}
      reason={verb === "erase" ? t("step.reason") : undefined}
      isDangerous={verb === "erase"}
      isBlocked={verb === "merge" && into === null}
      isPending={taken.isPending}
      error={taken.error}
      onConfirm={(reason) => taken.mutate({ verb, said: verb === "merge" ? (into ?? "") : reason }, { onSuccess: done })}
      onClose={onClose}
    >
      <p>{t(`step.${verb}.detail`)}</p>
      {verb === "merge" && <ContactPicker label={t("step.merge.into")} except={contact.id} chosen={into} onChange={setInto} />}
    </ConfirmDialog>
  );
}
