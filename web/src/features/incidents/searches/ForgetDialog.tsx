import { Radio, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SavedSearch } from "../../../api/types";
import { ConfirmDialog } from "../../../parts/ConfirmDialog";
import { useDropping } from "./queries";

/** Forgets one of the kept searches, and what it found. */
export function ForgetDialog({ items, onClose }: { items: SavedSearch[]; onClose: () => void }) {
  const { t } = useTranslation("incidents");
  const [chosen, setChosen] = useState("");
  const dropping = useDropping();
  const kept = items.find(({ id }) => id === chosen);
  const forget = () => kept && dropping.mutate(kept, { onSuccess: onClose });
  return (
    <ConfirmDialog title={t("kept.forget")} confirm={t("kept.forgetIt")} isDangerous isBlocked={!kept} isPending={dropping.isPending} error={dropping.error} onConfirm={forget} onClose={onClose}>
      <Radio.Group label={t("kept.forgetAsk")} value={chosen} onChange={setChosen}>
        <Stack gap="xs" mt="xs">
          {items.map((each) => (
            <Radio key={each.id} value={each.id} label={each.title} />
          ))}
        </Stack>
      </Radio.Group>
    </ConfirmDialog>
  );
}
