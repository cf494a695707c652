import type { Marked } from "../domain/marking";
import { useWords } from "../domain/words";
import styles from "./LabelMark.module.css";

/** Sensitivity (in the reader's language) and TLP (never translated) of one record. */
export function LabelMark({ label }: { label: Marked }) {
  const { word } = useWords();
  return (
    <span className={styles.mark}>
      <span className={styles.sensitivity} data-sensitivity={label.sensitivity}>
        {word("sensitivity", label.sensitivity)}
      </span>
      <span className={styles.tlp} data-tlp={label.tlp} translate="no">
        TLP:{label.tlp}
      </span>
    </span>
  );
}
