import { Problem } from "./problem";
import { sessionExpiry } from "./session-expiry";

/** The answer at an address of ours; throws the `Problem` the service described, or one that says that nobody answered. */
export async function fetched(path: string, signal?: AbortSignal): Promise<Response> {
  const response = await fetch(path, signal ? { signal } : {}).catch((reason: unknown) => {
    throw Problem.unreachable(reason);
  });
  if (response.status === 401) sessionExpiry.announce();
  if (!response.ok) throw Problem.of(response.status, await response.json().catch(() => undefined));
  return response;
}

/** Lets the browser keep a file. */
export function keepFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
