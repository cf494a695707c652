import { Menu } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { Link, useLocation } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { usePermission } from "../features/session/session";
import styles from "./Navigation.module.css";
import { GROUPS, type Screen, type ScreenGroup } from "./screens";

/** As in the style sheets: from here on the screens stand in one row. */
const IN_A_ROW = "(min-width: 64.01rem)";

interface NavigationProps {
  onChoose: () => void;
}

/** The screens that the person's role opens, in groups. */
export function Navigation({ onChoose }: NavigationProps) {
  const { t } = useTranslation("shell");
  const may = usePermission();
  const isInARow = useMediaQuery(IN_A_ROW, true, { getInitialValueInEffect: false });
  const groups = GROUPS.map((group) => ({ ...group, screens: group.screens.filter(({ operation }) => may(operation)) })).filter(({ screens }) => screens.length > 0);
  return (
    <nav aria-label={t("nav.label")} className={styles.nav}>
      {groups.map((group) => (
        <div key={group.name} role="group" aria-label={t(`nav.group.${group.name}`)} className={styles.group}>
          {group.isFolded && isInARow ? <Folded group={group} /> : group.screens.map((screen) => <ScreenLink key={screen.name} screen={screen} onChoose={onChoose} />)}
        </div>
      ))}
    </nav>
  );
}

function ScreenLink({ screen: { name }, onChoose }: NavigationProps & { screen: Screen }) {
  const { t } = useTranslation("shell");
  return (
    <Link to={`/${name}`} className={styles.link} activeOptions={{ includeSearch: false }} onClick={onChoose}>
      {t(`nav.${name}`)}
    </Link>
  );
}

/** A group behind one button, which says when one of its screens is open. */
function Folded({ group: { name, screens } }: { group: ScreenGroup }) {
  const { t } = useTranslation("shell");
  const { pathname } = useLocation();
  const open = screens.find((screen) => pathname.split("/")[1] === screen.name);
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <button type="button" className={styles.link} aria-current={open ? "true" : undefined}>
          {open ? t(`nav.${open.name}`) : t(`nav.group.${name}`)} <span aria-hidden="true">&nbsp;▾</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {screens.map((screen) => (
          <Menu.Item key={screen.name} component={Link} to={`/${screen.name}`}>
            {t(`nav.${screen.name}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
