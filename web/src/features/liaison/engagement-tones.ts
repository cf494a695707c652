import type { Engagement } from "../../api/types";
import type { Tone } from "../../parts/StateWord";

export const ENGAGEMENT_TONES: Record<Engagement["state"], Tone> = { proposed: "calm", scheduled: "accent", suspended: "bad", held: "good", reported: "good", cancelled: "calm" };
