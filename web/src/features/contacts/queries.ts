import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answered, api } from "../../api/client";
import { etag, step, useCreationKey } from "../../api/creation-key";
import { isStale, Problem } from "../../api/problem";
import type { Contact, ContactBody, ContactEdit, ImportResult, Party, PartyBody, PartyEdit, PositionBody, Screening } from "../../api/types";
import type { ContactSearch, PartySearch, ScreeningSearch } from "./search";

const PAGES = { initialPageParam: undefined as string | undefined, getNextPageParam: (last: { next?: string | null }) => last.next ?? undefined, placeholderData: keepPreviousData };

export function useContacts(search: ContactSearch) {
  return useInfiniteQuery({
    queryKey: ["contacts", "list", search],
    queryFn: ({ pageParam }) => answered(api.GET("/v1/contacts", { params: { query: { ...search, cursor: pageParam } } })),
    ...PAGES,
  });
}

export function useContact(id: string, isOn = true) {
  return useQuery({ enabled: isOn, queryKey: ["contacts", id], queryFn: () => answered(api.GET("/v1/contacts/{contact_id}", { params: { path: { contact_id: id } } })) });
}

export function usePositions(id: string) {
  return useQuery({ queryKey: ["contacts", id, "positions"], queryFn: () => answered(api.GET("/v1/contacts/{contact_id}/positions", { params: { path: { contact_id: id } } })) });
}

export function useIssuedCopies(id: string) {
  return useQuery({ queryKey: ["contacts", id, "copies"], queryFn: () => answered(api.GET("/v1/contacts/{contact_id}/issued-copies", { params: { path: { contact_id: id } } })) });
}

export function usePartyList(search: PartySearch) {
  return useInfiniteQuery({
    queryKey: ["parties", "list", search],
    queryFn: ({ pageParam }) => answered(api.GET("/v1/parties", { params: { query: { ...search, cursor: pageParam } } })),
    ...PAGES,
  });
}

export function useParty(id: string) {
  const path = { params: { path: { party_id: id } } };
  return {
    party: useQuery({ queryKey: ["parties", id], queryFn: () => answered(api.GET("/v1/parties/{party_id}", path)) }),
    relations: useQuery({ queryKey: ["parties", id, "relations"], queryFn: () => answered(api.GET("/v1/parties/{party_id}/relations", path)) }),
    history: useQuery({ queryKey: ["parties", id, "history"], queryFn: () => answered(api.GET("/v1/parties/{party_id}/history", path)) }),
    people: useQuery({ queryKey: ["contacts", "at", id], queryFn: () => answered(api.GET("/v1/parties/{party_id}/focal-points", path)) }),
  };
}

export function useScreenings(search: ScreeningSearch) {
  return useInfiniteQuery({
    queryKey: ["screenings", search],
    queryFn: ({ pageParam }) => answered(api.GET("/v1/screenings", { params: { query: { ...search, cursor: pageParam } } })),
    ...PAGES,
  });
}

export function useSanctionsList() {
  return useQuery({ queryKey: ["sanctions-list"], queryFn: () => answered(api.GET("/v1/sanctions-list")) });
}

function useRefresh(collection: string) {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: [collection] });
}

export function useEnterContact() {
  const keyed = useCreationKey();
  return useMutation({ mutationFn: (body: ContactBody) => answered(api.POST("/v1/contacts", { body, headers: keyed(body) })), onSuccess: useRefresh("contacts") });
}

export function useRegisterParty() {
  const keyed = useCreationKey();
  return useMutation({ mutationFn: (body: PartyBody) => answered(api.POST("/v1/parties", { body, headers: keyed(body) })), onSuccess: useRefresh("parties") });
}

/** What is refused as stale is read anew, so that both texts can be shown. */
function useEditOutcome(collection: string) {
  const refresh = useRefresh(collection);
  return { onSuccess: refresh, onError: (error: Error) => (isStale(error) ? refresh() : undefined) };
}

