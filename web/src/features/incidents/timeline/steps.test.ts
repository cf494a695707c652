import { expect, test } from "vitest";
import { axisOf, bucketOver, daysOf, endOf, moved, spanOf } from "./steps";

const at = (day: string, count = 1) => ({ begins: `${day}T00:00:00Z`, count });
const NOVEMBER = axisOf([at("2026-11-02", 3), at("2026-11-05")], "day");

test("the axis holds every step, also empty ones", () => {
  expect(NOVEMBER.map(({ begins, count }) => [begins.slice(8), count])).toEqual([["02", 3], ["03", 0], ["04", 0], ["05", 1]]);
  expect(axisOf([at("2025-11-01"), at("2026-02-01")], "month").map(({ begins }) => begins)).toEqual(["2025-11-01", "2025-12-01", "2026-01-01", "2026-02-01"]);
  expect(axisOf([], "day")).toEqual([]);
});

test("steps are as wide as the time that is looked at asks for", () => {
  expect(bucketOver([at("2026-09-01"), at("2026-11-01")])).toBe("day");
  expect(bucketOver([at("2025-09-01"), at("2026-11-01")])).toBe("week");
  expect(bucketOver([at("2001-09-01"), at("2026-11-01")])).toBe("month");
});

test("a span and its days lead to one another, and the whole is no filter", () => {
  expect(spanOf(NOVEMBER, "2026-11-03", "2026-11-04")).toEqual([1, 2]);
  expect(daysOf(NOVEMBER, [1, 2], "day")).toEqual({ since: "2026-11-03", until: "2026-11-04" });
  expect(daysOf(NOVEMBER, [0, 3], "day")).toEqual({ since: undefined, until: undefined });
  expect(spanOf(NOVEMBER, "1990-01-01", "2040-01-01")).toEqual([0, 3]);
  expect(endOf({ begins: "2026-02-01", count: 0 }, "month")).toBe("2026-02-28");
});

test("an end stays on the axis and does not pass the other", () => {
  expect(moved([1, 2], "first", 9, 4)).toEqual([2, 2]);
  expect(moved([1, 2], "last", 9, 4)).toEqual([1, 3]);
  expect(moved([1, 2], "last", -1, 4)).toEqual([1, 1]);
});
