import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answered, api } from "../../api/client";
import { step, useCreationKey } from "../../api/creation-key";
import type { TranslationBody } from "../../api/types";
import type { TriageSearch } from "./search";

const PAGE = 50;

export function useInbox({ claimed, country, theme }: TriageSearch) {
  const query = { claimed, country, theme };
  return useInfiniteQuery({
    queryKey: ["incidents", "triage", query],
    queryFn: ({ pageParam }) => answered(api.GET("/v1/triage", { params: { query: { ...query, limit: PAGE, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function useTriage(id: string) {
  return useQuery({
    queryKey: ["incidents", "triage", "one", id],
    queryFn: () => answered(api.GET("/v1/triage/{incident_id}", { params: { path: { incident_id: id } } })),
  });
}

function useRefresh() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["incidents"] });
}

/** Takes an incident on, or lets go of it. */
export function useClaim(id: string, verb: "claim" | "release") {
  const keyed = useCreationKey();
  const to = { params: { path: { incident_id: id } } };
  const path = verb === "claim" ? "/v1/incidents/{incident_id}/claim" : "/v1/incidents/{incident_id}/release";
  // A refusal says who has it: what is shown is out of date then, too.
  return useMutation({ mutationFn: () => answered(api.POST(path, { ...to, headers: keyed([id, verb, Date.now()]) })), onSettled: useRefresh() });
}

/** Discards or restores an incident, as it was seen. */
export function useDecision(id: string, version: number, verb: "discard" | "restore") {
  const to = { params: { path: { incident_id: id } }, headers: step(version) };
  const path = verb === "discard" ? "/v1/incidents/{incident_id}/discard" : "/v1/incidents/{incident_id}/restore";
  return useMutation({ mutationFn: (reason: string) => answered(api.POST(path, { ...to, body: { reason } })), onSuccess: useRefresh() });
}

/** Takes several on, or discards them for one reason; each is answered. */
export function useSeveral() {
  const keyed = useCreationKey();
  const refresh = useRefresh();
  const claim = useMutation({
    mutationFn: (incidents: string[]) => answered(api.POST("/v1/triage/claim", { body: { incidents }, headers: keyed([incidents, Date.now()]) })),
    onSettled: refresh,
  });
  const discard = useMutation({
    mutationFn: (body: { incidents: string[]; reason: string }) => answered(api.POST("/v1/triage/discard", { body, headers: keyed([body, Date.now()]) })),
    onSettled: refresh,
  });
  return { claim, discard };
}

export function useTranslating(observation: string) {
  const keyed = useCreationKey();
  const to = { params: { path: { observation_id: observation } } };
  return useMutation({ mutationFn: (body: TranslationBody) => answered(api.POST("/v1/observations/{observation_id}/translations", { ...to, body, headers: keyed(body) })), onSuccess: useRefresh() });
}
