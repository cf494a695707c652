import { useTranslation } from "react-i18next";
import type { Package } from "../../api/types";
import { useWords } from "../../domain/words";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { Outcome } from "../../parts/Outcome";
import { useSession } from "../session/session";
import { DecisionDetail } from "./DecisionDetail";
import { HarmCheck } from "./HarmCheck";
import { useDecidePackage, useReleaseDecision } from "./queries";

/** Names the recipient, the Governments it reaches and what it would get, section by section, before anything is sent. */
export function ReleaseDialog({ of, onClose }: { of: Package; onClose: () => void }) {
  const { t } = useTranslation("exchange");
  const { word } = useWords();
  const decision = useReleaseDecision(`${of.item.type}:${of.item.id}`, of.recipient);
  const decided = useDecidePackage(of);
  const isHead = useSession().roles.includes("head-of-centre");
  const check = decision.data?.check;
  const isUnchecked = check?.needed === true && check.outcome === null;
  const recipient = word("organization", of.recipient);
  return (
    <ConfirmDialog
      title={t("release.title", { recipient })}
      confirm={t("release.confirm", { recipient })}
      size="lg"
      isBlocked={decision.data === undefined || decision.isFetching || decision.data.decision === "refuse" || (decision.data.needs_head && !isHead) || isUnchecked}
      isPending={decided.isPending}
      error={decided.error}
      onConfirm={() => decided.mutate({ verb: "release", reason: "" }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        <span className="reference">{of.item.reference}</span> <strong>{of.item.title}</strong>
      </p>
      <Outcome of={decision}>
        {(data) => (
          <>
            <DecisionDetail decision={data} recipient={recipient} />
            {data.check && <HarmCheck of={of} check={data.check} />}
          </>
        )}
      </Outcome>
    </ConfirmDialog>
  );
}
