import { useState } from "react";

interface KeptEntry<T> {
  entry: T;
  change: (changed: Partial<T>) => void;
  forget: () => void;
  /** Keeps `next` under another name from here on. */
  moveTo: (name: string, next: T) => void;
}

const keyOf = (name: string) => `good-offices:entry:${name}`;

/**
 * What is being written, kept over a reload and an expired session. In the tab's own storage and not the browser's:
 * it speaks of a person, and must not outlive the tab.
 */
export function useKeptEntry<T extends object>(name: string, blank: T): KeptEntry<T> {
  const [entry, setEntry] = useState<T>(() => ({ ...blank, ...(JSON.parse(sessionStorage.getItem(keyOf(name)) ?? "{}") as Partial<T>) }));
  const keep = (under: string, next: T) => {
    sessionStorage.setItem(keyOf(under), JSON.stringify(next));
    setEntry(next);
  };
  const forget = () => sessionStorage.removeItem(keyOf(name));
  const moveTo = (other: string, next: T) => {
    forget();
    keep(other, next);
  };
  return { entry, change: (changed) => keep(name, { ...entry, ...changed }), forget, moveTo };
}
