import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { Freshness } from "../../api/types";
import { COUNTRIES, THEMES } from "../../domain/vocabulary";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import matrix from "../../parts/Matrix.module.css";
import { ScrollFrame } from "../../parts/ScrollFrame";

const SYMBOLS: Record<string, string> = { fresh: "●", due: "◐", overdue: "▲", never: "–" };
const STATES = ["fresh", "due", "overdue", "never"] as const;

/** Known codes in the domain's order, then whatever else the data brings. */
function ordered(codes: string[], known: readonly string[]): string[] {
  const present = new Set(codes);
  const first = known.filter((code) => present.delete(code));
  return [...first, ...[...present].sort()];
}

/** How old the evidence is on which the last issued report about each place and theme rests. */
export function FreshnessBoard({ cells }: { cells: Freshness[] }) {
  const { t } = useTranslation("freshness");
  const { place: placeName, word } = useWords();
  const places = ordered(cells.map((cell) => cell.place), COUNTRIES);
  const themes = ordered(cells.map((cell) => cell.theme), THEMES);
  const byKey = new Map(cells.map((cell) => [`${cell.place} ${cell.theme}`, cell]));
  return (
    <ScrollFrame className={matrix.scroll} label={t("board")}>
      <table className={matrix.table}>
        <caption className="visually-hidden">{t("board")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("place")}</th>
            {themes.map((theme) => (
              <th key={theme} scope="col">
                {word("theme", theme)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {places.map((place) => (
            <tr key={place}>
              <th scope="row">{placeName(place)}</th>
              {themes.map((theme) => (
                <Cell key={theme} cell={byKey.get(`${place} ${theme}`)} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollFrame>
  );
}

function Cell({ cell }: { cell: Freshness | undefined }) {
  const { t } = useTranslation("freshness");
  const { word } = useWords();
  const { day } = useTimes();
  if (!cell) return <td />;
  return (
    <td data-state={cell.state}>
      <div className={matrix.cell} title={cell.evidence_at ? t("evidenceAt", { day: day(cell.evidence_at) }) : undefined}>
        <strong>
          <span aria-hidden="true">{SYMBOLS[cell.state]}</span> {word("freshnessState", cell.state)}
        </strong>
        {cell.age_days !== null && <span>{t("age", { count: Math.floor(cell.age_days), due: cell.due_after_days })}</span>}
        {cell.report && (
          <Link to="/reports/$id" params={{ id: cell.report.id }} className="reference">
            {cell.report.reference}
          </Link>
        )}
      </div>
    </td>
  );
}

export function FreshnessLegend() {
  const { t } = useTranslation("freshness");
  const { word } = useWords();
  return (
    <ul className={matrix.legend} aria-label={t("legend.label")}>
      {STATES.map((state) => (
        <li key={state}>
          <span data-state={state} className={matrix.swatch} aria-hidden="true">
            {SYMBOLS[state]}
          </span>
          <strong>{word("freshnessState", state)}</strong> {t(`legend.${state}`)}
        </li>
      ))}
    </ul>
  );
}
