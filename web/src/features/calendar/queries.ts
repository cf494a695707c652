import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answered, api } from "../../api/client";
import { useCreationKey } from "../../api/creation-key";
import type { CalendarEntry, CalendarFeedBody } from "../../api/types";
import { windowOf } from "./days";
import type { CalendarSearch } from "./search";

const PAGE = 200;
type Filters = Pick<CalendarSearch, "kind" | "country" | "theme">;

/** Every entry of a month: shown in part, a calendar would lie. */
async function readMonth(month: string, { kind, country, theme }: Filters): Promise<CalendarEntry[]> {
  const entries: CalendarEntry[] = [];
  const query = { ...windowOf(month), kind: kind && [kind], country: country && [country], theme: theme && [theme], limit: PAGE };
  let cursor: string | undefined;
  do {
    const page = await answered(api.GET("/v1/calendar", { params: { query: { ...query, cursor } } }));
    entries.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor);
  return entries;
}

export function useMonth(month: string, filters: Filters) {
  return useQuery({ queryKey: ["calendar", month, filters], queryFn: () => readMonth(month, filters), placeholderData: keepPreviousData });
}

export function useFeeds() {
  return useQuery({ queryKey: ["calendar-feeds"], queryFn: () => answered(api.GET("/v1/calendar-feeds", { params: { query: { limit: PAGE } } })) });
}

function useRefresh() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["calendar-feeds"] });
}

export function useMakingFeed() {
  const keyed = useCreationKey();
  return useMutation({ mutationFn: (body: CalendarFeedBody) => answered(api.POST("/v1/calendar-feeds", { body, headers: keyed(body) })), onSuccess: useRefresh(), gcTime: 0 });
}

export function useRevokingFeed() {
  return useMutation({ mutationFn: (id: string) => answered(api.POST("/v1/calendar-feeds/{feed_id}/revoke", { params: { path: { feed_id: id } } })), onSuccess: useRefresh() });
}
