import { TextInput } from "@mantine/core";
import { useEffect, useState } from "react";

const PAUSE_MS = 300;

/** Words to search by; the address follows when the typing pauses. */
export function SearchField({ label, value, onChange }: { label: string; value: string | undefined; onChange: (value: string | undefined) => void }) {
  const [typed, setTyped] = useState(value ?? "");
  useEffect(() => {
    if (typed.trim() === (value ?? "")) return undefined;
    const timer = setTimeout(() => onChange(typed.trim() || undefined), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return <TextInput type="search" size="xs" label={label} value={typed} maxLength={200} onChange={(event) => setTyped(event.currentTarget.value)} />;
}
