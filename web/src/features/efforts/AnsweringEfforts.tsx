import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Incident } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { usePermission } from "../session/session";
import { TellDialog } from "./EffortDialog";
import styles from "./EffortPane.module.css";
import { useEffortsOn } from "./queries";

/** What is being done about an incident, and the way to tell of more. */
export function AnsweringEfforts({ incident }: { incident: Incident }) {
  const { t } = useTranslation("efforts");
  const { word } = useWords();
  const { day } = useTimes();
  const may = usePermission();
  const [isTelling, setTelling] = useState(false);
  const efforts = useEffortsOn(incident.id, may("listEfforts")).data?.items ?? [];
  if (!may("listEfforts")) return null;
  return (
    <section aria-label={t("on.title")} className={styles.on}>
      <h3>{t("on.title")}</h3>
      {efforts.length === 0 && <p className="soft">{t("on.none")}</p>}
      <ul className={styles.incidents}>
        {efforts.map((effort) => (
          <li key={effort.id}>
            <Link to="/efforts" search={{ open: effort.id }} preload={false}>
              {effort.title}
            </Link>{" "}
            <span className="soft">
              {word("effortKind", effort.kind)}, {day(effort.occurred_at)}
            </span>
          </li>
        ))}
      </ul>
      {may("tellEffort") && (
        <Button size="compact-sm" variant="default" onClick={() => setTelling(true)}>
          {t("tell.open")}
        </Button>
      )}
      {isTelling && <TellDialog answersTo={incident} onClose={() => setTelling(false)} />}
    </section>
  );
}
