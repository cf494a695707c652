import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { eventsOf } from "./event-stream";
import { collectionsMadeStaleBy } from "./keys";
import { sessionExpiry } from "./session-expiry";

export type LiveState = "connecting" | "live" | "reconnecting";

const GATHER_MS = 400;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;

/** Gathers what a burst of events made stale, and refreshes it once. */
class StaleCollections {
  private readonly gathered = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly queries: QueryClient) {}

  /** The service could not resume: what happened meanwhile is not known. */
  addAll(): void {
    void this.queries.invalidateQueries();
  }

  add(collections: string[]): void {
    collections.forEach((collection) => this.gathered.add(collection));
    this.timer ??= setTimeout(() => this.refresh(), GATHER_MS);
  }

  private refresh(): void {
    this.timer = undefined;
    for (const collection of this.gathered) void this.queries.invalidateQueries({ queryKey: [collection] });
    this.gathered.clear();
  }
}

interface Progress {
  lastEventId: string;
  attempts: number;
}

async function readOnce(stale: StaleCollections, progress: Progress, signal: AbortSignal, onOpen: () => void): Promise<void> {
  const headers = progress.lastEventId ? { "Last-Event-ID": progress.lastEventId } : undefined;
  const response = await fetch("/v1/events", { headers: { Accept: "text/event-stream", ...headers }, signal });
  if (response.status === 401) sessionExpiry.announce();
  if (!response.ok || !response.body) throw new Error(`events answered ${response.status}`);
  onOpen();
  progress.attempts = 0;
  const text = response.body.pipeThrough(new TextDecoderStream());
  for await (const event of eventsOf(text)) {
    if (event.type === "reset") stale.addAll();
    if (event.id) progress.lastEventId = event.id;
    const { subject } = JSON.parse(event.data) as { subject?: { type?: string } };
    stale.add(collectionsMadeStaleBy(subject?.type ?? ""));
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Reads the event stream until aborted; after a break waits a little longer each time, and resumes where it stopped. */
async function follow(queries: QueryClient, signal: AbortSignal, tell: (state: LiveState) => void): Promise<void> {
  const stale = new StaleCollections(queries);
  const progress: Progress = { lastEventId: "", attempts: 0 };
  const isStopped = () => signal.aborted;
  while (!isStopped()) {
    const wasBroken = progress.attempts > 0;
    const onOpen = () => {
      tell("live");
      if (wasBroken && !progress.lastEventId) stale.addAll();
    };
    await readOnce(stale, progress, signal, onOpen).catch(() => undefined);
    if (isStopped()) return;
    tell("reconnecting");
    await pause(Math.min(FIRST_RETRY_MS * 2 ** progress.attempts++, LONGEST_RETRY_MS), signal);
  }
}

/** Keeps what is on the screen up to date; `isOn` is false while nobody is signed in. */
export function useLiveUpdates(isOn: boolean): LiveState {
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>("connecting");
  useEffect(() => {
    if (!isOn) return;
    const stop = new AbortController();
    void follow(queries, stop.signal, setState);
    return () => stop.abort();
  }, [isOn, queries]);
  return isOn ? state : "connecting";
}
