import { useState } from "react";
import { useSession } from "../session/session";

/** A text kept on this device while it is written, so that a reload or an expired session loses nothing. */
export function useKeptText<T>(name: string, start: T) {
  const place = `good-offices:draft:${useSession().client_id}:${name}`;
  const [value, setValue] = useState<T>(() => {
    const kept = localStorage.getItem(place);
    return kept === null ? start : (JSON.parse(kept) as T);
  });
  const change = (changed: Partial<T>) => {
    const next = { ...value, ...changed };
    localStorage.setItem(place, JSON.stringify(next));
    setValue(next);
  };
  return { value, change, forget: () => localStorage.removeItem(place) };
}
