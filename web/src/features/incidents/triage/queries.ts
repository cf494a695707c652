import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { answered, api } from "../../../api/client";
import { step, useCreationKey } from "../../../api/creation-key";
import type { IncidentDetail } from "../../../api/types";

const PAGES = { initialPageParam: undefined as string | undefined, getNextPageParam: (last: { next?: string | null }) => last.next ?? undefined };
const LIMIT = 20;

/** Open suggestions that two incidents are one: those of an incident, or all. */
export function useSuggestions(incident: string | undefined) {
  return useInfiniteQuery({
    queryKey: ["incidents", "suggestions", incident],
    queryFn: ({ pageParam }) => answered(api.GET("/v1/incidents/suggestions", { params: { query: { state: "open", incident, cursor: pageParam, limit: LIMIT } } })),
    ...PAGES,
  });
}

export function useMoves(incident: string) {
  return useInfiniteQuery({
    queryKey: ["incidents", "moves", incident],
    queryFn: ({ pageParam }) => answered(api.GET("/v1/incidents/{incident_id}/moves", { params: { path: { incident_id: incident }, query: { cursor: pageParam, limit: LIMIT } } })),
    ...PAGES,
  });
}

function useRefresh() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["incidents"] });
}

export function useAcceptSuggestion(id: string) {
  const keyed = useCreationKey();
  const to = { params: { path: { suggestion_id: id } } };
  return useMutation({ mutationFn: (reason: string) => answered(api.POST("/v1/incidents/suggestions/{suggestion_id}/accept", { ...to, body: reason ? { reason } : {}, headers: keyed(reason) })), onSuccess: useRefresh() });
}

export function useDismissSuggestion(id: string) {
  const keyed = useCreationKey();
  const to = { params: { path: { suggestion_id: id } } };
  return useMutation({ mutationFn: (reason: string) => answered(api.POST("/v1/incidents/suggestions/{suggestion_id}/dismiss", { ...to, body: { reason }, headers: keyed(reason) })), onSuccess: useRefresh() });
}

/** Lets another incident become a part of this one, as it was seen. */
export function useMerge({ id, version }: IncidentDetail) {
  const to = { params: { path: { incident_id: id } }, headers: step(version) };
  return useMutation({ mutationFn: (body: { other: string; reason: string }) => answered(api.POST("/v1/incidents/{incident_id}/merge", { ...to, body })), onSuccess: useRefresh() });
}

export function useSplit({ id, version }: IncidentDetail) {
  const to = { params: { path: { incident_id: id } }, headers: step(version) };
  return useMutation({ mutationFn: (body: { observations: string[]; reason: string }) => answered(api.POST("/v1/incidents/{incident_id}/split", { ...to, body })), onSuccess: useRefresh() });
}

export function useUndo(id: string) {
  const keyed = useCreationKey();
  const to = { params: { path: { move_id: id } } };
  return useMutation({ mutationFn: (reason: string) => answered(api.POST("/v1/incidents/moves/{move_id}/undo", { ...to, body: { reason }, headers: keyed(reason) })), onSuccess: useRefresh() });
}
