import { asProblem } from "../api/problem";

/** What a refusal says of one field of the body, to be shown at that field. */
export function errorAt(error: unknown, field: string): string | undefined {
  if (error === null || error === undefined) return undefined;
  const errors = asProblem(error).body.errors ?? [];
  return errors.find(({ pointer }) => pointer === `/${field}` || pointer?.startsWith(`/${field}/`))?.detail;
}
