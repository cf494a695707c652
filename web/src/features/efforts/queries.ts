import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answered, api } from "../../api/client";
import { etag, step, useCreationKey } from "../../api/creation-key";
import type { Effort, EffortBody, EffortEdit, IncidentGrade } from "../../api/types";
import { endOfDay } from "../../domain/times";
import type { EffortSearch } from "./search";

const PAGE = 50;

export function useEfforts({ q, country, theme, since, until }: EffortSearch) {
  const query = { q, country, theme, since: since && `${since}T00:00:00Z`, until: endOfDay(until), limit: PAGE };
  return useInfiniteQuery({
    queryKey: ["efforts", "list", query],
    queryFn: ({ pageParam }) => answered(api.GET("/v1/efforts", { params: { query: { ...query, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function useEffort(id: string) {
  return useQuery({ queryKey: ["efforts", "one", id], queryFn: () => answered(api.GET("/v1/efforts/{effort_id}", { params: { path: { effort_id: id } } })) });
}

/** What is being done about an incident, the newest. */
export function useEffortsOn(incident: string, isAsked: boolean) {
  return useQuery({
    queryKey: ["efforts", "on", incident],
    queryFn: () => answered(api.GET("/v1/efforts", { params: { query: { incident, limit: PAGE } } })),
    enabled: isAsked,
  });
}

/** Asks anew for all that is shown of efforts. */
export function useRefresh() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["efforts"] });
}

export function useTelling() {
  const keyed = useCreationKey();
  return useMutation({ mutationFn: (body: EffortBody) => answered(api.POST("/v1/efforts", { body, headers: keyed(body) })), onSuccess: useRefresh() });
}

export function useEditing({ id, version }: Effort) {
  const to = { params: { path: { effort_id: id } }, headers: { "If-Match": etag(version) } };
  return useMutation({ mutationFn: (body: EffortEdit) => answered(api.PUT("/v1/efforts/{effort_id}", { ...to, body })), onSuccess: useRefresh() });
}

export function useGrading({ id, version }: Effort) {
  const to = { params: { path: { effort_id: id } }, headers: step(version) };
  return useMutation({ mutationFn: (body: IncidentGrade) => answered(api.POST("/v1/efforts/{effort_id}/grade", { ...to, body })), onSuccess: useRefresh() });
}
