import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answered, api } from "../../api/client";
import { step } from "../../api/creation-key";
import type { Activity } from "../../api/types";
import type { COUNTRIES } from "../../domain/vocabulary";

export function useCoverage() {
  return useQuery({ queryKey: ["coverage"], queryFn: () => answered(api.GET("/v1/coverage")) });
}

export interface ActivityFilter {
  country?: (typeof COUNTRIES)[number] | undefined;
  theme?: string | undefined;
  aligned?: boolean | undefined;
}

export function useActivities(filter: ActivityFilter) {
  return useInfiniteQuery({
    queryKey: ["activities", filter],
    queryFn: ({ pageParam }) => answered(api.GET("/v1/activities", { params: { query: { ...filter, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
}

export function useObjectives(isOn: boolean) {
  return useQuery({
    queryKey: ["objectives"],
    queryFn: () => answered(api.GET("/v1/objectives", { params: { query: { limit: 200 } } })),
    enabled: isOn,
  });
}

export function useAlignActivity(activity: Activity) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (objective: string) =>
      answered(api.POST("/v1/activities/{activity_id}/align", { params: { path: { activity_id: activity.id } }, body: { objective }, headers: step(activity.version) })),
    onSuccess: () => Promise.all(["activities", "coverage"].map((key) => queries.invalidateQueries({ queryKey: [key] }))),
  });
}
