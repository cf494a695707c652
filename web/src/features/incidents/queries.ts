import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answered, api } from "../../api/client";
import { step } from "../../api/creation-key";
import type { operations } from "../../api/schema";
import type { Account, IncidentDetail, IncidentGrade } from "../../api/types";
import { asQuery, type IncidentSearch } from "./search";

const PAGE = 50;

export function useIncidents(search: IncidentSearch) {
  const query = { ...asQuery(search), bbox: search.bbox, order: search.q ? search.order : undefined };
  return useInfiniteQuery({
    queryKey: ["incidents", "list", query],
    queryFn: ({ pageParam }) => answered(api.GET("/v1/incidents", { params: { query: { ...query, limit: PAGE, cursor: pageParam } } })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

type MapQuery = operations["mapIncidents"]["parameters"]["query"];
export type IncidentPoints = Awaited<ReturnType<typeof readMap>>;

function readMap(query: MapQuery) {
  return answered(api.GET("/v1/incidents/map", { params: { query } }));
}

export function useIncidentMap(search: IncidentSearch, resolution: number | undefined) {
  const query: MapQuery = { ...asQuery(search), resolution };
  return useQuery({
    queryKey: ["incidents", "map", query],
    queryFn: () => readMap(query),
    enabled: resolution !== undefined,
    placeholderData: keepPreviousData,
  });
}

/** How many incidents fit, by what their accounts say. */
export function useFacets(search: IncidentSearch) {
  const query = { ...asQuery(search), bbox: search.bbox };
  return useQuery({
    queryKey: ["incidents", "facets", query],
    queryFn: () => answered(api.GET("/v1/incidents/facets", { params: { query } })),
    placeholderData: keepPreviousData,
  });
}

export function useIncident(id: string) {
  return useQuery({
    queryKey: ["incidents", "one", id],
    queryFn: () => answered(api.GET("/v1/incidents/{incident_id}", { params: { path: { incident_id: id } } })),
  });
}

/** Which articles mention a lead; nothing is asked where the account says that none does. */
export function useMentions({ mentions, observation: { id } }: Account) {
  return useQuery({
    queryKey: ["incidents", "mentions", id],
    queryFn: () => answered(api.GET("/v1/observations/{observation_id}/mentions", { params: { path: { observation_id: id } } })),
    enabled: mentions > 0,
  });
}

const FEW = 20;

/** Incidents by words of their title or text, the newest few. */
export function useIncidentsNamed(q: string) {
  return useQuery({
    queryKey: ["incidents", "named", q],
    queryFn: () => answered(api.GET("/v1/incidents", { params: { query: { q: q === "" ? undefined : q, limit: FEW } } })),
    placeholderData: keepPreviousData,
  });
}

/** Areas, enclaves and disputed stretches, by their names. */
export function usePlaces() {
  return useQuery({ queryKey: ["places"], queryFn: () => answered(api.GET("/v1/places")), staleTime: Infinity });
}

export function useGradeIncident({ id, version }: IncidentDetail) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: IncidentGrade) => answered(api.POST("/v1/incidents/{incident_id}/grade", { params: { path: { incident_id: id } }, body, headers: step(version) })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["incidents"] }),
  });
}
