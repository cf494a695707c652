import { useSyncExternalStore } from "react";
import { useSession } from "../session/session";

/** A piece of evidence kept at hand for the report being written. */
export interface Evidence {
  type: "incident" | "observation" | "effort";
  id: string;
  /** Null outside the Centre. */
  reference: string | null;
  title: string;
  isGraded: boolean;
}

const listeners = new Set<() => void>();
const NOTHING: Evidence[] = [];
const read = new Map<string, { text: string; items: Evidence[] }>();

function load(place: string): Evidence[] {
  const text = localStorage.getItem(place);
  if (text === null) return NOTHING;
  const known = read.get(place);
  if (known?.text === text) return known.items;
  const items = JSON.parse(text) as Evidence[];
  read.set(place, { text, items });
  return items;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

/** The person's own collection, kept on this device and shared between tabs. */
export function useCollectedEvidence() {
  const place = `good-offices:evidence:${useSession().client_id}`;
  const items = useSyncExternalStore(subscribe, () => load(place));
  const store = (next: Evidence[]) => {
    localStorage.setItem(place, JSON.stringify(next));
    listeners.forEach((listener) => listener());
  };
  const has = (id: string) => items.some((item) => item.id === id);
  return {
    items,
    has,
    toggle: (evidence: Evidence) => store(has(evidence.id) ? items.filter(({ id }) => id !== evidence.id) : [...items, evidence]),
    clear: () => store([]),
  };
}
