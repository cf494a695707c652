import { useTranslation } from "react-i18next";
import { useWords } from "../domain/words";
import { useHighestMarking } from "./marking";
import styles from "./MarkingBanner.module.css";

/** The classification of the page, above and below it, on screen and in print. */
export function MarkingBanner({ place }: { place: "top" | "bottom" }) {
  const { t } = useTranslation("shell");
  const { word } = useWords();
  const { sensitivity, tlp } = useHighestMarking();
  return (
    <aside className={styles.banner} data-place={place} data-sensitivity={sensitivity} aria-label={t(`marking.${place}`)}>
      <strong>{word("sensitivity", sensitivity)}</strong>
      {tlp && (
        <span className={styles.tlp} data-tlp={tlp} translate="no">
          TLP:{tlp}
        </span>
      )}
    </aside>
  );
}
