import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { Map as MapLibre } from "maplibre-gl";
import { useTranslation } from "react-i18next";
import { keepFile } from "../../../api/files";
import { highest } from "../../../domain/marking";
import { useTimes } from "../../../domain/times";
import { useWords } from "../../../domain/words";
import { ProblemNotice } from "../../../parts/ProblemNotice";
import { usePermission } from "../../session/session";
import type { IncidentPoints } from "../queries";
import type { IncidentSearch } from "../search";
import { useCountryNames } from "../map/country-names";
import { markingOf } from "./export";
import { useFilterWords } from "./filter-words";
import { drawPicture, type PictureWords } from "./picture";

interface PictureButtonProps {
  map: MapLibre;
  points: IncidentPoints;
  search: IncidentSearch;
}

/** Keeps the map as a picture that bears its marking, date, filters, attribution and the disclaimer. */
export function PictureButton({ map, points, search }: PictureButtonProps) {
  const { t, i18n } = useTranslation("incidents");
  const may = usePermission();
  const { word } = useWords();
  const { moment } = useTimes();
  const filters = useFilterWords(search);
  const countries = useCountryNames();
  const words = (marking: PictureWords["marking"]): PictureWords => ({
    marking,
    sensitivity: word("sensitivity", marking.sensitivity),
    title: `${t("map.label")}: ${t("facets.total", { count: points.features.reduce((sum, { properties }) => sum + Number(properties.count), 0), more: points.complete ? "" : "+" })}`,
    filters,
    made: t("picture.made", { moment: moment(new Date().toISOString()) }),
    attribution: t("picture.attribution"),
    disclaimer: t("map.disclaimer"),
    names: [
      ...countries.map(({ name, at }) => ({ text: name, at, isCount: false })),
      ...points.features.filter(({ properties }) => Number(properties.count) > 1).map(({ properties, geometry }) => ({ text: String(properties.count), at: geometry.coordinates as [number, number], isCount: true })),
    ],
  });
  const save = useMutation({
    mutationFn: async () => {
      const label = await markingOf(search, i18n.language);
      keepFile(await drawPicture(map, words(highest(label ? [label] : []))), "incidents.png");
    },
  });
  if (!may("exportIncidents")) return null;
  return (
    <>
      <Button size="compact-xs" variant="default" className="no-print" loading={save.isPending} onClick={() => save.mutate()}>
        {t("picture.save")}
      </Button>
      {save.error && <ProblemNotice error={save.error} />}
    </>
  );
}
