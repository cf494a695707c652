import { expect, test } from "vitest";
import type { PersonNamedIn } from "../../api/types";
import { piecesOf } from "./pieces";

function person(words: string, ...places: [number, number][]): PersonNamedIn {
  return { words, role: "other", rule: "given-name", state: "found", mark: null, marked_by: null, version: null, places: places.map(([start, end]) => ({ field: "text", start, end })) };
}

test("a text is cut where it names persons, and nothing is lost", () => {
  const text = "Задержан Рахимов, брат Карима.";
  const pieces = piecesOf(text, "text", [person("Рахимов", [9, 16]), person("Карима", [23, 29])]);
  expect(pieces.map((each) => [each.text, each.person?.words])).toEqual([["Задержан ", undefined], ["Рахимов", "Рахимов"], [", брат ", undefined], ["Карима", "Карима"], [".", undefined]]);
  expect(pieces.map((each) => each.text).join("")).toBe(text);
});

test("characters beyond the first plane count as one, as the service counts them", () => {
  expect(piecesOf("👩🏽‍🌾 Rahim", "text", [person("Rahim", [5, 10])]).map((each) => each.text)).toEqual(["👩🏽‍🌾 ", "Rahim"]);
});

test("of marks over one another the longer is shown, and other fields are left alone", () => {
  const overlapping = [person("Rahim", [0, 5]), person("Rahim Karim", [0, 11])];
  expect(piecesOf("Rahim Karim", "text", overlapping).map((each) => each.person?.words)).toEqual(["Rahim Karim"]);
  expect(piecesOf("Rahim Karim", "title", overlapping)).toEqual([{ text: "Rahim Karim" }]);
});
