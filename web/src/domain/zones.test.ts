import { expect, test } from "vitest";
import { momentOf, wallClock, zonesWith } from "./zones";

test("a clock in Dushanbe is five hours ahead, both ways", () => {
  expect(wallClock("2030-05-01T09:00:00Z", "Asia/Dushanbe")).toBe("2030-05-01T14:00");
  expect(momentOf("2030-05-01T14:00", "Asia/Dushanbe")).toBe("2030-05-01T09:00:00.000Z");
});

test("half hours and the day after are right", () => {
  expect(momentOf("2030-05-01T00:15", "Asia/Kabul")).toBe("2030-04-30T19:45:00.000Z");
});

test("the morning after the clocks change has the new offset", () => {
  expect(momentOf("2026-03-29T03:30", "Europe/Vienna")).toBe("2026-03-29T01:30:00.000Z");
  expect(momentOf("2026-03-29T01:30", "Europe/Vienna")).toBe("2026-03-29T00:30:00.000Z");
});

test("a field not filled in is no moment, and a zone the browser does not know is read as UTC", () => {
  expect(momentOf("", "UTC")).toBe("");
  expect(wallClock("", "UTC")).toBe("");
  expect(wallClock("2030-05-01T09:00:00Z", "No/Where")).toBe("2030-05-01T09:00");
});

test("the zone of the record can always be chosen", () => {
  expect(zonesWith("Asia/Tokyo")[0]).toBe("Asia/Tokyo");
  expect(zonesWith("Asia/Kabul").filter((zone) => zone === "Asia/Kabul")).toHaveLength(1);
});
