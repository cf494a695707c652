import { expect, test } from "vitest";
import { blankDraft, blankSection, blankStatement, bodyOf, toggleCited, type Draft } from "./draft";

function draftWith(statement: Partial<ReturnType<typeof blankStatement>>): Draft {
  const section = { ...blankSection(), title: "Border", statements: [{ ...blankStatement(), ...statement }] };
  return { ...blankDraft(), title: " Weekly ", sections: [section, blankSection()] };
}

test("empty statements and sections stay behind", () => {
  const { title, sections } = bodyOf(draftWith({ text: " Calm. " }));
  expect(title).toBe("Weekly");
  expect(sections).toMatchObject([{ title: "Border", statements: [{ kind: "assessed", text: "Calm.", evidence: [] }] }]);
  expect(sections).toHaveLength(1);
});

test("only a judgement states likelihood and confidence", () => {
  const judged = { likelihood: "likely", confidence: "low", text: "It will hold." };
  expect(bodyOf(draftWith({ ...judged, kind: "judgement" })).sections?.[0]?.statements?.[0]).toMatchObject({ likelihood: "likely" });
  expect(bodyOf(draftWith({ ...judged, kind: "assessed" })).sections?.[0]?.statements?.[0]).not.toHaveProperty("likelihood");
});

test("a gap cites nothing", () => {
  const gap = draftWith({ kind: "gap", text: "Not known.", evidence: [{ type: "incident", id: "1" }] });
  expect(bodyOf(gap).sections?.[0]?.statements?.[0]?.evidence).toEqual([]);
});

test("citing twice takes the citation back", () => {
  const cited = { type: "incident" as const, id: "1" };
  expect(toggleCited(toggleCited([], cited), cited)).toEqual([]);
});

test("a judgement cites assessed statements by the name they go by until they are saved", () => {
  const assessed = { ...blankStatement(), text: "Patrols are joint again." };
  const gone = { type: "statement" as const, id: "gone" };
  const judgement = { ...blankStatement(), kind: "judgement" as const, text: "It will hold.", evidence: [{ type: "statement" as const, id: assessed.key }, gone] };
  const [section] = bodyOf({ ...blankDraft(), sections: [{ ...blankSection(), statements: [assessed, judgement] }] }).sections ?? [];
  expect(section?.statements?.[0]).toMatchObject({ key: assessed.key });
  expect(section?.statements?.[1]?.evidence).toEqual([{ type: "statement", id: assessed.key }]);
});

test("what was saved keeps its id", () => {
  const saved = { ...blankStatement(), key: "7", isSaved: true, text: "Calm." };
  const [section] = bodyOf({ ...blankDraft(), sections: [{ ...blankSection(), key: "8", isSaved: true, statements: [saved] }] }).sections ?? [];
  expect(section).toMatchObject({ id: "8", statements: [{ id: "7" }] });
});
