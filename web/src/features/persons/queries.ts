import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answered, api } from "../../api/client";
import { step, useCreationKey } from "../../api/creation-key";
import type { MarkBody, PersonNamedIn } from "../../api/types";

/** The persons an observation names. */
export function usePersons(observation: string, isAllowed: boolean) {
  return useQuery({
    queryKey: ["persons", observation],
    queryFn: () => answered(api.GET("/v1/observations/{observation_id}/persons", { params: { path: { observation_id: observation } } })),
    enabled: isAllowed,
  });
}

function useChanged(observation: string) {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ["persons", observation] });
}

/** Decides of words that nobody decided of yet. */
export function useMark(observation: string) {
  const key = useCreationKey();
  return useMutation({
    mutationFn: (body: MarkBody) => answered(api.POST("/v1/observations/{observation_id}/persons", { params: { path: { observation_id: observation } }, body, headers: key(body) })),
    onSuccess: useChanged(observation),
  });
}

export interface Decision {
  person: PersonNamedIn;
  verb: "confirm" | "dismiss";
}

/** Confirms or dismisses words: by the mark they bear, or by a new one. */
export function useDecide(observation: string) {
  const mark = useMark(observation);
  return useMutation({
    mutationFn: async ({ person, verb }: Decision) => {
      if (person.mark === null) return mark.mutateAsync({ words: person.words, role: person.role, state: verb === "confirm" ? "confirmed" : "dismissed" });
      const to = { params: { path: { mark_id: person.mark } }, headers: step(person.version ?? 1) };
      return verb === "confirm" ? answered(api.POST("/v1/persons/{mark_id}/confirm", { ...to, body: {} })) : answered(api.POST("/v1/persons/{mark_id}/dismiss", to));
    },
    onSuccess: useChanged(observation),
  });
}
