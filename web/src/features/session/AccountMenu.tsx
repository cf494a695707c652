import { Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWords } from "../../domain/words";
import styles from "./AccountMenu.module.css";
import { useSession, useSignOut } from "./session";

export function AccountMenu() {
  const { t } = useTranslation("session");
  const { word } = useWords();
  const session = useSession();
  const signOut = useSignOut();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <button type="button" className={styles.name}>
          {session.name} <span aria-hidden="true">▾</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={styles.facts}>
          <strong>{session.name}</strong>
          <span>{word("organization", session.organization)}</span>
          <span>{session.roles.join(", ")}</span>
          <span>{t("access", { access: word("sensitivity", session.access) })}</span>
        </div>
        <Menu.Divider />
        <Menu.Item onClick={() => signOut.mutate()}>{t("signOut")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
