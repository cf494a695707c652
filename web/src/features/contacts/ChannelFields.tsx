import { Button, Group, NativeSelect, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CHANNEL_KINDS, oneOf } from "../../domain/vocabulary";
import { useWords } from "../../domain/words";
import type { ContactEntry } from "./contact-entry";
import styles from "./Facts.module.css";

type Channels = ContactEntry["channels"];

/** Ways to reach a person, each of a kind; one left empty is not kept. */
export function ChannelFields({ channels, onChange }: { channels: Channels; onChange: (channels: Channels) => void }) {
  const { t } = useTranslation("contacts");
  const { word } = useWords();
  const kinds = CHANNEL_KINDS.map((kind) => ({ value: kind, label: word("channelKind", kind) }));
  const change = (index: number, changed: Partial<Channels[number]>) => onChange(channels.map((each, here) => (here === index ? { ...each, ...changed } : each)));
  return (
    <fieldset className={styles.channels}>
      <legend>{t("enter.channels")}</legend>
      {channels.map(({ kind, value }, index) => (
        <Group key={index} gap="xs" wrap="nowrap">
          <NativeSelect aria-label={t("enter.channelKind", { number: index + 1 })} data={kinds} value={kind} onChange={(event) => change(index, { kind: oneOf(CHANNEL_KINDS, event.currentTarget.value) ?? kind })} />
          <TextInput aria-label={word("channelKind", kind)} maxLength={500} value={value} onChange={(event) => change(index, { value: event.currentTarget.value })} />
        </Group>
      ))}
      <Button size="compact-xs" variant="default" onClick={() => onChange([...channels, { kind: "phone", value: "" }])}>
        {t("enter.addChannel")}
      </Button>
    </fieldset>
  );
}
