/** Which cached collections an event about a subject makes stale. The collection is the first part of every query key. */
const STALE_BY_SUBJECT: Record<string, string[]> = {
  submission: ["incidents", "submissions", "feeds"],
  feed: ["feeds"],
  incident: ["incidents"],
  observation: ["incidents"],
  effort: ["efforts"],
  search: ["searches"],
  person: ["persons"],
  report: ["reports", "freshness", "packages"],
  freshness: ["freshness"],
  party: ["parties"],
  contact: ["contacts"],
  screening: ["screenings"],
  "sanctions-list": ["sanctions-list"],
  concurrence: ["concurrences", "engagements"],
  engagement: ["engagements", "calendar"],
  handover: ["handovers"],
  "note-to-file": ["notes-to-file", "engagements"],
  readout: ["notes-to-file"],
  commitment: ["commitments", "calendar", "engagements"],
  letter: ["correspondence", "calendar", "engagements"],
  organization: ["organizations", "packages"],
  mandate: ["mandates", "packages"],
  package: ["packages"],
  objective: ["coverage", "objectives"],
  activity: ["coverage", "activities"],
};

export function collectionsMadeStaleBy(subjectType: string): string[] {
  return STALE_BY_SUBJECT[subjectType] ?? [];
}
