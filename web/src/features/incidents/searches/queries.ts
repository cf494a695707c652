import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answered, api } from "../../../api/client";
import { etag, useCreationKey } from "../../../api/creation-key";
import type { SavedSearch, SearchBody } from "../../../api/types";

const KEY = ["searches"];

export function useSearches(isOn: boolean) {
  return useQuery({ queryKey: KEY, queryFn: () => answered(api.GET("/v1/searches", { params: { query: { limit: 100 } } })), enabled: isOn });
}

function useRefresh() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: KEY });
}

export function useKeeping() {
  const keyed = useCreationKey();
  return useMutation({ mutationFn: (body: SearchBody) => answered(api.POST("/v1/searches", { body, headers: keyed(body) })), onSuccess: useRefresh() });
}

/** Opened, what it found is seen, and it goes on with the rights of today. */
export function useOpening() {
  return useMutation({ mutationFn: (id: string) => answered(api.POST("/v1/searches/{search_id}/open", { params: { path: { search_id: id } } })), onSuccess: useRefresh() });
}

export function useDropping() {
  return useMutation({
    mutationFn: ({ id, version }: SavedSearch) => answered(api.DELETE("/v1/searches/{search_id}", { params: { path: { search_id: id } }, headers: { "If-Match": etag(version) } })),
    onSettled: useRefresh(),
  });
}
