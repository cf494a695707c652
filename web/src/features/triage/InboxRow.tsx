import { Checkbox } from "@mantine/core";
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { InboxItem } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { LabelMark } from "../../parts/LabelMark";
import { StateWord } from "../../parts/StateWord";
import { Corroboration } from "../incidents/Corroboration";
import { Where } from "../incidents/Where";
import { useSession } from "../session/session";
import styles from "./Inbox.module.css";

interface InboxRowProps {
  item: InboxItem;
  isOpen: boolean;
  isGone: boolean;
  isChosen: boolean;
  onOpen: (id: string) => void;
  onToggle: (id: string) => void;
}

export function InboxRow({ item, isOpen, isGone, isChosen, onOpen, onToggle }: InboxRowProps) {
  const { t } = useTranslation("triage");
  const { words } = useWords();
  const { day } = useTimes();
  const { incident } = item;
  const choose = (event: KeyboardEvent) => {
    if (event.key === "x" && !event.ctrlKey && !event.metaKey && !event.altKey) onToggle(item.id);
  };
  return (
    <li className={styles.row} aria-current={isOpen} data-gone={isGone}>
      <span className={styles.check}>
        <Checkbox size="xs" aria-label={t("inbox.choose", { title: incident.title })} checked={isChosen} disabled={isGone} onChange={() => onToggle(item.id)} />
      </span>
      <button type="button" data-row className={styles.open} onClick={() => onOpen(item.id)} onKeyDown={choose}>
        <span className={styles.score}>
          {Math.round(item.urgency.score)} <small>{t("points")}</small>
        </span>
        <span className={styles.what}>
          <strong className={styles.title}>{incident.title}</strong>
          <span className="soft">
            <time dateTime={incident.occurred_at}>{day(incident.occurred_at)}</time> · <Where of={incident} /> · {words("theme", incident.themes)}
          </span>
          <span className={styles.how}>
            {isGone && <StateWord tone="calm">{t("inbox.gone")}</StateWord>}
            <Trust item={item} />
            <Corroboration incident={incident} />
            <Holder by={item.claimed_by} />
            <LabelMark label={incident.label} />
          </span>
        </span>
      </button>
    </li>
  );
}

/** How far its least trusted feed is trusted; what waits says so. */
function Trust({ item: { trust, waiting } }: { item: InboxItem }) {
  const { t } = useTranslation("triage");
  const said = t(`trust.${trust}`);
  return waiting > 0 ? <StateWord tone="care">{`${said}, ${t("waits")}`}</StateWord> : <StateWord tone="calm">{said}</StateWord>;
}

/** Who works on it. */
export function Holder({ by }: { by: string | null }) {
  const { t } = useTranslation("triage");
  const { client_id } = useSession();
  if (by === null) return null;
  return <StateWord tone="accent">{by === client_id ? t("claim.mine") : t("claim.by", { who: by })}</StateWord>;
}
