import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { answered, api } from "../../../api/client";
import { asQuery, type IncidentSearch } from "../search";
import { type Bucket, bucketOver } from "./steps";

function useCounted(search: IncidentSearch, bucket: Bucket | undefined) {
  const query = { ...asQuery(search), bbox: search.bbox, since: undefined, until: undefined, bucket };
  return useQuery({
    queryKey: ["incidents", "timeline", query],
    queryFn: () => answered(api.GET("/v1/incidents/timeline", { params: { query } })),
    enabled: bucket !== undefined,
    placeholderData: keepPreviousData,
  });
}

/** What fits over all time, in steps as wide as that time asks for: by months first, which tell how long it is. */
export function useTimeline(search: IncidentSearch) {
  const months = useCounted(search, "month");
  const bucket = months.data && bucketOver(months.data.steps);
  const fine = useCounted(search, bucket === "month" ? undefined : bucket);
  return bucket === "month" || months.error ? months : fine;
}
