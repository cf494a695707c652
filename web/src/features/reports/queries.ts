import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answered, api } from "../../api/client";
import { etag, step, useCreationKey } from "../../api/creation-key";
import type { Report, ReportBody } from "../../api/types";
import type { ReportSearch } from "./search";

export function useReports(search: ReportSearch) {
  return useInfiniteQuery({
    queryKey: ["reports", "list", search],
    queryFn: ({ pageParam }) => answered(api.GET("/v1/reports", { params: { query: { ...search, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function readReport(id: string): Promise<Report> {
  return answered(api.GET("/v1/reports/{report_id}", { params: { path: { report_id: id } } }));
}

export function useReport(id: string) {
  return useQuery({ queryKey: ["reports", "one", id], queryFn: () => readReport(id) });
}

export function useCreateReport() {
  const queries = useQueryClient();
  const keyed = useCreationKey();
  return useMutation({
    mutationFn: (body: ReportBody) => answered(api.POST("/v1/reports", { body, headers: keyed(body) })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["reports"] }),
  });
}

export function useUpdateReport(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ body, version }: { body: ReportBody; version: number }) =>
      answered(api.PUT("/v1/reports/{report_id}", { params: { path: { report_id: id } }, body, headers: { "If-Match": etag(version) } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["reports"] }),
  });
}

export type Verb = "submit" | "review" | "clear" | "issue" | "return" | "recall" | "keep";

function take(verb: Verb, { id, version }: Report, words: string): Promise<Report> {
  const to = { params: { path: { report_id: id } }, headers: step(version) };
  if (verb === "return") return answered(api.POST("/v1/reports/{report_id}/return", { ...to, body: { comment: words } }));
  if (verb === "keep") return answered(api.POST("/v1/reports/{report_id}/keep-talks", { ...to, body: { reason: words } }));
  if (verb === "recall") return answered(api.POST("/v1/reports/{report_id}/recall", { ...to, body: { reason: words } }));
  return answered(api.POST(`/v1/reports/{report_id}/${verb}`, to));
}

/** Takes a step of the clearance chain. */
export function useReportStep(report: Report) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ verb, words }: { verb: Verb; words: string }) => take(verb, report, words),
    onSuccess: (after) => {
      queries.setQueryData(["reports", "one", after.id], after);
      return queries.invalidateQueries({ queryKey: ["reports"] });
    },
  });
}
