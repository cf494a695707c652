// Writes src/api/schema.d.ts from the published OpenAPI document.
// GOOD_OFFICES_OPENAPI points at another document (a draft, or a running gateway's).
import { writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { resolve } from "node:path";
import openapiTS, { astToString } from "openapi-typescript";

const document = resolve(process.env.GOOD_OFFICES_OPENAPI ?? "../contracts/published/openapi.json");
const written = "src/api/schema.d.ts";

const types = await openapiTS(pathToFileURL(document), { alphabetize: true });
await writeFile(written, `// Generated from ${document.split("/").pop()}; do not edit.\n\n${astToString(types)}`);
console.log(`${written} written from ${document}`);
