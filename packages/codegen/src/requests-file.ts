import {
  type Description,
  operationId,
  operationsOf,
  parameterObjects,
  resolve,
} from "./description.ts";
import { notice } from "./generated.ts";
import { isObject, type Json, type JsonObject, sortKeys } from "./json.ts";
import { bodySchema } from "./operations-table.ts";
import type { Fragment } from "./regenerate/fragments.ts";

/** What a request of an operation may have, as schemas without a `$ref`. */
export interface OperationRequest {
  /** Of each query parameter. */
  query: { [name: string]: JsonObject };
  /** Of the JSON body; undefined when the operation takes none. */
  body?: JsonObject;
}

/** What a request of each operation of a fragment may have, by the operation's id. */
export function requestsOf(fragment: Description): { [id: string]: OperationRequest } {
  const entries = [...operationsOf(fragment)].map((located) => {
    const query = parameterObjects(fragment, located)
      .filter((parameter) => parameter["in"] === "query")
      .map((parameter) => [
        parameter["name"] as string,
        inlined(fragment, parameter["schema"] ?? {}) as JsonObject,
      ]);
    const body = bodySchema(fragment, located.operation);
    const request: OperationRequest = {
      query: Object.fromEntries(query),
      ...(body && { body: inlined(fragment, body) as JsonObject }),
    };
    return [operationId(located), request] as const;
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The words of a schema that say what a value may be; the others are for readers. */
const words = new Set([
  "additionalProperties",
  "allOf",
  "anyOf",
  "enum",
  "format",
  "items",
  "maxItems",
  "maxLength",
  "maxProperties",
  "maximum",
  "minItems",
  "minLength",
  "minimum",
  "nullable",
  "oneOf",
  "pattern",
  "properties",
  "required",
  "type",
  "x-extensible-enum",
]);

/** A schema with what its `$ref`s point at in their place. A slice has no circle of them. */
function inlined(fragment: Description, value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => inlined(fragment, item));
  const schema = resolve(fragment, value);
  if (schema === undefined) return value;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([word]) => words.has(word))
      .map(([word, content]) => [
        word,
        word === "properties" && isObject(content)
          ? Object.fromEntries(
              Object.entries(content).map(([name, one]) => [name, inlined(fragment, one)]),
            )
          : inlined(fragment, content),
      ]),
  );
}

/** The TypeScript source of {@link requestsOf} several fragments, and of what other API versions have otherwise. */
export function requestsFile(fragments: readonly Fragment[]): string {
  const all = (chosen: readonly Fragment[]) =>
    Object.assign({}, ...chosen.map(({ description }) => requestsOf(description))) as {
      [id: string]: OperationRequest;
    };
  const isDefault = ({ name, target }: Fragment) => name === target;
  const requests = all(fragments.filter(isDefault));
  const others = fragments.filter((fragment) => !isDefault(fragment));
  const versions = [...new Set(others.map(({ apiVersion }) => apiVersion))].sort();
  const sections = versions.map((version) => {
    const own = all(others.filter(({ apiVersion }) => apiVersion === version));
    const different = Object.entries(own).filter(([id, one]) => row(one) !== row(requests[id]));
    return `  ${JSON.stringify(version)}: {\n${different.map(([id, one]) => `    ${JSON.stringify(id)}: ${row(one)},\n`).join("")}  },\n`;
  });
  const rows = Object.entries(requests).map(
    ([id, request]) => `  ${JSON.stringify(id)}: ${row(request)},\n`,
  );
  return `${notice(fragments.map(({ name }) => `${name}.json`).join(", "))}
/** What a value may be, in the words of OpenAPI 3.0. */
export interface ValueSchema {
  readonly type?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  /** The words known today. */
  readonly "x-extensible-enum"?: readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly items?: ValueSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: { readonly [name: string]: ValueSchema };
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | ValueSchema;
  readonly maxProperties?: number;
  readonly allOf?: readonly ValueSchema[];
  readonly anyOf?: readonly ValueSchema[];
  readonly oneOf?: readonly ValueSchema[];
}

/** What a request of an operation may have. */
export interface OperationRequest {
  /** Of each query parameter. */
  readonly query: { readonly [name: string]: ValueSchema };
  /** Of the JSON body; undefined when the operation takes none. */
  readonly body?: ValueSchema;
}

/** What a request of each operation may have, by the operation's id. */
export const requests: { readonly [id: string]: OperationRequest | undefined } = {
${rows.join("")}};

/** Those that another API version has otherwise, by the version and the id. */
export const requestsOfVersions: {
  readonly [version: string]: { readonly [id: string]: OperationRequest | undefined } | undefined;
} = {
${sections.join("")}};
`;
}

function row(request: OperationRequest | undefined): string {
  return request === undefined ? "" : JSON.stringify(sortKeys(request as unknown as Json));
}
