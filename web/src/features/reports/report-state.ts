import type { Tone } from "../../parts/StateWord";

const TONES: Record<string, Tone> = { draft: "calm", submitted: "care", reviewed: "care", cleared: "accent", issued: "good", recalled: "bad" };

export function toneOfReport(state: string): Tone {
  return TONES[state] ?? "calm";
}