export function useEditContact({ id, version }: Contact) {
  const to = { params: { path: { contact_id: id } }, headers: { "If-Match": etag(version) } };
  return useMutation({ mutationFn: (body: ContactEdit) => answered(api.PUT("/v1/contacts/{contact_id}", { ...to, body })), ...useEditOutcome("contacts") });
}

export function useEditParty({ id, version }: Party) {
  const to = { params: { path: { party_id: id } }, headers: { "If-Match": etag(version) } };
  return useMutation({ mutationFn: (body: PartyEdit) => answered(api.PUT("/v1/parties/{party_id}", { ...to, body })), ...useEditOutcome("parties") });
}

/** Records a position, or what is known better of one that was recorded. */
export function useRecordPosition(id: string, corrected: string | undefined) {
  const keyed = useCreationKey();
  return useMutation({
    mutationFn: (body: PositionBody) => {
      const said = { body, headers: keyed(body) };
      if (corrected) return answered(api.POST("/v1/contacts/{contact_id}/positions/{position_id}/correct", { params: { path: { contact_id: id, position_id: corrected } }, ...said }));
      return answered(api.POST("/v1/contacts/{contact_id}/positions", { params: { path: { contact_id: id } }, ...said }));
    },
    onSuccess: useRefresh("contacts"),
  });
}

export function useVoidPosition(contact: string, position: string) {
  const keyed = useCreationKey();
  const params = { path: { contact_id: contact, position_id: position } };
  return useMutation({ mutationFn: () => answered(api.POST("/v1/contacts/{contact_id}/positions/{position_id}/void", { params, headers: keyed(position) })), onSuccess: useRefresh("contacts") });
}

export type ContactVerb = "review" | "merge" | "unmerge" | "erase";

export function useContactStep({ id, version }: Contact) {
  const to = { params: { path: { contact_id: id } }, headers: step(version) };
  const steps = {
    review: () => api.POST("/v1/contacts/{contact_id}/review", { ...to, body: {} }),
    merge: (into: string) => api.POST("/v1/contacts/{contact_id}/merge", { ...to, body: { into } }),
    unmerge: () => api.POST("/v1/contacts/{contact_id}/unmerge", to),
    erase: (reason: string) => api.POST("/v1/contacts/{contact_id}/erase", { ...to, body: { reason } }),
  };
  return useMutation({ mutationFn: ({ verb, said }: { verb: ContactVerb; said: string }) => answered(steps[verb](said)), onSuccess: useRefresh("contacts") });
}

export interface Decision {
  verb: "clear" | "confirm";
  reason: string;
  mayBeMet: boolean;
}

export function useDecide({ id, version }: Screening) {
  const to = { params: { path: { screening_id: id } }, headers: step(version) };
  return useMutation({
    mutationFn: ({ verb, reason, mayBeMet }: Decision) =>
      verb === "clear"
        ? answered(api.POST("/v1/screenings/{screening_id}/clear", { ...to, body: { reason } }))
        : answered(api.POST("/v1/screenings/{screening_id}/confirm", { ...to, body: { reason, may_be_met: mayBeMet } })),
    onSuccess: useRefresh("screenings"),
  });
}

interface ContactFile {
  file: File;
  purpose: string;
}

export function useImportContacts() {
  const keyed = useCreationKey();
  return useMutation({
    mutationFn: async ({ file, purpose }: ContactFile): Promise<ImportResult> => {
      const type = /\.(vcf|vcard)$/i.test(file.name) ? "text/vcard" : "text/csv";
      const headers = { "Content-Type": type, ...keyed([file.name, file.size, file.lastModified, purpose]) };
      const query = purpose.trim() ? `?purpose=${encodeURIComponent(purpose.trim())}` : "";
      const answer = await fetch(`/v1/contacts/import${query}`, { method: "POST", body: file, headers }).catch((reason: unknown) => {
        throw Problem.unreachable(reason);
      });
      const said: unknown = await answer.json();
      if (!answer.ok) throw Problem.of(answer.status, said);
      return said as ImportResult;
    },
    onSuccess: useRefresh("contacts"),
  });
}
