import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answered, api } from "../../api/client";
import { etag, step, useCreationKey } from "../../api/creation-key";
import type { Engagement, EngagementBody, EngagementPlan, Party } from "../../api/types";
import type { LiaisonSearch } from "./search";

const PAGE = 200;

/** Every party the person may know of; names on the board need them all. */
async function readParties(): Promise<Party[]> {
  const parties: Party[] = [];
  let cursor: string | undefined;
  do {
    const page = await answered(api.GET("/v1/parties", { params: { query: { limit: PAGE, cursor } } }));
    parties.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor);
  return parties;
}

export function useParties(isOn = true) {
  return useQuery({ queryKey: ["parties"], queryFn: readParties, staleTime: 60_000, enabled: isOn });
}

export function useEngagements({ state, country }: LiaisonSearch) {
  return useInfiniteQuery({
    queryKey: ["engagements", state, country],
    queryFn: ({ pageParam }) => answered(api.GET("/v1/engagements", { params: { query: { state, country, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function useLiaisonRefresh() {
  const queries = useQueryClient();
  return () => Promise.all(["engagements", "concurrences", "notes-to-file", "commitments"].map((key) => queries.invalidateQueries({ queryKey: [key] })));
}

export function useProposeEngagement() {
  const keyed = useCreationKey();
  return useMutation({
    mutationFn: (body: EngagementBody) => answered(api.POST("/v1/engagements", { body, headers: keyed(body) })),
    onSuccess: useLiaisonRefresh(),
  });
}

export type EngagementVerb = "schedule" | "hold" | "report" | "cancel";

export function useEngagementStep({ id, version }: Engagement) {
  const to = { params: { path: { engagement_id: id } }, headers: step(version) };
  return useMutation({
    mutationFn: ({ verb, reason }: { verb: EngagementVerb; reason: string }) =>
      verb === "cancel" ? answered(api.POST("/v1/engagements/{engagement_id}/cancel", { ...to, body: { reason } })) : answered(api.POST(`/v1/engagements/{engagement_id}/${verb}`, to)),
    onSuccess: useLiaisonRefresh(),
  });
}

export function useEngagement(id: string, isOn = true) {
  return useQuery({ enabled: isOn, queryKey: ["engagements", "one", id], queryFn: () => answered(api.GET("/v1/engagements/{engagement_id}", { params: { path: { engagement_id: id } } })) });
}

export function useConflicts(id: string) {
  return useQuery({ queryKey: ["engagements", "conflicts", id], queryFn: () => answered(api.GET("/v1/engagements/{engagement_id}/conflicts", { params: { path: { engagement_id: id } } })) });
}

export function useEngagementEdit({ id, version }: Engagement) {
  const to = { params: { path: { engagement_id: id } }, headers: { "If-Match": etag(version) } };
  return useMutation({ mutationFn: (body: EngagementPlan) => answered(api.PUT("/v1/engagements/{engagement_id}", { ...to, body })), onSuccess: useLiaisonRefresh() });
}
