import { Button, Modal, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Notice } from "../../parts/Notice";
import { usePermission } from "../session/session";
import { FeedAddress } from "./FeedAddress";
import { FeedForm } from "./FeedForm";
import { FeedList } from "./FeedList";

/** The way to read the calendar in a programme of one's own: secret addresses, made, listed and revoked here. */
export function Subscribe() {
  const { t } = useTranslation(["calendar", "shell"]);
  const may = usePermission();
  const [isOpen, setOpen] = useState(false);
  const [address, setAddress] = useState<string>();
  if (!may("makeCalendarFeed")) return null;
  const close = () => {
    setOpen(false);
    setAddress(undefined);
  };
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t("subscribe.open")}
      </Button>
      <Modal opened={isOpen} onClose={close} title={t("subscribe.title")} size="lg" closeButtonProps={{ "aria-label": t("shell:close") }}>
        <Stack gap="md">
          <Notice tone="care">{t("subscribe.warning")}</Notice>
          {address ? <FeedAddress address={address} onDone={() => setAddress(undefined)} /> : <FeedForm onMade={setAddress} />}
          <FeedList />
        </Stack>
      </Modal>
    </>
  );
}
