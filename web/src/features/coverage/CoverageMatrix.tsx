import { useTranslation } from "react-i18next";
import type { Coverage, CoverageCell } from "../../api/types";
import { useWords } from "../../domain/words";
import matrix from "../../parts/Matrix.module.css";
import { ScrollFrame } from "../../parts/ScrollFrame";

const SYMBOLS: Record<string, string> = { covered: "●", gap: "○", overlap: "◆", none: "·" };
const STATES = ["covered", "overlap", "gap", "none"] as const;

interface CoverageMatrixProps {
  coverage: Coverage;
  chosen: { place?: string | undefined; theme?: string | undefined };
  onChoose: (cell: CoverageCell) => void;
}

/** Who does what where: places down, themes across. */
export function CoverageMatrix({ coverage, chosen, onChoose }: CoverageMatrixProps) {
  const { t } = useTranslation("coverage");
  const { place: placeName, word } = useWords();
  const cells = new Map(coverage.cells.map((cell) => [`${cell.place} ${cell.theme}`, cell]));
  return (
    <ScrollFrame className={matrix.scroll} label={t("matrix.label")}>
      <table className={matrix.table}>
        <caption className="visually-hidden">{t("matrix.label")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("matrix.place")}</th>
            {coverage.themes.map((theme) => (
              <th key={theme} scope="col">
                {word("theme", theme)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {coverage.places.map((place) => (
            <tr key={place}>
              <th scope="row">{placeName(place)}</th>
              {coverage.themes.map((theme) => (
                <Cell key={theme} cell={cells.get(`${place} ${theme}`)} isChosen={chosen.place === place && chosen.theme === theme} onChoose={onChoose} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function Cell({ cell, isChosen, onChoose }: { cell: CoverageCell | undefined; isChosen: boolean; onChoose: (cell: CoverageCell) => void }) {
  const { t } = useTranslation("coverage");
  const { word } = useWords();
  if (!cell || cell.state === "none") {
    return (
      <td data-state="none">
        <span aria-hidden="true">·</span>
        <span className="visually-hidden">{word("coverageState", "none")}</span>
      </td>
    );
  }
  return (
    <td data-state={cell.state} aria-current={isChosen}>
      <button type="button" className={matrix.cell} aria-pressed={isChosen} onClick={() => onChoose(cell)}>
        <strong>
          <span aria-hidden="true">{SYMBOLS[cell.state]}</span> {word("coverageState", cell.state)}
        </strong>
        <span>{t("cell.counts", { organizations: cell.organizations.length, activities: cell.activities })}</span>
      </button>
    </td>
  );
}

export function CoverageLegend() {
  const { t } = useTranslation("coverage");
  const { word } = useWords();
  return (
    <ul className={matrix.legend} aria-label={t("legend.label")}>
      {STATES.map((state) => (
        <li key={state}>
          <span data-state={state} className={matrix.swatch} aria-hidden="true">
            {SYMBOLS[state]}
          </span>
          <strong>{word("coverageState", state)}</strong> {t(`legend.${state}`)}
        </li>
      ))}
    </ul>
  );
}
