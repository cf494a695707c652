import { Button } from "@mantine/core";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { InboxItem } from "../../api/types";
import { LoadMore } from "../../parts/LoadMore";
import { Empty, Notice } from "../../parts/Notice";
import { Outcome } from "../../parts/Outcome";
import { useRowKeys } from "../../parts/row-keys";
import { useSteadyOrder } from "../../parts/steady-order";
import styles from "./Inbox.module.css";
import { InboxRow } from "./InboxRow";
import type { useInbox } from "./queries";
import { SeveralBar } from "./SeveralBar";

interface InboxProps {
  of: ReturnType<typeof useInbox>;
  items: InboxItem[];
  open: string | undefined;
  onOpen: (id: string) => void;
}

/** The inbox: walked with j and k, opened with Enter, chosen with x; what changes elsewhere moves nothing under the focus. */
export function Inbox({ of, items, open, onOpen }: InboxProps) {
  const { t } = useTranslation("triage");
  const list = useRef<HTMLOListElement>(null);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const steady = useSteadyOrder(items, true);
  useRowKeys(list);
  const there = chosen.filter((id) => items.some((item) => item.id === id));
  const toggle = (id: string) => setChosen(there.includes(id) ? there.filter((each) => each !== id) : [...there, id]);
  const isComplete = of.data?.pages.every((page) => page.complete) ?? true;
  return (
    <div className={styles.frame} {...steady.list}>
      <div className={styles.head}>
        <span role="status">{t("inbox.count", { count: items.length, more: of.hasNextPage ? "+" : "" })}</span>
        {steady.waiting > 0 && (
          <Button size="compact-xs" onClick={steady.show}>
            {t("inbox.waiting", { count: steady.waiting })}
          </Button>
        )}
        <span className={`${styles.keys} soft`}>{t("inbox.keys")}</span>
      </div>
      <SeveralBar chosen={there} onDone={() => setChosen([])} />
      {!isComplete && <Notice tone="care">{t("inbox.incomplete")}</Notice>}
      <Outcome of={of}>
        {() => (
          <>
            {items.length === 0 && <Empty>{t("inbox.empty")}</Empty>}
            <ol ref={list} className={styles.list}>
              {steady.items.map((item) => (
                <InboxRow key={item.id} item={item} isOpen={item.id === open} isGone={steady.isGone(item)} isChosen={there.includes(item.id)} onOpen={onOpen} onToggle={toggle} />
              ))}
            </ol>
            <LoadMore of={of} />
          </>
        )}
      </Outcome>
    </div>
  );
}
