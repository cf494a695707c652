import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Notice } from "../../parts/Notice";

export interface Duplicate {
  id: string;
  name: string;
  latin_name: string;
}

/** Who may be the same person; each opens beside, so that what was typed stays. */
export function DuplicateWarning({ duplicates }: { duplicates: Duplicate[] }) {
  const { t } = useTranslation("contacts");
  return (
    <Notice tone="care">
      <strong>{t("duplicate.title")}</strong>
      <ul>
        {duplicates.map(({ id, name, latin_name }) => (
          <li key={id}>
            <Link to="/contacts/$id" params={{ id }} target="_blank">
              {latin_name === name ? name : `${latin_name} (${name})`}
            </Link>
          </li>
        ))}
      </ul>
      <p>{t("duplicate.detail")}</p>
    </Notice>
  );
}
