import { createContext, use, useEffect, useId, useMemo, useSyncExternalStore, type ReactNode } from "react";
import { highest, type Marked, type Marking } from "../domain/marking";

/** Collects the markings of what is on the page, so that both banners can show the highest. */
class PageMarkings {
  private readonly held = new Map<string, readonly Marked[]>();
  private readonly listeners = new Set<() => void>();
  private current: Marking = highest([]);

  hold(id: string, labels: readonly Marked[]): () => void {
    this.held.set(id, labels);
    this.announce();
    return () => {
      this.held.delete(id);
      this.announce();
    };
  }

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly read = () => this.current;

  private announce(): void {
    const next = highest([...this.held.values()].flat());
    if (next.sensitivity === this.current.sensitivity && next.tlp === this.current.tlp) return;
    this.current = next;
    this.listeners.forEach((listener) => listener());
  }
}

const MarkingContext = createContext(new PageMarkings());

export function MarkingProvider({ children }: { children: ReactNode }) {
  const markings = useMemo(() => new PageMarkings(), []);
  return <MarkingContext value={markings}>{children}</MarkingContext>;
}

/** Says that records with these labels are on the page, for as long as the calling component is. */
export function useMarkingOf(records: readonly { label: Marked }[] | undefined): void {
  const markings = use(MarkingContext);
  const id = useId();
  const { sensitivity, tlp } = highest((records ?? []).map((record) => record.label));
  useEffect(() => (tlp ? markings.hold(id, [{ sensitivity, tlp }]) : undefined), [markings, id, sensitivity, tlp]);
}

export function useHighestMarking(): Marking {
  const markings = use(MarkingContext);
  return useSyncExternalStore(markings.subscribe, markings.read);
}
