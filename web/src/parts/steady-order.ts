import { useState, type FocusEvent } from "react";

interface Identified {
  id: string;
}

interface SteadyOrder<T> {
  items: T[];
  /** How many new items wait until the focus leaves the list. */
  waiting: number;
  show: () => void;
  list: { onFocus: () => void; onBlur: (event: FocusEvent<HTMLElement>) => void };
}

/** Refreshes items in place while somebody works in the list: nothing moves under the focus, new items wait. */
export function useSteadyOrder<T extends Identified>(fresh: T[]): SteadyOrder<T> {
  const [held, setHeld] = useState<string[] | undefined>(undefined);
  const byId = new Map(fresh.map((item) => [item.id, item]));
  const known = new Set(held);
  const isGrownAtEnd = held?.every((id, index) => fresh[index]?.id === id) ?? true;
  const items = held && !isGrownAtEnd ? held.flatMap((id) => byId.get(id) ?? []) : fresh;
  return {
    items,
    waiting: held && !isGrownAtEnd ? fresh.filter((item) => !known.has(item.id)).length : 0,
    show: () => setHeld(undefined),
    list: {
      onFocus: () => setHeld((before) => before ?? fresh.map((item) => item.id)),
      onBlur: (event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setHeld(undefined);
      },
    },
  };
}
