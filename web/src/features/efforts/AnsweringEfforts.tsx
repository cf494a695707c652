import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Effort, Incident } from "../../api/types";
import { useTimes } from "../../domain/times";
import { useWords } from "../../domain/words";
import { Outcome } from "../../parts/Outcome";
import { usePermission } from "../session/session";
import { TellDialog } from "./TellDialog";
import styles from "./EffortPane.module.css";
import { useEffortsOn } from "./queries";

/** What is being done about an incident, and the way to tell of more. */
export function AnsweringEfforts({ incident }: { incident: Incident }) {
  const { t } = useTranslation("efforts");
  const may = usePermission();
  const [isTelling, setTelling] = useState(false);
  const efforts = useEffortsOn(incident.id, may("listEfforts"));
  if (!may("listEfforts")) return null;
  return (
    <section aria-label={t("on.title")} className={styles.on}>
      <h3>{t("on.title")}</h3>
      <Outcome of={efforts}>{({ items }) => (items.length === 0 ? <p className="soft">{t("on.none")}</p> : <Links to={items} />)}</Outcome>
      {may("tellEffort") && (
        <Button size="compact-sm" variant="default" onClick={() => setTelling(true)}>
          {t("tell.open")}
        </Button>
      )}
      {isTelling && <TellDialog answersTo={incident} onClose={() => setTelling(false)} />}
    </section>
  );
}

function Links({ to }: { to: Effort[] }) {
  const { word } = useWords();
  const { day } = useTimes();
  return (
    <ul className={styles.incidents}>
      {to.map((effort) => (
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
  );
}
