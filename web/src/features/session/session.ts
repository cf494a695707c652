import { queryOptions, useMutation, useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { createContext, use } from "react";
import { answered, api } from "../../api/client";
import { asProblem } from "../../api/problem";
import { sessionExpiry } from "../../api/session-expiry";
import type { Operation, Whoami } from "../../api/types";

export const SessionContext = createContext<Whoami | undefined>(undefined);

/** Who is signed in. Only screens inside the shell may ask. */
export function useSession(): Whoami {
  const session = use(SessionContext);
  if (!session) throw new Error("useSession outside the shell");
  return session;
}

/** Whether the person may do an operation; what is not permitted is not shown. The services decide again. */
export function usePermission(): (operation: Operation) => boolean {
  const { permissions } = useSession();
  return (operation) => permissions.includes(operation);
}

const WHOAMI = ["session"];

const whoami = queryOptions({
  queryKey: WHOAMI,
  queryFn: () => answered(api.GET("/v1/whoami")),
  staleTime: Infinity,
  retry: false,
});

export function useWhoami() {
  return useQuery(whoami);
}

/** Whether somebody is signed in; a service that does not answer is no reason to ask for credentials. */
export async function isSignedIn(queries: QueryClient): Promise<boolean> {
  try {
    await queries.query({ ...whoami, staleTime: "static" });
    return true;
  } catch (error) {
    return asProblem(error).status !== 401;
  }
}

export interface Credentials {
  client_id: string;
  client_secret: string;
}

export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Credentials) => answered(api.POST("/v1/session", { body })),
    onSuccess: (person) => {
      const before = queries.getQueryData<Whoami>(WHOAMI);
      if (before && before.client_id !== person.client_id) queries.clear();
      queries.setQueryData(WHOAMI, person);
      sessionExpiry.forget();
      void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== WHOAMI[0] });
    },
  });
}

export function useSignOut() {
  return useMutation({
    mutationFn: () => answered(api.DELETE("/v1/session")),
    // A fresh page: nothing of what the person saw stays in memory.
    onSettled: () => window.location.assign("/sign-in"),
  });
}
