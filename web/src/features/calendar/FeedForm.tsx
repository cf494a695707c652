import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { COUNTRIES, SENSITIVITIES, type Sensitivity } from "../../domain/vocabulary";
import { useWords } from "../../domain/words";
import { Choice } from "../../parts/Choice";
import { ManyChoice } from "../../parts/ManyChoice";
import { Notice } from "../../parts/Notice";
import { ProblemNotice } from "../../parts/ProblemNotice";
import { useSession } from "../session/session";
import { useMakingFeed } from "./queries";
import { CALENDAR_KINDS } from "./search";

/** What may lie on a device: nothing strictly confidential, and nothing above the person's own access. */
function useCeilings(): Sensitivity[] {
  const { access } = useSession();
  return SENSITIVITIES.filter((each) => each !== "strictly-confidential" && SENSITIVITIES.indexOf(each) <= SENSITIVITIES.indexOf(access));
}

export function FeedForm({ onMade }: { onMade: (address: string) => void }) {
  const { t } = useTranslation("calendar");
  const { word } = useWords();
  const ceilings = useCeilings();
  const making = useMakingFeed();
  const [name, setName] = useState("");
  const [ceiling, setCeiling] = useState<Sensitivity>("unclassified");
  const [kinds, setKinds] = useState<string[]>([]);
  const [countries, setCountries] = useState<string[]>([]);
  const make = () => making.mutate({ name: name.trim(), ceiling, kinds: CALENDAR_KINDS.filter((each) => kinds.includes(each)), countries }, { onSuccess: ({ url }) => onMade(url) });
  return (
    <Stack gap="sm">
      <TextInput label={t("feed.name")} description={t("feed.nameHint")} value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={500} required />
      <Choice label={t("feed.ceiling")} known={ceilings} value={ceiling} word={(code) => word("sensitivity", code)} onChange={(chosen) => chosen && setCeiling(chosen)} />
      {ceiling === "confidential" && <Notice tone="care">{t("feed.confidential")}</Notice>}
      <ManyChoice label={t("feed.kinds")} known={CALENDAR_KINDS} chosen={kinds} word={(code) => t(`kind.${code as (typeof CALENDAR_KINDS)[number]}`)} onChange={setKinds} />
      <ManyChoice label={t("feed.countries")} known={COUNTRIES} chosen={countries} word={(code) => word("country", code)} onChange={setCountries} />
      {making.error && <ProblemNotice error={making.error} />}
      <Group justify="flex-end">
        <Button disabled={name.trim() === ""} loading={making.isPending} onClick={make}>
          {t("feed.make")}
        </Button>
      </Group>
    </Stack>
  );
}
