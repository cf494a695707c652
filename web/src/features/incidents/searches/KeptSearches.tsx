import { Badge, Button, Menu } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SavedSearch } from "../../../api/types";
import { ProblemNotice } from "../../../parts/ProblemNotice";
import { usePermission } from "../../session/session";
import { useChange } from "../change";
import { CLEARED, type IncidentSearch } from "../search";
import { asSearch, isNarrowed } from "./kept";
import { ForgetDialog } from "./ForgetDialog";
import { KeepDialog } from "./KeepDialog";
import { useOpening, useSearches } from "./queries";

/** The searches somebody keeps, with what they newly found; one press asks the same again. */
export function KeptSearches({ search }: { search: IncidentSearch }) {
  const { t } = useTranslation("incidents");
  const may = usePermission();
  const kept = useSearches(may("listSearches"));
  const [asked, setAsked] = useState<"keep" | "forget" | undefined>(undefined);
  const items = kept.data?.items ?? [];
  const unseen = items.reduce((sum, each) => sum + each.unseen, 0);
  if (!may("keepSearch")) return null;
  return (
    <>
      <Menu position="bottom-end" withinPortal withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button size="compact-sm" variant="default">
            {t("kept.label")}
            {unseen > 0 && <Unseen count={unseen} />}
            <span aria-hidden="true">&nbsp;▾</span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {kept.error && <ProblemNotice error={kept.error} />}
          <KeptItems items={items} onForget={() => setAsked("forget")} />
          <Menu.Item disabled={!isNarrowed(search)} onClick={() => setAsked("keep")}>
            {t("kept.keep")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asked === "keep" && <KeepDialog search={search} onClose={() => setAsked(undefined)} />}
      {asked === "forget" && <ForgetDialog items={items} onClose={() => setAsked(undefined)} />}
    </>
  );
}

function KeptItems({ items, onForget }: { items: SavedSearch[]; onForget: () => void }) {
  const { t } = useTranslation("incidents");
  const change = useChange();
  const opening = useOpening();
  if (items.length === 0) return <Menu.Label>{t("kept.none")}</Menu.Label>;
  const open = (kept: SavedSearch) => {
    opening.mutate(kept.id);
    change({ ...CLEARED, ...asSearch(kept.filters) });
  };
  return (
    <>
      {items.map((each) => (
        <Menu.Item key={each.id} onClick={() => open(each)} rightSection={each.unseen > 0 && <Unseen count={each.unseen} />}>
          {each.title}
          {each.state === "paused" && ` (${t("kept.paused")})`}
        </Menu.Item>
      ))}
      <Menu.Item onClick={onForget}>{t("kept.forget")}</Menu.Item>
    </>
  );
}

function Unseen({ count }: { count: number }) {
  const { t } = useTranslation("incidents");
  return (
    <Badge size="sm" ml={6}>
      <span aria-hidden="true">{count}</span>
      <span className="visually-hidden">{t("kept.unseen", { count })}</span>
    </Badge>
  );
}
