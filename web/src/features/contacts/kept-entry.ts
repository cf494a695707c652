import { useState } from "react";

/**
 * What is being written, kept over a reload and an expired session. In the tab's own storage and not the browser's:
 * it speaks of a person, and must not outlive the tab.
 */
export function useKeptEntry<T extends object>(name: string, blank: T): { entry: T; change: (changed: Partial<T>) => void; forget: () => void } {
  const key = `good-offices:entry:${name}`;
  const [entry, setEntry] = useState<T>(() => ({ ...blank, ...(JSON.parse(sessionStorage.getItem(key) ?? "{}") as Partial<T>) }));
  const change = (changed: Partial<T>) => {
    const next = { ...entry, ...changed };
    sessionStorage.setItem(key, JSON.stringify(next));
    setEntry(next);
  };
  return { entry, change, forget: () => sessionStorage.removeItem(key) };
}
