import createClient, { type Middleware } from "openapi-fetch";
import { Problem } from "./problem";
import type { paths } from "./schema";
import { sessionExpiry } from "./session-expiry";

const session: Middleware = {
  onResponse({ request, response }) {
    if (response.status === 401 && !request.url.endsWith("/v1/session")) sessionExpiry.announce();
  },
};

export const api = createClient<paths>({ baseUrl: "/", credentials: "same-origin" });
api.use(session);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of an answer; throws the `Problem` the service described, or one that says that nobody answered. */
export async function answered<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call.catch((reason: unknown) => {
    throw Problem.unreachable(reason);
  });
  if (!response.ok) throw Problem.of(response.status, error);
  return data as T;
}
