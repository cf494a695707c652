import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";

const PAUSE_MS = 500;
const MOST = 200;

interface SearchBoxProps {
  q: string | undefined;
  onChange: (q: string | undefined) => void;
}

/** Words in any script or spelling; looked for when somebody pauses, or presses Enter. */
export function SearchBox({ q, onChange }: SearchBoxProps) {
  const { t } = useTranslation("incidents");
  const [typed, setTyped] = useState(q ?? "");
  const [seen, setSeen] = useState(q);
  if (q !== seen) {
    // The address changed: by what was typed here, or by the back button, a link, or clearing.
    setSeen(q);
    if ((q ?? "") !== typed.trim()) setTyped(q ?? "");
  }
  const look = (words: string) => onChange(words.trim() || undefined);
  const later = useDebouncedCallback(look, PAUSE_MS);
  const type = (words: string) => {
    setTyped(words);
    later(words);
  };
  return (
    <TextInput
      type="search"
      size="xs"
      label={t("filters.words")}
      placeholder={t("filters.wordsHint")}
      maxLength={MOST}
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={(event) => event.key === "Enter" && look(typed)}
    />
  );
}
