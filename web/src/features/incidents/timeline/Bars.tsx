import { useTimes } from "../../../domain/times";
import type { Span, Step } from "./steps";
import styles from "./Timeline.module.css";

const HEIGHT = 40;

/** A bar for each step; those of the span in full colour. What they say, the handles and the counts beside the list say in words. */
export function Bars({ axis, span: [first, last] }: { axis: Step[]; span: Span }) {
  const { day } = useTimes();
  const most = Math.max(1, ...axis.map(({ count }) => count));
  const ends = [axis.at(0), axis.at(-1)];
  return (
    <>
      <svg viewBox={`0 0 ${axis.length} ${HEIGHT}`} preserveAspectRatio="none" className={styles.bars} aria-hidden="true">
        {axis.map(({ begins, count }, index) => {
          // The smallest count is still seen beside the largest.
          const height = count === 0 ? 0 : Math.max(2, (count / most) * HEIGHT);
          return <rect key={begins} data-in={index >= first && index <= last} x={index + 0.08} width={0.84} y={HEIGHT - height} height={height} />;
        })}
      </svg>
      <span className={styles.ends} aria-hidden="true">
        {ends.map((step, index) => step && <span key={index}>{day(step.begins)}</span>)}
      </span>
    </>
  );
}
