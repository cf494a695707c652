import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Engagement, EngagementBody } from "../../api/types";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { ProposeFields } from "./ProposeFields";
import { useProposeEngagement } from "./queries";

/** What is recorded: a talk to come, or one that happened to the Head unplanned (R1). */
export type Proposal = "propose" | "encounter";

interface ProposeDialogProps {
  as?: Proposal;
  /** The talk held before that this one follows up: its parties, themes and place are where it starts. */
  follows?: Engagement;
  onClose: () => void;
}

function blank(as: Proposal, follows: Engagement | undefined): EngagementBody {
  const { title = "", parties = [], countries = [], themes = [], time_zone = "UTC", contacts = [], delegation = [] } = follows ?? {};
  const kind = as === "encounter" ? "unplanned-encounter" : "meeting";
  return { kind, title, parties, countries, themes, starts_at: "", ends_at: "", time_zone, contacts, delegation, follows: follows?.id ?? null };
}

function isReady({ title, parties, countries, themes, starts_at, ends_at }: EngagementBody): boolean {
  return title.trim() !== "" && parties.length > 0 && countries.length > 0 && themes.length > 0 && starts_at !== "" && Date.parse(ends_at) > Date.parse(starts_at);
}

/** Proposes an engagement, or records an unplanned encounter, and leads to it. */
export function ProposeDialog({ as = "propose", follows, onClose }: ProposeDialogProps) {
  const { t } = useTranslation("liaison");
  const navigate = useNavigate();
  const [body, setBody] = useState(() => blank(as, follows));
  const propose = useProposeEngagement();
  const done = (made: Engagement) => {
    onClose();
    if (as === "encounter" || follows) void navigate({ to: "/engagements/$id", params: { id: made.id } });
  };
  return (
    <ConfirmDialog title={t(`${as}.open`)} confirm={t(`${as}.confirm`)} size="lg" isBlocked={!isReady(body)} isPending={propose.isPending} error={propose.error} onConfirm={() => propose.mutate(body, { onSuccess: done })} onClose={onClose}>
      {as === "encounter" && <p>{t("encounter.detail")}</p>}
      <ProposeFields as={as} body={body} error={propose.error} onChange={(changed) => setBody((before) => ({ ...before, ...changed }))} />
    </ConfirmDialog>
  );
}
