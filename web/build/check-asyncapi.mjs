// Fails when the AsyncAPI document is not valid for the parser that integrators' tools are built on.
import { readFileSync } from "node:fs";
import { Parser } from "@asyncapi/parser";

const ERROR = 0;
const document = readFileSync("../contracts/published/asyncapi.json", "utf8");
const { diagnostics } = await new Parser().parse(document);
const errors = diagnostics.filter(({ severity }) => severity === ERROR);
for (const { path, message } of errors.slice(0, 20)) console.error(`${path.join("/")}: ${message}`);
if (errors.length > 0) process.exitCode = 1;
console.log(`asyncapi.json: ${errors.length} errors`);
