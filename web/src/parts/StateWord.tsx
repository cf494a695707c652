import styles from "./StateWord.module.css";

export type Tone = "good" | "care" | "bad" | "calm" | "accent";

const SYMBOLS: Record<Tone, string> = { good: "●", care: "◐", bad: "▲", calm: "○", accent: "◆" };

/** A state as a symbol and a word: the colour only repeats what both say. */
export function StateWord({ tone, children, symbol }: { tone: Tone; children: string; symbol?: string }) {
  return (
    <span className={styles.state} data-tone={tone}>
      <span aria-hidden="true">{symbol ?? SYMBOLS[tone]}</span> {children}
    </span>
  );
}
