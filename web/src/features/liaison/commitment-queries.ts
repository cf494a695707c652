import { keepPreviousData, useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { answered, api } from "../../api/client";
import { step, useCreationKey } from "../../api/creation-key";
import type { Commitment, CommitmentBody } from "../../api/types";
import { useLiaisonRefresh } from "./queries";
import type { CommitmentSearch } from "./search";

export interface CommitmentFilters extends CommitmentSearch {
  engagement?: string;
}

export function useCommitments(search: CommitmentFilters) {
  return useInfiniteQuery({
    queryKey: ["commitments", search],
    queryFn: ({ pageParam }) => answered(api.GET("/v1/commitments", { params: { query: { ...search, cursor: pageParam, limit: 200 } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function useCommitmentMaking() {
  const keyed = useCreationKey();
  return useMutation({ mutationFn: (body: CommitmentBody) => answered(api.POST("/v1/commitments", { body, headers: keyed(body) })), onSuccess: useLiaisonRefresh() });
}

export type CommitmentVerb = "meet" | "cancel";

export function useCommitmentStep({ id, version }: Commitment) {
  const to = { params: { path: { commitment_id: id } }, headers: step(version) };
  return useMutation({
    mutationFn: ({ verb, reason }: { verb: CommitmentVerb; reason: string }) =>
      verb === "meet" ? answered(api.POST("/v1/commitments/{commitment_id}/meet", { ...to, body: {} })) : answered(api.POST("/v1/commitments/{commitment_id}/cancel", { ...to, body: { reason } })),
    onSuccess: useLiaisonRefresh(),
  });
}
