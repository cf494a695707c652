import { useTranslation } from "react-i18next";
import type { Package } from "../../api/types";
import { useWords } from "../../domain/words";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { useDecidePackage } from "./queries";

export function RefuseDialog({ of, onClose }: { of: Package; onClose: () => void }) {
  const { t } = useTranslation("exchange");
  const { word } = useWords();
  const decided = useDecidePackage(of);
  return (
    <ConfirmDialog
      title={t("refuse.title", { recipient: word("organization", of.recipient) })}
      confirm={t("refuse.confirm")}
      reason={t("refuse.reason")}
      isDangerous
      isPending={decided.isPending}
      error={decided.error}
      onConfirm={(reason) => decided.mutate({ verb: "refuse", reason }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <p>
        <span className="reference">{of.item.reference}</span> <strong>{of.item.title}</strong>
      </p>
    </ConfirmDialog>
  );
}
