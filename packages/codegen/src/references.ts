import { isObject, type Json } from "./json.ts";

/** A `$ref` and where it stands below the value that was searched. */
export interface Reference {
  ref: string;
  location: (string | number)[];
}

/** The keys under which OpenAPI has maps: the keys of such a map are names, not keywords. */
const maps = new Set([
  "properties",
  "patternProperties",
  "$defs",
  "definitions",
  "dependentSchemas",
  "schemas",
  "responses",
  "parameters",
  "examples",
  "requestBodies",
  "headers",
  "securitySchemes",
  "links",
  "callbacks",
  "pathItems",
  "content",
  "encoding",
  "paths",
  "variables",
]);

/** The keywords whose value is data: a `$ref` in it is an example of text, not a reference. */
const data = new Set(["example", "value", "default", "enum", "const"]);

/**
 * Every reference of a value: `$ref`s, and the targets of a `discriminator`'s `mapping`. Examples are data and are
 * not searched. `x-github-breaking-changes` may bring references in, for other API versions.
 */
export function* referencesIn(
  value: Json,
  location: (string | number)[] = [],
  isMap = false,
): Generator<Reference> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* referencesIn(item, [...location, index]);
    return;
  }
  if (!isObject(value)) return;
  for (const [key, item] of Object.entries(value)) {
    const at = [...location, key];
    if (isMap) {
      yield* referencesIn(item, at);
    } else if (key === "$ref" && typeof item === "string") {
      yield { ref: item, location: at };
    } else if (key === "mapping" && location.at(-1) === "discriminator" && isObject(item)) {
      for (const [name, target] of Object.entries(item)) {
        if (typeof target === "string") yield { ref: mapped(target), location: [...at, name] };
      }
    } else if (key === "x-github-breaking-changes") {
      yield* anyReferences(item, at);
    } else if (!data.has(key)) {
      yield* referencesIn(item, at, maps.has(key) && isObject(item));
    }
  }
}

/** A patch has parts of a description under keys of its own, so any `$ref` in it counts. */
function* anyReferences(value: Json, location: (string | number)[]): Generator<Reference> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    const at = [...location, key];
    if (key === "$ref" && typeof item === "string") yield { ref: item, location: at };
    else yield* anyReferences(item, at);
  }
}

/** A discriminator may name a schema instead of pointing at it. */
function mapped(target: string): string {
  return /^[A-Za-z0-9._-]+$/.test(target) ? `#/components/schemas/${target}` : target;
}
