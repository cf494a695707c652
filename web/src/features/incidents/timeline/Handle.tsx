import type { KeyboardEvent } from "react";
import { useTimes } from "../../../domain/times";
import { type Bucket, endOf, type Span, type Step } from "./steps";
import styles from "./Timeline.module.css";

const FAR = 10;

interface HandleProps {
  end: "first" | "last";
  label: string;
  axis: Step[];
  bucket: Bucket;
  span: Span;
  onMove: (to: number) => void;
}

/** One end of the span: a slider for arrow keys, Page keys, Home and End. */
export function Handle({ end, label, axis, bucket, span, onMove }: HandleProps) {
  const { day } = useTimes();
  const [place, other] = end === "first" ? span : [span[1], span[0]];
  const step = axis[place];
  const last = axis.length - 1;
  const ways: Record<string, number> = { ArrowLeft: place - 1, ArrowDown: place - 1, ArrowRight: place + 1, ArrowUp: place + 1, PageDown: place - FAR, PageUp: place + FAR, Home: 0, End: last };
  const press = (event: KeyboardEvent) => {
    const to = ways[event.key];
    if (to === undefined) return;
    event.preventDefault();
    onMove(to);
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={place}
      aria-valuetext={step && day(end === "first" ? step.begins : endOf(step, bucket))}
      className={styles.handle}
      data-other={other}
      style={{ left: `${((end === "first" ? place : place + 1) / axis.length) * 100}%` }}
      onKeyDown={press}
    />
  );
}
