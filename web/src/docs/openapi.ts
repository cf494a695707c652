/** What the reference reads of an OpenAPI 3.1 document. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  description?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  anyOf?: Schema[];
  additionalProperties?: Schema | boolean;
}

export interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  description?: string;
  schema?: Schema;
}

interface Content {
  content?: Record<string, { schema?: Schema }>;
  description?: string;
}

export interface Operation {
  operationId: string;
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: (Parameter | { $ref: string })[];
  requestBody?: Content;
  responses: Record<string, Content>;
}

export interface OpenApi {
  info: { title: string; version: string; description?: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas?: Record<string, Schema>; parameters?: Record<string, Parameter> };
}

export interface Endpoint {
  method: string;
  path: string;
  operation: Operation;
}

const METHODS = ["get", "post", "put", "patch", "delete"];

/** The operations by the collection that their path begins with, in the order of the alphabet. */
export function byCollection(document: OpenApi): [string, Endpoint[]][] {
  const groups = new Map<string, Endpoint[]>();
  for (const [path, methods] of Object.entries(document.paths)) {
    const collection = path.split("/").find((part) => part && part !== "v1") ?? path;
    const endpoints = METHODS.flatMap((method) => (methods[method] ? [{ method, path, operation: methods[method] }] : []));
    groups.set(collection, [...(groups.get(collection) ?? []), ...endpoints]);
  }
  return [...groups].sort(([one], [other]) => one.localeCompare(other));
}

function nameOf(ref: string): string {
  return ref.split("/").pop() ?? ref;
}

export function parametersOf(document: OpenApi, { parameters = [] }: Operation): Parameter[] {
  return parameters.flatMap((each) => ("$ref" in each ? (document.components.parameters?.[nameOf(each.$ref)] ?? []) : each));
}

export function resolve(document: OpenApi, schema: Schema | undefined): Schema | undefined {
  return schema?.$ref ? document.components.schemas?.[nameOf(schema.$ref)] : schema;
}

/** A schema in a few words: `string (date-time)`, `list of Party`, `"a" | "b"`. */
export function inWords(document: OpenApi, schema: Schema | undefined): string {
  if (!schema) return "anything";
  if (schema.anyOf) return schema.anyOf.map((each) => inWords(document, each)).join(" | ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const resolved = resolve(document, schema);
  if (resolved?.enum) return resolved.enum.map((value) => JSON.stringify(value)).join(" | ");
  if (schema.$ref) return nameOf(schema.$ref);
  if (schema.type === "array") return `list of ${inWords(document, schema.items)}`;
  const type = [schema.type ?? "object"].flat().join(" | ");
  return schema.format ? `${type} (${schema.format})` : type;
}
