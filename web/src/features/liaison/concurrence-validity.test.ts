import { expect, test } from "vitest";
import type { Concurrence } from "../../api/types";
import { validityOf } from "./concurrence-validity";

const granted = { state: "granted", valid_from: "2026-01-01T00:00:00Z", valid_until: "2026-02-01T00:00:00Z" } as Concurrence;

test.each([
  ["2025-12-31T23:59:59Z", "ahead"],
  ["2026-01-01T00:00:00Z", "in-force"],
  ["2026-02-01T00:00:00Z", "lapsed"],
])("at %s a granted concurrence is %s", (now, validity) => {
  expect(validityOf(granted, new Date(now))).toBe(validity);
});

test("a withdrawn concurrence is withdrawn whatever the clock says", () => {
  expect(validityOf({ ...granted, state: "withdrawn" }, new Date("2026-01-15T00:00:00Z"))).toBe("withdrawn");
});
