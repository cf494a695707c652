import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answered, api } from "../../api/client";
import { etag, useCreationKey } from "../../api/creation-key";
import type { Feed, FeedBody, FeedChange } from "../../api/types";

/** A fetched feed changes without an event when a fetch fails, and the clock makes one silent. */
const CLOCK_MS = 15_000;

export function useFeeds() {
  return useInfiniteQuery({
    queryKey: ["feeds", "list"],
    queryFn: ({ pageParam }) => answered(api.GET("/v1/feeds", { params: { query: { limit: 100, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: CLOCK_MS,
  });
}

export function useFeed(id: string) {
  return useQuery({
    queryKey: ["feeds", id],
    queryFn: () => answered(api.GET("/v1/feeds/{feed}", { params: { path: { feed: id } } })),
    refetchInterval: CLOCK_MS,
  });
}

export function useSubmissions(feed: string) {
  return useInfiniteQuery({
    queryKey: ["submissions", feed],
    queryFn: ({ pageParam }) => answered(api.GET("/v1/submissions", { params: { query: { feed, limit: 20, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function useRejections(submission: string) {
  return useInfiniteQuery({
    queryKey: ["submissions", "rejections", submission],
    queryFn: ({ pageParam }) =>
      answered(api.GET("/v1/submissions/{submission_id}/rejections", { params: { path: { submission_id: submission }, query: { limit: 50, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
}

export function useSaveFeed(of: Feed | undefined) {
  const queries = useQueryClient();
  const key = useCreationKey();
  return useMutation({
    mutationFn: ({ id, organization, ...change }: FeedBody): Promise<Feed> => {
      if (of) return saveChange(of, change);
      const body = { id, organization, ...change };
      return answered(api.POST("/v1/feeds", { body, headers: key(body) }));
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ["feeds"] }),
  });
}

function saveChange({ id, version }: Feed, body: FeedChange): Promise<Feed> {
  return answered(api.PUT("/v1/feeds/{feed}", { params: { path: { feed: id } }, body, headers: { "If-Match": etag(version) } }));
}

/** By the ending of its name: browsers know few of these types, and call the rest octets. */
const MEDIA: Record<string, string> = {
  json: "application/json",
  ndjson: "application/x-ndjson",
  csv: "text/csv",
  tsv: "text/tab-separated-values",
  geojson: "application/geo+json",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  cap: "application/cap+xml",
  xml: "application/xml",
  atom: "application/atom+xml",
  rss: "application/rss+xml",
  zip: "application/zip",
};

/** The first rows of a file as they would be read; the file goes as it is. */
export function usePreview(feed: string) {
  return useMutation({
    mutationFn: (file: File) => {
      const media = MEDIA[file.name.split(".").at(-1)?.toLowerCase() ?? ""] ?? "application/octet-stream";
      return answered(
        api.POST("/v1/feeds/{feed}/preview", { params: { path: { feed } }, body: file as unknown as string, bodySerializer: () => file, headers: { "Content-Type": media } }),
      );
    },
  });
}
