import { useTranslation } from "react-i18next";
import { asProblem, type Problem } from "../api/problem";
import styles from "./Notice.module.css";

const KNOWN = ["unreachable", "own-text", "evidence-missing", "concurrence-missing", "not-found", "stale", "wrong-state", "same-person", "label-lowered", "unknown-evidence", "content-changed", "in-the-past", "stale-copy", "possible-duplicate", "too-many-rows", "unreadable", "package-refused", "package-unsafe", "series-not-seen", "still-flawed", "claimed", "discarded"] as const;

function useHeadline(problem: Problem): string {
  const { t } = useTranslation("shell");
  const known = KNOWN.find((slug) => slug === problem.slug);
  if (known) return t(`problem.${known}`);
  if (problem.status === 404) return t("problem.not-found");
  if (problem.status === 403) return t("problem.forbidden");
  if (problem.status === 422) return t("problem.validation");
  if (problem.status === 429) return t("problem.rate-limited");
  if (problem.status >= 500) return t("problem.broken");
  return problem.body.title ?? t("problem.refused");
}

/** A refusal or failure in plain words: what happened, what can be done, and the number to quote. */
export function ProblemNotice({ error }: { error: unknown }) {
  const { t } = useTranslation("shell");
  const problem = asProblem(error);
  const headline = useHeadline(problem);
  return (
    <div className={styles.notice} data-tone="bad" role="alert">
      <strong>
        <span aria-hidden="true">▲</span> {headline}
      </strong>
      {problem.body.detail && <p>{problem.body.detail}</p>}
      {problem.body.errors && problem.body.errors.length > 0 && (
        <ul>
          {problem.body.errors.map((each) => (
            <li key={`${each.pointer ?? ""}${each.detail ?? ""}`}>
              {each.pointer && <code>{each.pointer}</code>} {each.detail}
            </li>
          ))}
        </ul>
      )}
      {problem.body.request_id && <p className="soft">{t("problem.quote", { id: problem.body.request_id })}</p>}
    </div>
  );
}
