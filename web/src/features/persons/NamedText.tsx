import { Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { PersonNamedIn } from "../../api/types";
import styles from "./NamedText.module.css";
import { piecesOf } from "./pieces";
import type { Decision } from "./queries";

interface NamedTextProps {
  text: string;
  field: "title" | "text";
  persons: PersonNamedIn[];
  onDecide: ((decision: Decision) => void) | undefined;
}

/** A text in which the persons it names are marked; a click or Enter on a name lets its reader confirm or dismiss it. */
export function NamedText({ text, field, persons, onDecide }: NamedTextProps) {
  return (
    <>
      {piecesOf(text, field, persons).map((piece, index) =>
        piece.person ? <Name key={index} words={piece.text} person={piece.person} onDecide={onDecide} /> : <span key={index}>{piece.text}</span>,
      )}
    </>
  );
}

function Name({ words, person, onDecide }: { words: string; person: PersonNamedIn; onDecide: NamedTextProps["onDecide"] }) {
  const { t } = useTranslation("persons");
  const role = person.state === "dismissed" ? undefined : t(`role.${person.role}`);
  if (onDecide === undefined) return <span title={role}>{words}</span>;
  return (
    <Menu withinPortal position="bottom-start" withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <button type="button" className={styles.name} data-state={person.state} title={t("found", { state: t(`state.${person.state}`), rule: t(`rule.${person.rule}`) })}>
          {words}
          {role && person.role !== "other" && <span className={styles.role}> ({role})</span>}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item disabled>{t("found", { state: t(`state.${person.state}`), rule: t(`rule.${person.rule}`) })}</Menu.Item>
        {person.state !== "confirmed" && <Menu.Item data-autofocus onClick={() => onDecide({ person, verb: "confirm" })}>{t("confirm")}</Menu.Item>}
        {person.state !== "dismissed" && <Menu.Item data-autofocus={person.state === "confirmed" || undefined} onClick={() => onDecide({ person, verb: "dismiss" })}>{t("dismiss")}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}
