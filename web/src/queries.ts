import { QueryClient } from "@tanstack/react-query";
import { asProblem } from "./api/problem";

const RETRIES = 2;

/** Refusals are answers, so only silence and broken services are asked again. */
function isWorthRetrying(failures: number, error: unknown): boolean {
  const { status } = asProblem(error);
  return failures < RETRIES && (status === 0 || status >= 500);
}

export const queries = new QueryClient({
  defaultOptions: { queries: { staleTime: 15_000, retry: isWorthRetrying, refetchOnWindowFocus: false } },
});
