import type { Operation } from "../api/types";

export interface Screen {
  name:
    | "incidents"
    | "triage"
    | "efforts"
    | "reports"
    | "coverage"
    | "calendar"
    | "engagements"
    | "parties"
    | "contacts"
    | "screenings"
    | "mandates"
    | "exchange"
    | "feeds"
    | "freshness"
    | "handovers"
    | "commitments"
    | "correspondence";
  /** Without the right to this operation the screen would be empty, so it is not offered. */
  operation: Operation;
}

export interface ScreenGroup {
  name: "situation" | "reporting" | "liaison" | "register" | "coordination";
  /** Folded into a menu where all are in one row: what people look things up in, rather than work through. */
  isFolded?: boolean;
  screens: readonly Screen[];
}

/** The screens by the mandate's functions, in the order of a working day. */
export const GROUPS: readonly ScreenGroup[] = [
  {
    name: "situation",
    screens: [
      { name: "incidents", operation: "listIncidents" },
      { name: "triage", operation: "listTriage" },
      { name: "efforts", operation: "listEfforts" },
      { name: "feeds", operation: "listFeeds" },
    ],
  },
  {
    name: "reporting",
    screens: [
      { name: "reports", operation: "listReports" },
      { name: "freshness", operation: "listFreshness" },
    ],
  },
  {
    name: "liaison",
    screens: [
      { name: "calendar", operation: "listCalendar" },
      { name: "engagements", operation: "listEngagements" },
      { name: "commitments", operation: "listCommitments" },
      { name: "correspondence", operation: "listLetters" },
    ],
  },
  {
    name: "register",
    isFolded: true,
    screens: [
      { name: "parties", operation: "listParties" },
      { name: "contacts", operation: "listContacts" },
      { name: "screenings", operation: "listScreenings" },
      { name: "handovers", operation: "listHandovers" },
      // Who only reads the mandates is led there from the exchange.
      { name: "mandates", operation: "declareMandate" },
    ],
  },
  {
    name: "coordination",
    screens: [
      { name: "coverage", operation: "readCoverage" },
      { name: "exchange", operation: "listPackages" },
    ],
  },
];
