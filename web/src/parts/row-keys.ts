import { useEffect, type RefObject } from "react";

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable], [role=dialog], .maplibregl-map") !== null;
}

/**
 * j and k walk the rows of a list, wherever on the page the focus is, unless the person is typing.
 * A row is an element marked `data-row`: a link or button, so Enter opens it by itself.
 */
export function useRowKeys(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const walk = (event: KeyboardEvent) => {
      if ((event.key !== "j" && event.key !== "k") || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const rows = [...(list.current?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
      const here = rows.findIndex((row) => row === document.activeElement);
      const next = here === -1 ? 0 : here + (event.key === "j" ? 1 : -1);
      rows[Math.max(0, Math.min(next, rows.length - 1))]?.focus();
      event.preventDefault();
    };
    document.addEventListener("keydown", walk);
    return () => document.removeEventListener("keydown", walk);
  }, [list]);
}
