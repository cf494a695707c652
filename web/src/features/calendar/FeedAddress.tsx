import { Button, CopyButton, Group, Stack, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Notice } from "../../parts/Notice";

/** The address of a new feed. It is kept nowhere: once closed, it cannot be shown again. */
export function FeedAddress({ address, onDone }: { address: string; onDone: () => void }) {
  const { t } = useTranslation("calendar");
  return (
    <Stack gap="sm">
      <Notice tone="good">{t("feed.once")}</Notice>
      <TextInput label={t("feed.address")} value={address} readOnly data-autofocus onFocus={(event) => event.currentTarget.select()} />
      <Group justify="flex-end">
        <CopyButton value={address}>
          {({ copied, copy }) => (
            <Button onClick={copy} aria-live="polite">
              {copied ? t("feed.copied") : t("feed.copy")}
            </Button>
          )}
        </CopyButton>
        <Button variant="default" onClick={onDone}>
          {t("feed.done")}
        </Button>
      </Group>
    </Stack>
  );
}
