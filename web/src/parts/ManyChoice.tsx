import { Checkbox } from "@mantine/core";
import styles from "./ManyChoice.module.css";

interface ManyChoiceProps {
  label: string;
  known: readonly string[];
  chosen: readonly string[];
  word: (code: string) => string;
  onChange: (chosen: string[]) => void;
}

/** Several of a closed list, all in sight. */
export function ManyChoice({ label, known, chosen, word, onChange }: ManyChoiceProps) {
  const toggle = (code: string) => onChange(chosen.includes(code) ? chosen.filter((each) => each !== code) : [...chosen, code]);
  return (
    <fieldset className={styles.many}>
      <legend>{label}</legend>
      <div>
        {known.map((code) => (
          <Checkbox key={code} size="xs" label={word(code)} checked={chosen.includes(code)} onChange={() => toggle(code)} />
        ))}
      </div>
    </fieldset>
  );
}
