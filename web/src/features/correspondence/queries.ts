import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answered, api } from "../../api/client";
import { step, useCreationKey } from "../../api/creation-key";
import type { Letter, LetterBody, LetterDetail } from "../../api/types";
import type { LetterSearch } from "./search";

export function useLetters(search: LetterSearch) {
  return useInfiniteQuery({
    queryKey: ["correspondence", search],
    queryFn: ({ pageParam }) => answered(api.GET("/v1/correspondence", { params: { query: { ...search, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** Letters that can be answered by one of the other direction. */
export function useAwaiting(direction: Letter["direction"]) {
  return useQuery({
    queryKey: ["correspondence", "awaiting", direction],
    queryFn: () => answered(api.GET("/v1/correspondence", { params: { query: { direction, state: "open", limit: 200 } } })),
  });
}

export function useLetter(id: string) {
  return useQuery({ queryKey: ["correspondence", id], queryFn: () => answered(api.GET("/v1/correspondence/{letter_id}", { params: { path: { letter_id: id } } })) });
}

function useRefresh() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["correspondence"] });
}

export function useRegistering() {
  const keyed = useCreationKey();
  return useMutation({ mutationFn: (body: LetterBody) => answered(api.POST("/v1/correspondence", { body, headers: keyed(body) })), onSuccess: useRefresh() });
}

export function useClosing({ id, version }: LetterDetail) {
  return useMutation({
    mutationFn: (reason: string) => answered(api.POST("/v1/correspondence/{letter_id}/close", { params: { path: { letter_id: id } }, headers: step(version), body: { reason } })),
    onSuccess: useRefresh(),
  });
}

export function useAttaching({ id }: LetterDetail) {
  return useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.append("file", file);
      return answered(api.POST("/v1/correspondence/{letter_id}/attachments", { params: { path: { letter_id: id } }, body: { file: file.name }, bodySerializer: () => form }));
    },
    onSuccess: useRefresh(),
  });
}
