import { useTranslation } from "react-i18next";
import type { Problem } from "../../api/problem";
import { useWords } from "../../domain/words";
import { ProblemNotice } from "../../parts/ProblemNotice";
import notice from "../../parts/Notice.module.css";
import table from "../../parts/Table.module.css";

interface Gap {
  country: string;
  party: string;
  party_name?: string;
  themes: string[];
}

function gapsOf(problem: Problem): Gap[] {
  const { missing } = problem.body;
  return Array.isArray(missing) ? (missing as Gap[]) : [];
}

/** Why the meeting may not be scheduled: which Government has not agreed to which party on which themes. */
export function MissingConcurrence({ problem }: { problem: Problem }) {
  const { t } = useTranslation("liaison");
  const { word, words } = useWords();
  const gaps = gapsOf(problem);
  if (gaps.length === 0) return <ProblemNotice error={problem} />;
  return (
    <div role="alert" className={notice.notice} data-tone="bad">
      <strong>
        <span aria-hidden="true">▲</span> {t("missing.title")}
      </strong>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t("missing.government")}</th>
            <th scope="col">{t("missing.party")}</th>
            <th scope="col">{t("missing.themes")}</th>
          </tr>
        </thead>
        <tbody>
          {gaps.map((gap) => (
            <tr key={`${gap.country}${gap.party}`}>
              <th scope="row">{word("country", gap.country)}</th>
              <td>{gap.party_name ?? gap.party}</td>
              <td>{words("theme", gap.themes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{t("missing.next")}</p>
    </div>
  );
}
