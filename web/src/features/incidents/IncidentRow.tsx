import type { Incident } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { LabelMark } from "../../parts/LabelMark";
import { Corroboration } from "./Corroboration";
import { Grade } from "./Grade";
import styles from "./IncidentList.module.css";
import { Where } from "./Where";

interface IncidentRowProps {
  incident: Incident;
  isOpen: boolean;
  onOpen: (id: string) => void;
  onPoint: (id: string | undefined) => void;
}

export function IncidentRow({ incident, isOpen, onOpen, onPoint }: IncidentRowProps) {
  const { words } = useWords();
  const { day } = useTimes();
  const point = () => onPoint(incident.id);
  return (
    <li className={styles.row} aria-current={isOpen}>
      <button type="button" data-row className={styles.open} onClick={() => onOpen(incident.id)} onFocus={point} onMouseEnter={point} onMouseLeave={() => onPoint(undefined)}>
        <span className={styles.when}>
          <time dateTime={incident.occurred_at}>{day(incident.occurred_at)}</time>
          <span className="reference">{incident.reference}</span>
        </span>
        <span className={styles.what}>
          <strong className={styles.title}>{incident.title}</strong>
          <span className="soft">
            <Where of={incident} /> · {words("theme", incident.themes)}
          </span>
        </span>
        <span className={styles.how}>
          <Grade reliability={incident.reliability} credibility={incident.credibility} />
          <Corroboration incident={incident} />
          <LabelMark label={incident.label} />
        </span>
      </button>
    </li>
  );
}
