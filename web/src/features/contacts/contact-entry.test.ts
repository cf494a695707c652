import { expect, test } from "vitest";
import type { Contact } from "../../api/types";
import { BLANK, bodyOf, entryOf } from "./contact-entry";

const KEPT = { name: "Сергей", latin_name: "Sergey", other_names: ["Serge", "S."], languages: ["ru", "tg"], channels: [{ kind: "messenger", value: "@s" }], purpose: "Talks", notes: null, countries: ["TJK", "RUS"] } as unknown as Contact;

test("an edit that changes nothing sends what was there", () => {
  const { name, latin_name, other_names, languages, channels, purpose, notes, countries } = KEPT;
  expect(bodyOf(entryOf(KEPT))).toEqual({ name, latin_name, other_names, languages, channels, purpose, notes, countries });
});

test("what is left empty is not sent as a channel or a name", () => {
  expect(bodyOf({ ...BLANK, name: "A", purpose: "Talks" })).toMatchObject({ latin_name: null, other_names: [], languages: [], channels: [], notes: null });
});
