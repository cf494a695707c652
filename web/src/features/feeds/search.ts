/** Which delivery's refused rows are open: in the address, so that it can be sent to whoever sends the feed. */
export interface FeedSearch {
  submission?: string | undefined;
}

export function feedSearch(search: Record<string, unknown>): FeedSearch {
  return { submission: typeof search.submission === "string" ? search.submission : undefined };
}
