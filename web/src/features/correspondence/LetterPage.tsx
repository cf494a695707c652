import { Button, Textarea } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { LetterDetail } from "../../api/types";
import { useTimes } from "../../domain/times";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { LabelMark } from "../../parts/LabelMark";
import { Outcome } from "../../parts/Outcome";
import { Page } from "../../parts/Page";
import { useMarkingOf } from "../../shell/marking";
import { PartyNames } from "../liaison/PartyNames";
import { usePermission } from "../session/session";
import { Attachments } from "./Attachments";
import { LetterState } from "./LetterState";
import { useClosing, useLetter } from "./queries";

const route = getRouteApi("/shell/correspondence/$id");

/** One letter: what it is, what it answers, who answered it, and its files. */
export function LetterPage() {
  const { t } = useTranslation("correspondence");
  const letter = useLetter(route.useParams().id);
  useMarkingOf(letter.data && [letter.data]);
  return (
    <Page title={letter.data?.subject ?? t("title")} lead={letter.data?.reference} actions={letter.data && <Close letter={letter.data} />}>
      <Outcome of={letter}>
        {(data) => (
          <article>
            <Facts of={data} />
            {data.summary && <p>{data.summary}</p>}
            <Attachments of={data} />
          </article>
        )}
      </Outcome>
    </Page>
  );
}

function Facts({ of }: { of: LetterDetail }) {
  const { t } = useTranslation("correspondence");
  const { day } = useTimes();
  return (
    <div>
      <LabelMark label={of.label} />
      <p>
        {t(`kind.${of.kind}`)}, {t(`direction.${of.direction}`)}: <PartyNames ids={[of.party]} />
        {of.their_reference && ` (${of.their_reference})`}
        <br />
        {t("dates", { dated: day(of.dated_on), handled: day(of.handled_on), language: t(`language.${of.language}`) })}
      </p>
      <LetterState of={of} />
      {of.answers && <Other id={of.answers} words={t("isReplyTo")} />}
      {of.answered_by && <Other id={of.answered_by} words={t("wasAnsweredBy")} />}
    </div>
  );
}

function Other({ id, words }: { id: string; words: string }) {
  return (
    <p>
      <Link to="/correspondence/$id" params={{ id }}>
        {words}
      </Link>
    </p>
  );
}

function Close({ letter }: { letter: LetterDetail }) {
  const { t } = useTranslation("correspondence");
  const may = usePermission();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const closing = useClosing(letter);
  if (letter.state !== "open" || !may("closeLetter")) return null;
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t("close.open")}
      </Button>
      {isOpen && (
        <ConfirmDialog title={t("close.title", { reference: letter.reference })} confirm={t("close.open")} isBlocked={reason.trim() === ""} isPending={closing.isPending} error={closing.error} onConfirm={() => closing.mutate(reason, { onSuccess: () => setOpen(false) })} onClose={() => setOpen(false)}>
          <Textarea label={t("close.reason")} required autosize minRows={2} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        </ConfirmDialog>
      )}
    </>
  );
}
