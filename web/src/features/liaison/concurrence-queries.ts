import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { answered, api } from "../../api/client";
import { step, useCreationKey } from "../../api/creation-key";
import type { Concurrence, ConcurrenceBody, Grant } from "../../api/types";
import { endOfDay } from "../../domain/times";
import { useLiaisonRefresh } from "./queries";
import type { LiaisonSearch } from "./search";

const PAGE = 200;
const SOON_DAYS = 30;

/** The midnight after which what ends does not end soon. */
function soon(): string {
  const day = new Date(Date.now() + (SOON_DAYS + 1) * 24 * 3600 * 1000);
  return `${day.toISOString().slice(0, 10)}T00:00:00Z`;
}

function readPage({ concurrences, country, true_on, known_on }: LiaisonSearch, cursor: string | undefined, limit = PAGE) {
  const query = { country, cursor, limit };
  if (concurrences === "requested") return answered(api.GET("/v1/concurrences", { params: { query: { ...query, state: "requested" } } }));
  if (concurrences === "register") return answered(api.GET("/v1/concurrences", { params: { query: { ...query, as_of: endOfDay(true_on), known_at: endOfDay(known_on) } } }));
  const ending = concurrences === "soon" ? { ending_before: soon() } : {};
  return answered(api.GET("/v1/concurrences/board", { params: { query: { ...query, ...ending } } }));
}

/** What the chosen view of the concurrences shows: the board as it stands, or the register as it was known. */
export function useConcurrences(search: LiaisonSearch) {
  const { concurrences, country, true_on, known_on } = search;
  return useInfiniteQuery({
    queryKey: ["concurrences", concurrences, country, true_on, known_on],
    queryFn: ({ pageParam }) => readPage(search, pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

async function readEnding(country: LiaisonSearch["country"]): Promise<Set<string>> {
  const ending = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await readPage({ concurrences: "soon", country }, cursor);
    page.items.forEach(({ id }) => ending.add(id));
    cursor = page.next ?? undefined;
  } while (cursor);
  return ending;
}

/** All that end within a month, as the board judges it: somebody has to ask again. */
export function useEndingSoon(country: LiaisonSearch["country"]) {
  return useQuery({ queryKey: ["concurrences", "ending", country], queryFn: () => readEnding(country) });
}

export function useRequestConcurrence() {
  const keyed = useCreationKey();
  return useMutation({
    mutationFn: (body: ConcurrenceBody) => answered(api.POST("/v1/concurrences", { body, headers: keyed(body) })),
    onSuccess: useLiaisonRefresh(),
  });
}

export type ConcurrenceVerb = "decline" | "confirm";

/** `said` is why it was declined, or the note that confirms it. */
export function useConcurrenceStep({ id, version }: Concurrence) {
  const to = { params: { path: { concurrence_id: id } }, headers: step(version) };
  return useMutation({
    mutationFn: ({ verb, said }: { verb: ConcurrenceVerb; said: string }) =>
      verb === "confirm"
        ? answered(api.POST("/v1/concurrences/{concurrence_id}/confirm", { ...to, body: { answered_by: said } }))
        : answered(api.POST("/v1/concurrences/{concurrence_id}/decline", { ...to, body: { reason: said } })),
    onSuccess: useLiaisonRefresh(),
  });
}

export function useGrant({ id, version }: Concurrence) {
  const to = { params: { path: { concurrence_id: id } }, headers: step(version) };
  return useMutation({ mutationFn: (body: Grant) => answered(api.POST("/v1/concurrences/{concurrence_id}/grant", { ...to, body })), onSuccess: useLiaisonRefresh() });
}

export function useAffected(id: string, effectiveAt: string | undefined) {
  return useQuery({
    queryKey: ["engagements", "affected", id, effectiveAt],
    queryFn: () => answered(api.GET("/v1/concurrences/{concurrence_id}/affected", { params: { path: { concurrence_id: id }, query: { effective_at: effectiveAt } } })),
    placeholderData: keepPreviousData,
  });
}

export function useWithdrawal({ id, version }: Concurrence) {
  const to = { params: { path: { concurrence_id: id } }, headers: step(version) };
  return useMutation({
    mutationFn: (body: { reason: string; effective_at: string | null }) => answered(api.POST("/v1/concurrences/{concurrence_id}/withdraw", { ...to, body })),
    onSuccess: useLiaisonRefresh(),
  });
}
