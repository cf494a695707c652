import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { LoadMore } from "../../parts/LoadMore";
import { Empty, Notice } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { Panel } from "../../parts/Panel";
import { useMarkingOf } from "../../shell/marking";
import { ConcurrenceTable } from "./ConcurrenceTable";
import { useConcurrences, useEndingSoon } from "./concurrence-queries";
import type { LiaisonSearch } from "./search";

interface ConcurrenceBoardProps {
  search: LiaisonSearch;
  onChange: (changed: Partial<LiaisonSearch>) => void;
}

/** Who may be met, on what, until when, and which Government said so; or one of the other views of the register. */
export function ConcurrenceBoard({ search, onChange }: ConcurrenceBoardProps) {
  const { t } = useTranslation("liaison");
  const concurrences = useConcurrences(search);
  const ending = useEndingSoon(search.country).data ?? new Set<string>();
  const items = concurrences.data?.pages.flatMap((page) => page.items) ?? [];
  const shown = search.concurrences ?? "given";
  const isPast = shown === "register" && (search.true_on ?? search.known_on) !== undefined;
  useMarkingOf(items);
  return (
    <Panel id="board" title={t(`shown.${shown}.title`)}>
      {shown === "given" && ending.size > 0 && (
        <Notice tone="care">
          {t("board.ending", { count: ending.size })}{" "}
          <Button size="compact-xs" variant="default" onClick={() => onChange({ concurrences: "soon" })}>
            {t("board.showEnding")}
          </Button>
        </Notice>
      )}
      <Outcome of={concurrences}>{() => (items.length === 0 ? <Empty>{t(`shown.${shown}.empty`)}</Empty> : <ConcurrenceTable concurrences={items} ending={isPast ? new Set() : ending} isPast={isPast} />)}</Outcome>
      <LoadMore of={concurrences} />
    </Panel>
  );
}
