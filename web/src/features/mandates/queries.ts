import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { answered, api } from "../../api/client";
import { step, useCreationKey } from "../../api/creation-key";
import type { Mandate, MandateBody, MandateCorrection, MandateEnd } from "../../api/types";
import { endOfDay } from "../../domain/times";
import type { MandateSearch } from "./search";

export function useMandates({ organization, state, true_on, known_on }: MandateSearch) {
  const query = { organization, state, as_of: endOfDay(true_on), known_at: endOfDay(known_on), limit: 100 };
  return useInfiniteQuery({
    queryKey: ["mandates", query],
    queryFn: ({ pageParam }) => answered(api.GET("/v1/mandates", { params: { query: { ...query, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** What is taken back by an end or a correction is a package. */
function useRefresh() {
  const queries = useQueryClient();
  return () => Promise.all(["mandates", "packages"].map((collection) => queries.invalidateQueries({ queryKey: [collection] })));
}

export function useDeclaration() {
  const keyed = useCreationKey();
  return useMutation({ mutationFn: (body: MandateBody) => answered(api.POST("/v1/mandates", { body, headers: keyed(body) })), onSuccess: useRefresh() });
}

export function useEnd({ id, version }: Mandate) {
  const to = { params: { path: { mandate_id: id } }, headers: step(version) };
  return useMutation({ mutationFn: (body: MandateEnd) => answered(api.POST("/v1/mandates/{mandate_id}/end", { ...to, body })), onSuccess: useRefresh() });
}

export function useCorrection({ id, version }: Mandate) {
  const to = { params: { path: { mandate_id: id } }, headers: step(version) };
  return useMutation({ mutationFn: (body: MandateCorrection) => answered(api.POST("/v1/mandates/{mandate_id}/correct", { ...to, body })), onSuccess: useRefresh() });
}
