import { useDebouncedCallback } from "@mantine/hooks";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { IncidentSearch } from "../search";
import { Bars } from "./Bars";
import { Handle } from "./Handle";
import { type Bucket, daysOf, moved, type Span, type Step } from "./steps";
import { useStroke } from "./stroke";
import styles from "./Timeline.module.css";

const PAUSE_MS = 600;

interface BrushProps {
  axis: Step[];
  bucket: Bucket;
  span: Span;
  onChange: (changed: IncidentSearch) => void;
}

/** Two handles for keys, mouse and finger; or a stroke over the bars, which marks a new span. */
export function Brush({ axis, bucket, span, onChange }: BrushProps) {
  const { t } = useTranslation("incidents");
  const [held, setHeld] = useState(span);
  const [told, setTold] = useState(span.join());
  if (span.join() !== told) {
    // The address changed: by this brush, or by the fields, the back button or a link.
    setTold(span.join());
    setHeld(span);
  }
  const frame = useRef<HTMLDivElement>(null);
  const tell = (chosen: Span) => onChange(daysOf(axis, chosen, bucket));
  const tellLater = useDebouncedCallback(tell, PAUSE_MS);
  const placeAt = (x: number) => {
    const box = frame.current?.getBoundingClientRect();
    return box ? Math.max(0, Math.min(axis.length - 1, Math.floor(((x - box.left) / box.width) * axis.length))) : 0;
  };
  const stroke = useStroke(placeAt, setHeld, tell);
  const byKey = (end: "first" | "last", to: number) => {
    const next = moved(held, end, to, axis.length);
    setHeld(next);
    tellLater(next);
  };
  return (
    <div className={styles.brush}>
      <div ref={frame} className={styles.frame} {...stroke}>
        <Bars axis={axis} span={held} />
        {(["first", "last"] as const).map((end) => (
          <Handle key={end} end={end} label={t(`timeline.${end}`)} axis={axis} bucket={bucket} span={held} onMove={(to) => byKey(end, to)} />
        ))}
      </div>
    </div>
  );
}
