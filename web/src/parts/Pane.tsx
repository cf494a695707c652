import { CloseButton } from "@mantine/core";
import { useEffect, useRef, type ReactNode } from "react";
import styles from "./Pane.module.css";

interface PaneProps {
  label: string;
  close: string;
  onClose: () => void;
  children: ReactNode;
}

/** One record beside its list; the focus comes here when it opens and goes back when it closes. */
export function Pane({ label, close, onClose, children }: PaneProps) {
  const pane = useRef<HTMLElement>(null);
  useEffect(() => {
    const opener = document.activeElement instanceof HTMLElement ? document.activeElement : undefined;
    pane.current?.focus();
    return () => opener?.focus();
  }, []);
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape is a shortcut for the close button
    <section ref={pane} tabIndex={-1} className={styles.pane} aria-label={label} onKeyDown={(event) => event.key === "Escape" && onClose()}>
      <CloseButton className={styles.close} aria-label={close} onClick={onClose} />
      {children}
    </section>
  );
}
