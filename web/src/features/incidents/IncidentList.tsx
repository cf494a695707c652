import { Button } from "@mantine/core";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Incident } from "../../api/types";
import { LoadMore } from "../../parts/LoadMore";
import { Empty } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { Retry } from "../../parts/Retry";
import { useRowKeys } from "../../parts/row-keys";
import { useSteadyOrder } from "../../parts/steady-order";
import styles from "./IncidentList.module.css";
import { IncidentRow } from "./IncidentRow";
import type { useIncidents } from "./queries";
import type { IncidentSearch } from "./search";

type Listed = Pick<ReturnType<typeof useIncidents>, "data" | "error" | "hasNextPage" | "isFetching" | "isFetchingNextPage" | "isPlaceholderData" | "fetchNextPage" | "refetch">;

interface IncidentListProps {
  of: Listed;
  items: Incident[];
  search: IncidentSearch;
  onOpen: (id: string) => void;
  onPoint: (id: string | undefined) => void;
  onWholeRegion: () => void;
}

/** The same incidents as the map, for eyes, keyboards and screen readers alike. */
export function IncidentList({ of, items, search, onOpen, onPoint, onWholeRegion }: IncidentListProps) {
  const { t } = useTranslation("incidents");
  const steady = useSteadyOrder(items);
  return (
    <div className={styles.frame}>
      <div className={styles.head}>
        <span role="status">{t("list.count", { count: items.length, more: of.hasNextPage ? "+" : "" })}</span>
        {search.bbox && (
          <Button size="compact-xs" variant="default" onClick={onWholeRegion}>
            {t("list.wholeRegion")}
          </Button>
        )}
        {steady.waiting > 0 && (
          <Button size="compact-xs" onClick={steady.show}>
            {t("list.waiting", { count: steady.waiting })}
          </Button>
        )}
        <span className={`${styles.keys} soft`}>{t("list.keys")}</span>
      </div>
      <div className={styles.scroll} aria-busy={of.isPlaceholderData} {...steady.list}>
        <Retry of={of} />
        {of.data === undefined && of.error ? null : <Outcome of={{ data: of.data, error: null }}>{() => <Rows items={steady.items} open={search.open} onOpen={onOpen} onPoint={onPoint} />}</Outcome>}
        <LoadMore of={of} />
      </div>
    </div>
  );
}

interface RowsProps extends Pick<IncidentListProps, "items" | "onOpen" | "onPoint"> {
  open: string | undefined;
}

function Rows({ items, open, onOpen, onPoint }: RowsProps) {
  const { t } = useTranslation("incidents");
  const list = useRef<HTMLOListElement>(null);
  useRowKeys(list);
  return (
    <>
      {items.length === 0 && <Empty>{t("list.empty")}</Empty>}
      <ol ref={list} className={styles.list}>
        {items.map((incident) => (
          <IncidentRow key={incident.id} incident={incident} isOpen={incident.id === open} onOpen={onOpen} onPoint={onPoint} />
        ))}
      </ol>
    </>
  );
}
