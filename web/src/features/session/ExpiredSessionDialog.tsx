import { Modal } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { sessionExpiry } from "../../api/session-expiry";
import { useSession } from "./session";
import { SignInForm } from "./SignInForm";

/** Asks for the credentials again over the page, which stays as it is: nothing that was typed is lost. */
export function ExpiredSessionDialog() {
  const { t } = useTranslation("session");
  const { client_id } = useSession();
  const isExpired = useSyncExternalStore(sessionExpiry.subscribe, sessionExpiry.isExpired);
  return (
    <Modal opened={isExpired} onClose={() => undefined} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false} title={t("expired.title")} centered zIndex={300}>
      <p>{t("expired.detail")}</p>
      <SignInForm clientId={client_id} onDone={sessionExpiry.forget} />
    </Modal>
  );
}
