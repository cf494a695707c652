import { Stack, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { COUNTRIES, PARTY_KINDS } from "../../domain/vocabulary";
import { useWords } from "../../domain/words";
import { Choice } from "../../parts/Choice";
import { ConfirmDialog } from "../../parts/ConfirmDialog";
import { ManyChoice } from "../../parts/ManyChoice";
import { useKeptEntry } from "./kept-entry";
import { useRegisterParty } from "./queries";

const BLANK = { kind: "government" as (typeof PARTY_KINDS)[number], name: "", russian: "", countries: [] as string[] };

export function RegisterDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("contacts");
  const { word } = useWords();
  const navigate = useNavigate();
  const { entry, change, forget } = useKeptEntry("party", BLANK);
  const register = useRegisterParty();
  const names = entry.russian.trim() ? [{ language: "ru", name: entry.russian }] : [];
  const send = () =>
    register.mutate(
      { kind: entry.kind, name: entry.name, countries: entry.countries, names },
      {
        onSuccess: ({ id }) => {
          forget();
          onClose();
          void navigate({ to: "/parties/$id", params: { id } });
        },
      },
    );
  return (
    <ConfirmDialog title={t("parties.register")} confirm={t("parties.confirm")} isBlocked={entry.name.trim() === "" || entry.countries.length === 0} isPending={register.isPending} error={register.error} onConfirm={send} onClose={onClose}>
      <Stack gap="sm">
        <Choice label={t("parties.kind")} known={PARTY_KINDS} value={entry.kind} word={(code) => word("partyKind", code)} onChange={(kind) => kind && change({ kind })} />
        <TextInput label={t("list.name")} required maxLength={500} value={entry.name} onChange={(event) => change({ name: event.currentTarget.value })} data-autofocus />
        <TextInput label={t("parties.russian")} maxLength={500} value={entry.russian} onChange={(event) => change({ russian: event.currentTarget.value })} />
        <ManyChoice label={t("list.countries")} known={COUNTRIES} chosen={entry.countries} word={(code) => word("country", code)} onChange={(countries) => change({ countries })} />
      </Stack>
    </ConfirmDialog>
  );
}
