import { useState, type FocusEvent } from "react";

interface Identified {
  id: string;
}

interface SteadyOrder<T> {
  items: T[];
  /** Whether it is not there any more, and only its place is kept. */
  isGone: (item: T) => boolean;
  /** How many new items wait until the focus leaves the list. */
  waiting: number;
  show: () => void;
  list: { onFocus: () => void; onBlur: (event: FocusEvent<HTMLElement>) => void };
}

/**
 * Refreshes items in place while somebody works in the list: nothing moves under the focus, new items wait.
 * With `keepsGone`, what leaves keeps its place until the focus has left: the next row does not slip under a key already pressed.
 */
export function useSteadyOrder<T extends Identified>(fresh: T[], keepsGone = false): SteadyOrder<T> {
  const [held, setHeld] = useState<T[] | undefined>(undefined);
  const byId = new Map(fresh.map((item) => [item.id, item]));
  const known = new Set(held?.map(({ id }) => id));
  const isGrownAtEnd = held?.every(({ id }, index) => fresh[index]?.id === id) ?? true;
  const items = held && !isGrownAtEnd ? held.flatMap((item) => byId.get(item.id) ?? (keepsGone ? item : [])) : fresh;
  return {
    items,
    isGone: ({ id }) => !byId.has(id),
    waiting: held && !isGrownAtEnd ? fresh.filter((item) => !known.has(item.id)).length : 0,
    show: () => setHeld(undefined),
    list: {
      onFocus: () => setHeld((before) => before ?? fresh),
      onBlur: (event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setHeld(undefined);
      },
    },
  };
}
