import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useState, type SubmitEvent } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "../../api/problem";
import { Notice } from "../../parts/Notice";
import { ProblemNotice } from "../../parts/ProblemNotice";
import { useSignIn } from "./session";

function SignInProblem({ error }: { error: unknown }) {
  const { t } = useTranslation("session");
  if (![400, 401, 403, 422].includes(asProblem(error).status)) return <ProblemNotice error={error} />;
  return (
    <div role="alert">
      <Notice tone="bad">
        <strong>{t("wrong.title")}</strong>
        <p>{t("wrong.detail")}</p>
      </Notice>
    </div>
  );
}

export function SignInForm({ clientId = "", onDone }: { clientId?: string; onDone: () => void }) {
  const { t } = useTranslation("session");
  const [credentials, setCredentials] = useState({ client_id: clientId, client_secret: "" });
  const signIn = useSignIn();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    signIn.mutate(credentials, { onSuccess: onDone });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {signIn.error && <SignInProblem error={signIn.error} />}
        <TextInput
          label={t("clientId")}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          value={credentials.client_id}
          onChange={(event) => setCredentials({ ...credentials, client_id: event.currentTarget.value })}
        />
        <PasswordInput
          label={t("clientSecret")}
          autoComplete="current-password"
          required
          visibilityToggleButtonProps={{ "aria-label": t("reveal") }}
          value={credentials.client_secret}
          onChange={(event) => setCredentials({ ...credentials, client_secret: event.currentTarget.value })}
        />
        <Button type="submit" loading={signIn.isPending}>
          {t("signIn")}
        </Button>
      </Stack>
    </form>
  );
}
