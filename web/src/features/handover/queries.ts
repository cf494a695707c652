import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answered, api } from "../../api/client";
import { step } from "../../api/creation-key";
import type { Handover, SeriesReview } from "../../api/types";
import type { HandoverSearch } from "./search";

const POLL_MS = 1_000;

export function useHandovers({ state }: HandoverSearch) {
  return useInfiniteQuery({
    queryKey: ["handovers", "list", state],
    queryFn: ({ pageParam }) => answered(api.GET("/v1/handovers", { params: { query: { state, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

const at = (id: string) => ({ params: { path: { handover_id: id } } });

/** While records are being placed, it is asked for again every second: progress is shown as it happens. */
export function useHandover(id: string) {
  return useQuery({
    queryKey: ["handovers", id],
    queryFn: () => answered(api.GET("/v1/handovers/{handover_id}", at(id))),
    refetchInterval: ({ state }) => (state.data?.state === "importing" ? POLL_MS : false),
  });
}

/** `progress` is a part of the key, so that counts follow what is being placed. */
export function useReconciliation({ id, processed, version }: Handover) {
  return useQuery({
    queryKey: ["handovers", id, "reconciliation", processed, version],
    queryFn: () => answered(api.GET("/v1/handovers/{handover_id}/reconciliation", at(id))),
    placeholderData: keepPreviousData,
  });
}

export function useSeries({ id, processed, version }: Handover) {
  return useQuery({
    queryKey: ["handovers", id, "series", processed, version],
    queryFn: () => answered(api.GET("/v1/handovers/{handover_id}/series", at(id))),
    placeholderData: keepPreviousData,
  });
}

export function useQuarantine(id: string) {
  return useInfiniteQuery({
    queryKey: ["handovers", id, "quarantine"],
    queryFn: ({ pageParam }) => answered(api.GET("/v1/handovers/{handover_id}/quarantine", { params: { path: { handover_id: id }, query: { cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
}

export function useDuplicates({ id, processed }: Handover) {
  return useInfiniteQuery({
    queryKey: ["handovers", id, "duplicates", processed],
    queryFn: ({ pageParam }) => answered(api.GET("/v1/handovers/{handover_id}/duplicates", { params: { path: { handover_id: id }, query: { cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function useReceipt({ id, state, version }: Handover) {
  return useQuery({
    queryKey: ["handovers", id, "receipt", version],
    queryFn: () => answered(api.GET("/v1/handovers/{handover_id}/receipt", at(id))),
    enabled: state === "imported",
  });
}

function useRefresh() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["handovers"] });
}

/** The package goes as it is, as a stream of bytes; its name says which of the two forms it has. */
export function useReceivePackage() {
  return useMutation({
    mutationFn: (file: File) => {
      const media = file.name.endsWith(".zip") ? "application/zip" : "application/gzip";
      return answered(api.POST("/v1/handovers", { body: file as unknown as string, bodySerializer: () => file, headers: { "Content-Type": media } }));
    },
    onSuccess: useRefresh(),
  });
}

export function useStartImport({ id, version }: Handover) {
  return useMutation({
    mutationFn: () => answered(api.POST("/v1/handovers/{handover_id}/start", { ...at(id), headers: step(version) })),
    onSuccess: useRefresh(),
  });
}

export function useReviewSeries({ id, version }: Handover, series: string) {
  return useMutation({
    mutationFn: (body: SeriesReview) =>
      answered(api.POST("/v1/handovers/{handover_id}/series/{series}/review", { params: { path: { handover_id: id, series } }, body, headers: step(version) })),
    onSuccess: useRefresh(),
  });
}

export function useRetryQuarantine({ id, version }: Handover) {
  return useMutation({
    mutationFn: () => answered(api.POST("/v1/handovers/{handover_id}/quarantine/retry", { ...at(id), headers: step(version) })),
    onSuccess: useRefresh(),
  });
}

export function useMend({ id, version }: Handover, record: string) {
  return useMutation({
    mutationFn: (mended: Record<string, unknown>) =>
      answered(
        api.POST("/v1/handovers/{handover_id}/quarantine/{record_id}/mend", {
          params: { path: { handover_id: id, record_id: record } },
          body: { record: mended },
          headers: { "Idempotency-Key": step(version)["Idempotency-Key"] },
        }),
      ),
    onSuccess: useRefresh(),
  });
}

export function useSignReceipt({ id, version }: Handover) {
  return useMutation({
    mutationFn: (body: { name: string; custodian: string | null }) => answered(api.POST("/v1/handovers/{handover_id}/sign", { ...at(id), body, headers: step(version) })),
    onSuccess: useRefresh(),
  });
}
