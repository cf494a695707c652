import { Button, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { addMonths, dayOf, monthOf } from "./days";
import { useLocalTimes } from "./local-times";
import styles from "./Calendar.module.css";

/** The month shown, and the way to others. */
export function MonthSwitch({ month, onChange }: { month: string; onChange: (month: string) => void }) {
  const { t } = useTranslation("calendar");
  const { month: written } = useLocalTimes();
  const by = (months: number) => onChange(monthOf(addMonths(`${month}-01`, months)));
  return (
    <div className={styles.switch}>
      <h2 aria-live="polite">{written(month)}</h2>
      <Group gap="xs" className="no-print">
        <Button variant="default" size="xs" onClick={() => by(-1)}>
          {t("before")}
        </Button>
        <Button variant="default" size="xs" onClick={() => onChange(monthOf(dayOf(new Date())))}>
          {t("today")}
        </Button>
        <Button variant="default" size="xs" onClick={() => by(1)}>
          {t("after")}
        </Button>
      </Group>
    </div>
  );
}
