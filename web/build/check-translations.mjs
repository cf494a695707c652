// Fails when a language lacks a key, a plural form or a placeholder, when the source asks for a key that is not there,
// or when a TLP label was translated.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = "src/i18n";
const LANGUAGES = ["en", "ru"];
const PLURAL = /_(zero|one|two|few|many|other)$/;
const problems = [];

function flatten(value, path = "") {
  if (typeof value === "string") return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, path ? `${path}.${key}` : key));
}

function read(language) {
  const files = readdirSync(join(ROOT, language)).filter((name) => name.endsWith(".json"));
  const entries = files.flatMap((name) => {
    const space = name.replace(".json", "");
    return flatten(JSON.parse(readFileSync(join(ROOT, language, name), "utf8"))).map(([key, text]) => [`${space}:${key}`, text]);
  });
  return new Map(entries);
}

/** A key without its plural form, but only where the language's `other` form shows that it is one. */
function stem(key, texts) {
  const bare = key.replace(PLURAL, "");
  return texts.has(`${bare}_other`) ? bare : key;
}

function placeholders(text) {
  return [...text.matchAll(/{{\s*(\w+)\s*}}/g)].map(([, name]) => name).sort().join(",");
}

function checkPair(base, other, language) {
  const stems = new Map([...base].map(([key, text]) => [stem(key, base), text]));
  const otherStems = new Map([...other].map(([key, text]) => [stem(key, other), text]));
  for (const key of stems.keys()) if (!otherStems.has(key)) problems.push(`${language} lacks ${key}`);
  for (const [key, text] of otherStems) {
    const original = stems.get(key);
    if (original === undefined) problems.push(`${language} has ${key}, which en lacks`);
    else if (placeholders(original) !== placeholders(text)) problems.push(`${language} ${key}: placeholders differ`);
  }
}

function checkPlurals(texts, language) {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  for (const key of texts.keys()) {
    if (!key.endsWith("_other")) continue;
    const bare = key.slice(0, -"_other".length);
    for (const form of forms) if (!texts.has(`${bare}_${form}`)) problems.push(`${language} ${bare} lacks the form ${form}`);
  }
}

function checkWords(texts, language) {
  for (const [key, text] of texts) {
    if (text.trim() === "") problems.push(`${language} ${key} is empty`);
    if (/TLP|AMBER|\bRED\b|\bGREEN\b|\bCLEAR\b/.test(text)) problems.push(`${language} ${key}: TLP labels are written by the code, never translated`);
  }
}

/** Literal keys in the source; keys built from data are checked by TypeScript. */
function checkSource(texts) {
  const files = readdirSync("src", { recursive: true }).filter((name) => /\.tsx?$/.test(name) && !name.startsWith("api/schema"));
  for (const name of files) {
    const source = readFileSync(join("src", name), "utf8");
    const [, space = "shell"] = /useTranslation\(\[?"(\w+)"/.exec(source) ?? [];
    for (const [, key] of source.matchAll(/\bt\("([^"$]+)"/g)) {
      const full = key.includes(":") ? key : `${space}:${key}`;
      if (!texts.has(full) && !texts.has(`${full}_other`)) problems.push(`src/${name} asks for ${full}, which is not there`);
    }
  }
}

const [english, ...others] = LANGUAGES.map(read);
others.forEach((texts, index) => checkPair(english, texts, LANGUAGES[index + 1]));
[english, ...others].forEach((texts, index) => {
  checkPlurals(texts, LANGUAGES[index]);
  checkWords(texts, LANGUAGES[index]);
});
checkSource(english);

problems.forEach((problem) => console.error(problem));
console.log(`translations: ${english.size} texts, ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
