import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Observation } from "../../api/types";
import { ProblemNotice } from "../../parts/ProblemNotice";
import { usePermission } from "../session/session";
import { MarkMissed } from "./MarkMissed";
import { NamedText } from "./NamedText";
import { useDecide, usePersons } from "./queries";

interface NamedAccountProps {
  observation: Observation;
  styles: { title?: string; text?: string; found?: string };
}

/** Title and text of an account with the persons it names, whom its reader confirms, dismisses or adds. */
export function NamedAccount({ observation, styles }: NamedAccountProps) {
  const { t } = useTranslation("persons");
  const may = usePermission();
  const persons = usePersons(observation.id, may("findPersons"));
  const decide = useDecide(observation.id);
  const [isMarking, setMarking] = useState(false);
  const found = persons.data?.items ?? [];
  const named = { persons: found, onDecide: may("markPerson") ? decide.mutate : undefined };
  const count = found.filter(({ state }) => state !== "dismissed").length;
  return (
    <>
      <p className={styles.title} lang={observation.language ?? undefined}>
        <NamedText text={observation.title} field="title" {...named} />
      </p>
      {observation.text && (
        <p className={styles.text} lang={observation.language ?? undefined}>
          <NamedText text={observation.text} field="text" {...named} />
        </p>
      )}
      {decide.error && <ProblemNotice error={decide.error} />}
      {persons.data && (
        <p className={styles.found}>
          {count > 0 && <>{t("count", { count })} </>}
          {named.onDecide && !isMarking && (
            <Button size="compact-xs" variant="subtle" onClick={() => setMarking(true)}>
              {t("missed.open")}
            </Button>
          )}
        </p>
      )}
      {isMarking && <MarkMissed observation={observation.id} onClose={() => setMarking(false)} />}
    </>
  );
}
