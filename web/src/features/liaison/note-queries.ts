import { useMutation, useQuery } from "@tanstack/react-query";
import { answered, api } from "../../api/client";
import { etag, step, useCreationKey } from "../../api/creation-key";
import { asProblem } from "../../api/problem";
import type { Note, Readout } from "../../api/types";
import { useLiaisonRefresh } from "./queries";

interface NoteText {
  title: string;
  statements: { text: string }[];
}

export function useNotes(engagement: string) {
  return useQuery({ queryKey: ["notes-to-file", engagement], queryFn: () => answered(api.GET("/v1/notes-to-file", { params: { query: { engagement, limit: 200 } } })) });
}

/** Saves a draft: a new one, or the one that is there. */
export function useNoteSaving(engagement: string, note: Note | undefined) {
  const keyed = useCreationKey();
  return useMutation({
    mutationFn: (body: NoteText) =>
      note
        ? answered(api.PUT("/v1/notes-to-file/{note_id}", { params: { path: { note_id: note.id } }, headers: { "If-Match": etag(note.version) }, body }))
        : answered(api.POST("/v1/notes-to-file", { body: { ...body, engagement }, headers: keyed(body) })),
    onSuccess: useLiaisonRefresh(),
  });
}

export function useNoteFiling({ id, version }: Note) {
  return useMutation({
    mutationFn: () => answered(api.POST("/v1/notes-to-file/{note_id}/file", { params: { path: { note_id: id } }, headers: step(version) })),
    onSuccess: useLiaisonRefresh(),
  });
}

/** The readout of a note, or null while nobody wrote one. */
export function useReadout(note: string) {
  return useQuery({
    queryKey: ["notes-to-file", "readout", note],
    queryFn: () =>
      answered(api.GET("/v1/notes-to-file/{note_id}/readout", { params: { path: { note_id: note } } })).catch((error: unknown) => {
        if (asProblem(error).status === 404) return null;
        throw error;
      }),
  });
}

export function useReadoutSaving(note: string, readout: Readout | null) {
  const keyed = useCreationKey();
  const params = { path: { note_id: note } };
  return useMutation({
    mutationFn: (body: { title: string; text: string }) =>
      readout
        ? answered(api.PUT("/v1/notes-to-file/{note_id}/readout", { params, headers: { "If-Match": etag(readout.version) }, body }))
        : answered(api.POST("/v1/notes-to-file/{note_id}/readout", { params, headers: keyed(body), body })),
    onSuccess: useLiaisonRefresh(),
  });
}

export function useReadoutApproval(note: string, readout: Readout) {
  return useMutation({
    mutationFn: () => answered(api.POST("/v1/notes-to-file/{note_id}/readout/approve", { params: { path: { note_id: note } }, headers: step(readout.version) })),
    onSuccess: useLiaisonRefresh(),
  });
}
