import { Badge, Button, Menu } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SavedSearch } from "../../../api/types";
import { ConfirmDialog } from "../../../parts/ConfirmDialog";
import { ProblemNotice } from "../../../parts/ProblemNotice";
import { usePermission } from "../../session/session";
import { useChange } from "../change";
import { CLEARED, type IncidentSearch } from "../search";
import { asSearch, isNarrowed } from "./kept";
import { KeepDialog } from "./KeepDialog";
import { useDropping, useOpening, useSearches } from "./queries";

type Asked = { keep: true } | { forget: SavedSearch };

/** The searches somebody keeps, with what they newly found; one press asks the same again. */
export function KeptSearches({ search }: { search: IncidentSearch }) {
  const { t } = useTranslation("incidents");
  const may = usePermission();
  const kept = useSearches(may("listSearches"));
  const [asked, setAsked] = useState<Asked | undefined>(undefined);
  const items = kept.data?.items ?? [];
  const unseen = items.reduce((sum, each) => sum + each.unseen, 0);
  if (!may("keepSearch")) return null;
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button size="compact-sm" variant="default">
            {t("kept.label")}
            {unseen > 0 && <Unseen count={unseen} />}
            <span aria-hidden="true">&nbsp;▾</span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {kept.error && <ProblemNotice error={kept.error} />}
          <KeptItems items={items} onForget={(forget) => setAsked({ forget })} />
          <Menu.Divider />
          <Menu.Item disabled={!isNarrowed(search)} onClick={() => setAsked({ keep: true })}>
            {t("kept.keep")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asked && "keep" in asked && <KeepDialog search={search} onClose={() => setAsked(undefined)} />}
      {asked && "forget" in asked && <ForgetDialog kept={asked.forget} onClose={() => setAsked(undefined)} />}
    </>
  );
}

function KeptItems({ items, onForget }: { items: SavedSearch[]; onForget: (kept: SavedSearch) => void }) {
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
      <Menu.Sub>
        <Menu.Sub.Target>
          <Menu.Sub.Item>{t("kept.forget")}</Menu.Sub.Item>
        </Menu.Sub.Target>
        <Menu.Sub.Dropdown>
          {items.map((each) => (
            <Menu.Item key={each.id} onClick={() => onForget(each)}>
              {each.title}
            </Menu.Item>
          ))}
        </Menu.Sub.Dropdown>
      </Menu.Sub>
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

function ForgetDialog({ kept, onClose }: { kept: SavedSearch; onClose: () => void }) {
  const { t } = useTranslation("incidents");
  const dropping = useDropping();
  return (
    <ConfirmDialog title={t("kept.forget")} confirm={t("kept.forgetIt")} isDangerous isPending={dropping.isPending} error={dropping.error} onConfirm={() => dropping.mutate(kept, { onSuccess: onClose })} onClose={onClose}>
      {t("kept.forgetAsk", { title: kept.title })}
    </ConfirmDialog>
  );
}
