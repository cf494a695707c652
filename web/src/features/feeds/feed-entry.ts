import type { Feed, FeedBody } from "../../api/types";
import { COUNTRIES, SENSITIVITIES, TLPS, oneOf, type Sensitivity, type Tlp } from "../../domain/vocabulary";

export const TRUSTS = ["high", "medium", "low"] as const;
export const ADAPTERS = [
  "native",
  "ucdp-ged",
  "acled",
  "gdelt-events",
  "gdelt-mentions",
  "mass-mobilization",
  "hxl",
  "iom-missing-migrants",
  "hdx-signals",
  "cap",
  "reliefweb",
  "rss",
  "usgs-earthquakes",
] as const;

/** What the form holds: everything a person types is text until it is sent. */
export interface FeedEntry {
  id: string;
  organization: string;
  name: string;
  adapter: (typeof ADAPTERS)[number];
  trust: (typeof TRUSTS)[number];
  country: (typeof COUNTRIES)[number];
  interval: string | number;
  sensitivity: Sensitivity;
  tlp: Tlp;
  releasable: string[];
  leadsOnly: boolean;
  url: string;
  every: string | number;
  credentials: string;
  mapping: string;
}

const BLANK: FeedEntry = {
  id: "",
  organization: "",
  name: "",
  adapter: "native",
  trust: "medium",
  country: "KAZ",
  interval: 1440,
  sensitivity: "confidential",
  tlp: "AMBER",
  releasable: [],
  leadsOnly: false,
  url: "",
  every: 60,
  credentials: "",
  mapping: "",
};

export function entryOf(feed: Feed | undefined): FeedEntry {
  if (!feed) return BLANK;
  const label = feed.default_label;
  return {
    id: feed.id,
    organization: feed.organization,
    name: feed.name,
    adapter: oneOf(ADAPTERS, feed.adapter) ?? BLANK.adapter,
    trust: feed.trust,
    country: oneOf(COUNTRIES, feed.country) ?? BLANK.country,
    interval: feed.expected_interval_minutes,
    sensitivity: oneOf(SENSITIVITIES, label.sensitivity) ?? BLANK.sensitivity,
    tlp: oneOf(TLPS, label.tlp) ?? BLANK.tlp,
    releasable: label.releasable_to ?? [],
    leadsOnly: feed.leads_only,
    url: feed.url ?? "",
    every: feed.pull_every_minutes ?? BLANK.every,
    credentials: feed.credentials ?? "",
    mapping: feed.mapping ? JSON.stringify(feed.mapping, null, 2) : "",
  };
}

/** The mapping as it would be sent; undefined while it is no JSON object. */
export function mappingOf({ mapping, adapter }: FeedEntry): FeedBody["mapping"] | undefined {
  if (mapping.trim() === "" || adapter !== "native") return null;
  try {
    const read: unknown = JSON.parse(mapping);
    return typeof read === "object" && read !== null && !Array.isArray(read) ? (read as FeedBody["mapping"]) : undefined;
  } catch {
    return undefined;
  }
}

export function bodyOf(entry: FeedEntry): FeedBody {
  const url = entry.url.trim();
  return {
    id: entry.id.trim(),
    organization: entry.organization.trim(),
    name: entry.name.trim(),
    adapter: entry.adapter,
    trust: entry.trust,
    country: entry.country,
    expected_interval_minutes: Number(entry.interval),
    default_label: { sensitivity: entry.sensitivity, tlp: entry.tlp, releasable_to: entry.releasable },
    leads_only: entry.leadsOnly,
    url: url || null,
    pull_every_minutes: url ? Number(entry.every) : null,
    credentials: (url && entry.credentials.trim()) || null,
    mapping: mappingOf(entry) ?? null,
  };
}
