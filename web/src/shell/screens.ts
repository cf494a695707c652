import type { Operation } from "../api/types";

interface Screen {
  name: "incidents" | "reports" | "coverage" | "calendar" | "engagements" | "parties" | "contacts" | "screenings" | "mandates" | "exchange" | "feeds" | "freshness" | "handovers" | "commitments" | "correspondence";
  /** Without the right to this operation the screen would be empty, so it is not offered. */
  operation: Operation;
}

export const SCREENS: readonly Screen[] = [
  { name: "incidents", operation: "listIncidents" },
  { name: "reports", operation: "listReports" },
  { name: "coverage", operation: "readCoverage" },
  { name: "calendar", operation: "listCalendar" },
  { name: "engagements", operation: "listEngagements" },
  { name: "commitments", operation: "listCommitments" },
  { name: "correspondence", operation: "listLetters" },
  { name: "parties", operation: "listParties" },
  { name: "contacts", operation: "listContacts" },
  { name: "screenings", operation: "listScreenings" },
  { name: "handovers", operation: "listHandovers" },
  // Who only reads the mandates is led there from the exchange.
  { name: "mandates", operation: "declareMandate" },
  { name: "exchange", operation: "listPackages" },
  { name: "feeds", operation: "listFeeds" },
  { name: "freshness", operation: "listFreshness" },
];
