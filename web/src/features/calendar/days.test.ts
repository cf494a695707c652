import { describe, expect, it } from "vitest";
import { addDays, addMonths, byDay, dayReachedBy, daysOf, endsOn, mondayOf, weeksOf, windowOf } from "./days";

const local = (day: string, clock: string) => new Date(`${day}T${clock}`).toISOString();

describe("days", () => {
  it("begins the week on Monday", () => {
    expect(mondayOf("2026-11-24")).toBe("2026-11-23");
    expect(mondayOf("2026-11-23")).toBe("2026-11-23");
    expect(mondayOf("2026-11-29")).toBe("2026-11-23");
  });

  it("shows whole weeks, and no week that a month does not touch", () => {
    const weeks = weeksOf("2027-02");
    expect(weeks).toHaveLength(4);
    expect([weeks[0]?.[0], weeks[3]?.[6]]).toEqual(["2027-02-01", "2027-02-28"]);
    expect(weeksOf("2026-08")).toHaveLength(6);
    expect(weeksOf("2026-11").flat()).toHaveLength(42);
  });

  it("asks for exactly these weeks", () => {
    expect(windowOf("2027-02")).toEqual({ from: local("2027-02-01", "00:00:00"), until: local("2027-03-01", "00:00:00") });
  });

  it("crosses months and years, and keeps to the last day of a shorter month", () => {
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(addMonths("2027-01-31", 1)).toBe("2027-02-28");
    expect(addMonths("2027-01-31", -2)).toBe("2026-11-30");
    expect(addMonths("2026-12-05", 1)).toBe("2027-01-05");
  });

  it("lets what ends at midnight end on its day, and what lasts stand on each", () => {
    expect(daysOf({ starts_at: local("2026-11-24", "22:00:00"), ends_at: local("2026-11-25", "00:00:00"), day: null })).toEqual(["2026-11-24"]);
    expect(daysOf({ starts_at: local("2026-11-24", "22:00:00"), ends_at: local("2026-11-26", "01:00:00"), day: null })).toEqual(["2026-11-24", "2026-11-25", "2026-11-26"]);
    expect(daysOf({ starts_at: null, ends_at: null, day: "2026-11-24" })).toEqual(["2026-11-24"]);
  });

  it("tells on which day what lasts begins and ends", () => {
    const seminar = { starts_at: local("2026-11-24", "09:00:00"), ends_at: local("2026-11-26", "17:00:00"), day: null };
    const told = ["2026-11-24", "2026-11-25", "2026-11-26"].map((day) => endsOn(seminar, day)).map(({ begins, ends }) => [begins?.getHours(), ends?.getHours()]);
    expect(told).toEqual([[9, undefined], [undefined, undefined], [undefined, 17]]);
    expect(endsOn({ starts_at: null, ends_at: null, day: "2026-11-24" }, "2026-11-24")).toEqual({ begins: undefined, ends: undefined });
  });

  it("leaves out what stands on no day shown", () => {
    const entry = { starts_at: null, ends_at: null, day: "2026-11-24" };
    expect(byDay([entry], ["2026-11-24", "2026-11-25"])).toEqual(new Map([["2026-11-24", [entry]], ["2026-11-25", []]]));
    expect(byDay([entry], ["2026-11-25"])).toEqual(new Map([["2026-11-25", []]]));
  });

  it("walks by keys", () => {
    const reached = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown", "t", "x"].map((key) => dayReachedBy(key, "2026-11-24", "2026-01-01"));
    expect(reached).toEqual(["2026-11-23", "2026-11-25", "2026-11-17", "2026-12-01", "2026-11-23", "2026-11-29", "2026-10-24", "2026-12-24", "2026-01-01", undefined]);
  });
});
