import { useCallback, useEffect, useState } from "react";
import { useSession } from "../../session/session";
import type { Draft } from "./draft";

/** A draft as kept on this device: with the version of the report that it started from, 0 for a new one. */
export interface KeptDraft {
  draft: Draft;
  baseVersion: number;
}

const AUTOSAVE_MS = 250;

/** Writes to the device a little after each change, and not before the first. */
function useAutosave(place: string, kept: KeptDraft, isTouched: boolean): void {
  useEffect(() => {
    if (!isTouched) return;
    const timer = setTimeout(() => localStorage.setItem(place, JSON.stringify(kept)), AUTOSAVE_MS);
    return () => clearTimeout(timer);
  }, [kept, isTouched, place]);
}

function read(place: string): KeptDraft | undefined {
  const text = localStorage.getItem(place);
  return text === null ? undefined : (JSON.parse(text) as KeptDraft);
}

interface KeptDraftHandle extends KeptDraft {
  /** True when the draft came back from this device rather than from the service. */
  isRestored: boolean;
  /** A text put aside for the other version in a conflict. */
  aside: KeptDraft | undefined;
  change: (draft: Draft) => void;
  /** Continues on top of another version. */
  rebase: (baseVersion: number) => void;
  putAside: (replacement: KeptDraft) => void;
  bringBack: () => void;
  discardAside: () => void;
  forget: () => void;
}

/** Keeps a draft on this device while it is written, so that a reload or an expired session loses nothing. */
export function useKeptDraft(name: string, start: KeptDraft): KeptDraftHandle {
  const place = `good-offices:draft:${useSession().client_id}:${name}`;
  const asidePlace = `${place}:aside`;
  const [restored] = useState(() => read(place));
  const [kept, setKept] = useState<KeptDraft>(restored ?? start);
  const [aside, setAside] = useState(() => read(asidePlace));
  const [isTouched, setTouched] = useState(false);

  useAutosave(place, kept, isTouched);

  const forget = useCallback(() => {
    setTouched(false);
    localStorage.removeItem(place);
  }, [place]);
  const replace = (next: KeptDraft) => {
    setTouched(true);
    setKept(next);
  };
  const discardAside = () => {
    localStorage.removeItem(asidePlace);
    setAside(undefined);
  };
  return {
    ...kept,
    isRestored: restored !== undefined,
    aside,
    change: (draft) => replace({ ...kept, draft }),
    rebase: (baseVersion) => replace({ ...kept, baseVersion }),
    putAside: (replacement) => {
      localStorage.setItem(asidePlace, JSON.stringify(kept));
      setAside(kept);
      replace(replacement);
    },
    bringBack: () => {
      if (aside) replace({ draft: aside.draft, baseVersion: kept.baseVersion });
      discardAside();
    },
    discardAside,
    forget,
  };
}

export type { KeptDraftHandle };
