import type { Operation } from "../api/types";

interface Screen {
  name: "incidents" | "reports" | "coverage" | "engagements" | "commitments" | "exchange" | "freshness";
  /** Without the right to this operation the screen would be empty, so it is not offered. */
  operation: Operation;
}

export const SCREENS: readonly Screen[] = [
  { name: "incidents", operation: "listIncidents" },
  { name: "reports", operation: "listReports" },
  { name: "coverage", operation: "readCoverage" },
  { name: "engagements", operation: "listEngagements" },
  { name: "commitments", operation: "listCommitments" },
  { name: "exchange", operation: "listPackages" },
  { name: "freshness", operation: "listFreshness" },
];
