import { NativeSelect } from "@mantine/core";

interface ChoiceProps<T extends string> {
  label: string;
  any?: string;
  known: readonly T[];
  value: T | undefined;
  word: (code: T) => string;
  onChange: (value: T | undefined) => void;
}

/** A filter over a closed list; the browser's own select, which every keyboard and reader knows. */
export function Choice<T extends string>({ label, any, known, value, word, onChange }: ChoiceProps<T>) {
  const options = known.map((code) => ({ value: code, label: word(code) }));
  return (
    <NativeSelect
      label={label}
      size="xs"
      data={any === undefined ? options : [{ value: "", label: any }, ...options]}
      value={value ?? ""}
      onChange={(event) => onChange(known.find((code) => code === event.currentTarget.value))}
    />
  );
}
