import { useEffect, type RefObject } from "react";

type List = RefObject<HTMLElement | null>;

/** The lists on the page. A page may hold several: the keys walk through all of them, one after another. */
const lists = new Set<List>();

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable], [role=dialog], .maplibregl-map") !== null;
}

function rowsOnPage(): HTMLElement[] {
  const all = [...document.querySelectorAll<HTMLElement>("[data-row]")];
  return all.filter((row) => [...lists].some((list) => list.current?.contains(row)));
}

function walk(event: KeyboardEvent): void {
  if ((event.key !== "j" && event.key !== "k") || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const rows = rowsOnPage();
  const here = rows.findIndex((row) => row === document.activeElement);
  const next = here === -1 ? 0 : here + (event.key === "j" ? 1 : -1);
  rows[Math.max(0, Math.min(next, rows.length - 1))]?.focus();
  event.preventDefault();
}

/**
 * j and k walk the rows of the page's lists, wherever on the page the focus is, unless the person is typing.
 * A row is an element marked `data-row`: a link or button, so Enter opens it by itself.
 */
export function useRowKeys(list: List): void {
  useEffect(() => {
    if (lists.size === 0) document.addEventListener("keydown", walk);
    lists.add(list);
    return () => {
      lists.delete(list);
      if (lists.size === 0) document.removeEventListener("keydown", walk);
    };
  }, [list]);
}
