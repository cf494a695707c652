import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answered, api } from "../../api/client";
import { step } from "../../api/creation-key";
import type { operations } from "../../api/schema";
import type { Package } from "../../api/types";
import type { ExchangeSearch } from "./search";

export function usePackages(search: ExchangeSearch) {
  return useInfiniteQuery({
    queryKey: ["packages", "list", search],
    queryFn: ({ pageParam }) => answered(api.GET("/v1/packages", { params: { query: { ...search, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function useOrganizations() {
  return useQuery({
    queryKey: ["organizations"],
    queryFn: () => answered(api.GET("/v1/organizations", { params: { query: { limit: 200 } } })),
    staleTime: 300_000,
  });
}

/** What a recipient would get of an item, decided afresh. `item` is `<type>:<id>`. */
export function useReleaseDecision(item: string, recipient: string) {
  return useQuery({
    queryKey: ["packages", "decision", item, recipient],
    queryFn: () => answered(api.GET("/v1/release-decisions", { params: { query: { item, recipient } } })),
    enabled: item !== "" && recipient !== "",
    staleTime: 0,
  });
}

type CheckBody = operations["checkPackage"]["requestBody"]["content"]["application/json"];

/** The do-no-harm check of what a package is made of, for its recipient. */
export function useCheckPackage({ id, version }: Package) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: CheckBody) => answered(api.POST("/v1/packages/{package_id}/check", { params: { path: { package_id: id } }, body, headers: step(version) })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["packages"] }),
  });
}

interface Decided {
  verb: "release" | "refuse";
  reason: string;
}

export function useDecidePackage({ id, version }: Package) {
  const queries = useQueryClient();
  const to = { params: { path: { package_id: id } }, headers: step(version) };
  return useMutation({
    mutationFn: ({ verb, reason }: Decided) =>
      verb === "release" ? answered(api.POST("/v1/packages/{package_id}/release", to)) : answered(api.POST("/v1/packages/{package_id}/refuse", { ...to, body: { reason } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["packages"] }),
  });
}
