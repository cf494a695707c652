/** The domain's closed lists, in the order people expect them (contracts/vocabulary.py is the source). */
export const COUNTRIES = ["KAZ", "KGZ", "TJK", "TKM", "UZB", "AFG"] as const;

/** States outside the region that the Centre deals with most; parties can be of any State. */
export const OTHER_STATES = ["RUS", "BLR", "ARM", "AZE", "CHN", "IND", "IRN", "MNG", "PAK", "TUR"] as const;

export const THEMES = [
  "terrorism-extremism",
  "drug-trafficking",
  "organized-crime",
  "environment",
  "border",
  "water-energy",
  "inter-communal",
  "political",
  "displacement",
  "humanitarian",
  "development",
] as const;

export const REPORT_KINDS = [
  "situation-report",
  "flash",
  "weekly",
  "thematic",
  "early-warning-note",
  "council-briefing-input",
  "joint-assessment",
] as const;
export const REPORT_STATES = ["draft", "submitted", "reviewed", "cleared", "issued", "recalled"] as const;
export const STATEMENT_KINDS = ["assessed", "judgement", "gap"] as const;
export const ENGAGEMENT_STATES = ["proposed", "scheduled", "suspended", "held", "reported", "cancelled"] as const;
export const ENGAGEMENT_KINDS = ["meeting", "call", "visit", "demarche", "mediation-session", "seminar"] as const;
export const MANDATE_STATES = ["pending", "in-force", "ended"] as const;
export const PACKAGE_STATES = ["proposed", "queued", "delivered", "acknowledged", "refused", "revoked", "recalled"] as const;
export const CONCURRENCE_BASES = ["note-verbale", "oral", "no-objection"] as const;
export const HANDOVER_STATES = ["ready", "importing", "imported"] as const;
export const FACETS = ["situation", "efforts"] as const;

export const SENSITIVITIES = ["unclassified", "confidential", "strictly-confidential"] as const;
export const TLPS = ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"] as const;

export const RELIABILITIES = ["A", "B", "C", "D", "E", "F"] as const;
export const CREDIBILITIES = [1, 2, 3, 4, 5, 6] as const;

export type Sensitivity = (typeof SENSITIVITIES)[number];
export type Tlp = (typeof TLPS)[number];
export type Reliability = (typeof RELIABILITIES)[number];

export function oneOf<T extends string>(known: readonly T[], value: unknown): T | undefined {
  return known.find((each) => each === value);
}

export const LIKELIHOODS = ["almost-certain", "very-likely", "likely", "roughly-even", "unlikely", "very-unlikely", "remote"] as const;
export const CONFIDENCES = ["high", "moderate", "low"] as const;

/** Organizations a code cable can be addressed to. */
export const ADDRESSEES = ["hq", "unama", "osce", "cis", "sco", "world-bank", "imf", "unct-kaz", "unct-kgz", "unct-tjk", "unct-tkm", "unct-uzb"] as const;

export const PARTY_KINDS = ["government", "de-facto-authorities", "other-party", "regional-organization", "un-entity", "financial-institution"] as const;
export const CONTACT_STATES = ["active", "restricted", "merged", "erased"] as const;
export const CHANNEL_KINDS = ["phone", "email", "messenger", "address", "web"] as const;
export const SCREENING_STATES = ["pending", "cleared", "confirmed", "lapsed"] as const;
