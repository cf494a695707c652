import { Button, Group } from "@mantine/core";
import { Fragment, useEffect, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import styles from "./ChangedMeanwhile.module.css";
import { Notice } from "./Notice";
import type { Overtaken } from "./overtaken";

/** On a narrow display a way on takes two lines, and is not cut off. */
const WRAPPED = { root: styles.way, label: styles.words };

interface Change {
  field: string;
  theirs: ReactNode;
  mine: ReactNode;
}

interface ChangedMeanwhileProps {
  changes: readonly Change[];
  edit: Pick<Overtaken<unknown>, "keepMine" | "takeTheirs">;
  /** Before either way is gone: what was answered to the older version no longer holds. */
  onGoOn: () => void;
}

/** Somebody else saved it while it was being written: both texts side by side, and two ways on. Nothing typed is lost unasked. */
export function ChangedMeanwhile({ changes, edit, onGoOn }: ChangedMeanwhileProps) {
  const { t } = useTranslation("shell");
  const self = useRef<HTMLDivElement>(null);
  // It stands above a form that may be scrolled far down, and explains why that cannot be saved.
  useEffect(() => {
    self.current?.scrollIntoView({ block: "nearest" });
  }, []);
  const goOn = (way: () => void) => () => {
    onGoOn();
    way();
  };
  return (
    <div role="alert" ref={self} className={styles.notice}>
      <Notice tone="care">
        <strong>{t("changed.title")}</strong>
        <dl className={styles.changes}>
          {changes.map(({ field, theirs, mine }) => (
            <Fragment key={field}>
              <dt className={styles.field}>{field}</dt>
              <Side name="theirs" text={theirs} />
              <Side name="mine" text={mine} />
            </Fragment>
          ))}
        </dl>
        <p>{t("changed.detail")}</p>
        <Group gap="xs">
          <Button size="compact-sm" classNames={WRAPPED} onClick={goOn(edit.keepMine)}>
            {t("changed.keepMine")}
          </Button>
          <Button size="compact-sm" variant="default" classNames={WRAPPED} onClick={goOn(edit.takeTheirs)}>
            {t("changed.takeTheirs")}
          </Button>
        </Group>
      </Notice>
    </div>
  );
}

function Side({ name, text }: { name: "theirs" | "mine"; text: ReactNode }) {
  const { t } = useTranslation("shell");
  return (
    <dd>
      <span className="soft">{t(`changed.${name}`)}</span> {text === "" ? t("changed.nothing") : text}
    </dd>
  );
}
