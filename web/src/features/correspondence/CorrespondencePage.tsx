import { Button } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Choice } from "../../parts/Choice";
import filters from "../../parts/Filters.module.css";
import { Page } from "../../parts/Page";
import { usePermission } from "../session/session";
import { LetterList } from "./LetterList";
import { RegisterLetter } from "./RegisterLetter";
import { DIRECTIONS, LETTER_STATES, type LetterSearch } from "./search";

const route = getRouteApi("/shell/correspondence");

/** The register of notes verbales and letters, in and out. */
export function CorrespondencePage() {
  const { t } = useTranslation("correspondence");
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const filter = (changed: LetterSearch) => void navigate({ search: { ...search, ...changed }, replace: true, resetScroll: false });
  return (
    <Page title={t("title")} lead={t("lead")} actions={<Register />}>
      <form role="search" aria-label={t("filters")} className={`${filters.filters} no-print`}>
        <Choice label={t("columns.direction")} any={t("any")} known={DIRECTIONS} value={search.direction} word={(code) => t(`direction.${code}`)} onChange={(direction) => filter({ direction })} />
        <Choice label={t("columns.reply")} any={t("any")} known={LETTER_STATES} value={search.state} word={(code) => t(`state.${code}`)} onChange={(state) => filter({ state })} />
      </form>
      <LetterList search={search} />
    </Page>
  );
}

function Register() {
  const { t } = useTranslation("correspondence");
  const may = usePermission();
  const [isOpen, setOpen] = useState(false);
  if (!may("registerLetter")) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("register.open")}</Button>
      {isOpen && <RegisterLetter onClose={() => setOpen(false)} />}
    </>
  );
}
