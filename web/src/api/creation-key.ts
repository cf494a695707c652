import { useRef } from "react";

/** Headers of a creating request: the same key while the body stays the same, so that a repeated press creates once. */
export function useCreationKey(): (body: unknown) => { "Idempotency-Key": string } {
  const last = useRef({ body: "", key: "" });
  return (body) => {
    const written = JSON.stringify(body);
    if (last.current.body !== written) last.current = { body: written, key: crypto.randomUUID() };
    return { "Idempotency-Key": last.current.key };
  };
}

/** Headers of a lifecycle step: done only to the version that the person saw. */
export function step(version: number): { "Idempotency-Key": string; "If-Match": string } {
  return { "Idempotency-Key": crypto.randomUUID(), "If-Match": etag(version) };
}

export function etag(version: number): string {
  return `"${version}"`;
}
