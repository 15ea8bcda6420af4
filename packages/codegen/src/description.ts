/** A JSON value, as it stands in an OpenAPI description. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A JSON object, as it stands in an OpenAPI description. */
export type JsonObject = { [key: string]: Json };

/** An OpenAPI description, or a fragment of one: the parts this package reads, the rest untouched. */
export interface Description {
  openapi: string;
  info: JsonObject;
  servers?: Json;
  externalDocs?: Json;
  paths: { [path: string]: JsonObject };
  components: { [section: string]: JsonObject };
}

/** The keys of a path item that hold an operation, in the order OpenAPI lists them. */
export const methods = [
  "get",
  "put",
  "post",
  "delete",
  "options",
  "head",
  "patch",
  "trace",
] as const;

/** One operation of a description and where it stands. */
export interface LocatedOperation {
  path: string;
  method: (typeof methods)[number];
  operation: JsonObject;
}

/** Every operation of a description, in the order of its paths. */
export function* operationsOf(description: Description): Generator<LocatedOperation> {
  for (const [path, item] of Object.entries(description.paths)) {
    for (const method of methods) {
      const operation = item[method];
      if (isObject(operation)) yield { path, method, operation };
    }
  }
}

/** Whether a JSON value is an object: neither null nor an array. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value a local `$ref` such as `#/components/schemas/job` points at, or undefined. */
export function lookUp(description: Description, ref: string): Json | undefined {
  let value = description as unknown as Json | undefined;
  for (const part of ref.slice(2).split("/")) {
    const key = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
    value = isObject(value) ? value[key] : Array.isArray(value) ? value[Number(key)] : undefined;
  }
  return value;
}

/** The value itself, or what it points at when it is a `$ref`. */
export function resolve(description: Description, value: Json | undefined): JsonObject | undefined {
  if (!isObject(value)) return undefined;
  if (typeof value["$ref"] !== "string") return value;
  return resolve(description, lookUp(description, value["$ref"]));
}
