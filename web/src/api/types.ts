// The resources, named by the operation that answers them, so that the names of the schemas stay the services' own affair.
import type { operations } from "./schema";

export type Operation = keyof operations;

type Success = 200 | 201 | 202;
export type Answer<O extends Operation> = {
  [S in keyof operations[O]["responses"] & Success]: operations[O]["responses"][S] extends { content: { "application/json": infer B } } ? B : never;
}[keyof operations[O]["responses"] & Success];
type Item<O extends Operation> = Answer<O> extends { items: (infer I)[] } ? I : never;
type Sent<O extends Operation> = operations[O] extends { requestBody: { content: { "application/json": infer B } } } ? B : never;

export type Whoami = Answer<"readWhoami">;
export type Incident = Item<"listIncidents">;
export type IncidentDetail = Answer<"readIncident">;
export type Account = IncidentDetail["accounts"][number];
export type Observation = Account["observation"];
export type IncidentGrade = Sent<"gradeIncident">;
export type Report = Answer<"readReport">;
export type ReportSummary = Item<"listReports">;
export type ReportBody = Sent<"draftReport">;
export type Section = Report["sections"][number];
export type Statement = Section["statements"][number];
export type ClearanceStep = Report["steps"][number];
export type Freshness = Item<"listFreshness">;
export type Party = Item<"listParties">;
export type PartyRelations = Answer<"readPartyRelations">;
export type PartyBody = Sent<"registerParty">;
export type Contact = Item<"listContacts">;
export type ContactBody = Sent<"enterContact">;
export type Position = Contact["positions"][number];
export type PositionBody = Sent<"recordPosition">;
export type ImportResult = Answer<"importContacts">;
export type Screening = Item<"listScreenings">;
export type Concurrence = Item<"listConcurrences">;
export type ConcurrenceBody = Sent<"requestConcurrence">;
export type Engagement = Item<"listEngagements">;
export type EngagementBody = Sent<"proposeEngagement">;
export type Handover = Item<"listHandovers">;
export type HandoverSeries = Answer<"listHandoverSeries">[number];
export type SeriesReview = Sent<"reviewSeries">;
export type Quarantined = Item<"listQuarantine">;
export type EngagementPlan = Sent<"editEngagement">;
export type EngagementBrief = Answer<"readAffectedEngagements">["suspended"][number];
export type Note = Answer<"readNote">;
export type Readout = Answer<"readReadout">;
export type Commitment = Item<"listCommitments">;
export type Letter = Item<"listLetters">;
export type LetterDetail = Answer<"readLetter">;
export type LetterBody = Sent<"registerLetter">;
export type CommitmentBody = Sent<"makeCommitment">;
export type Organization = Item<"listOrganizations">;
export type Package = Item<"listPackages">;
export type ReleaseDecision = Answer<"readReleaseDecision">;
export type Coverage = Answer<"readCoverage">;
export type CoverageCell = Coverage["cells"][number];
export type Activity = Item<"listActivities">;
export type Label = Incident["label"];
