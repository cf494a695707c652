import { useRef, type PointerEvent } from "react";
import type { Span } from "./steps";

const STILL_PX = 3;

interface Began {
  /** The end that stays. */
  from: number;
  x: number;
  isHandle: boolean;
}

/** A stroke of mouse, pen or finger: from where it began to where it ends; begun on a handle, it moves that end. */
export function useStroke(placeAt: (x: number) => number, show: (span: Span) => void, tell: (span: Span) => void) {
  const began = useRef<Began | undefined>(undefined);
  const spanTo = ({ from }: Began, { clientX }: PointerEvent): Span => {
    const to = placeAt(clientX);
    return [Math.min(from, to), Math.max(from, to)];
  };
  const isStill = ({ isHandle, x }: Began, { clientX }: PointerEvent) => isHandle && Math.abs(clientX - x) < STILL_PX;
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const { other } = (event.target as HTMLElement).dataset;
      began.current = { from: other === undefined ? placeAt(event.clientX) : Number(other), x: event.clientX, isHandle: other !== undefined };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (began.current && !isStill(began.current, event)) show(spanTo(began.current, event));
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      if (began.current && !isStill(began.current, event)) tell(spanTo(began.current, event));
      began.current = undefined;
    },
    onPointerCancel: () => {
      began.current = undefined;
    },
  };
}
