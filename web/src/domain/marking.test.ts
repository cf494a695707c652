import { expect, test } from "vitest";
import { highest } from "./marking";

test("an empty page is unclassified and carries no TLP", () => {
  expect(highest([])).toEqual({ sensitivity: "unclassified", tlp: undefined });
});

test("sensitivity and TLP are joined field by field", () => {
  const marking = highest([
    { sensitivity: "confidential", tlp: "GREEN" },
    { sensitivity: "unclassified", tlp: "AMBER+STRICT" },
  ]);
  expect(marking).toEqual({ sensitivity: "confidential", tlp: "AMBER+STRICT" });
});
