import type { ValueSchema } from "../description/requests.gen.ts";
import { isObject } from "../input/check.ts";

/**
 * What is wrong with a JSON value, in the words of GitHub's answers (its checker is brandur/json_schema);
 * undefined when nothing is. What is missing comes before what is of another type.
 *
 * @param path of the schema that holds the value, e.g. `properties/state`
 */
export function schemaProblem(
  value: unknown,
  schema: ValueSchema,
  path = "links/0/schema",
): string | undefined {
  const at = `For '${path}', ${inRuby(value)}`;
  if (value === null && schema.nullable === true) return undefined;
  const type = schema.type === undefined ? undefined : types[schema.type];
  if (type?.is(value) === false) return `${at} is not ${type.name}.`;
  if (schema.enum?.includes(value) === false) {
    return `${at} is not a member of ${inRuby(schema.enum)}.`;
  }
  if (Array.isArray(value)) return listProblem(value, schema);
  if (isObject(value)) return objectProblem(value, schema, path);
  if (typeof value === "string" && schema.pattern !== undefined) {
    const { pattern } = schema;
    if (!new RegExp(pattern, "u").test(value)) return `${at} does not match ${pattern}.`;
  }
  return undefined;
}

function objectProblem(
  value: Readonly<Record<string, unknown>>,
  { properties = {}, required = [], maxProperties = Infinity, ...schema }: ValueSchema,
  path: string,
): string | undefined {
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives !== undefined) return alternativesProblem(value, alternatives, path);
  const missing = required.filter((name) => value[name] === undefined);
  if (missing.length > 0) {
    const names = missing.map((name) => JSON.stringify(name)).join(", ");
    return `${names} ${missing.length > 1 ? "weren't" : "wasn't"} supplied.`;
  }
  const count = Object.keys(value).length;
  if (count > maxProperties) {
    return `No more than ${maxProperties} properties are allowed; ${supplied(count)}.`;
  }
  for (const [name, one] of Object.entries(value)) {
    const own = Object.hasOwn(properties, name) ? properties[name] : undefined;
    const problem = own && schemaProblem(one, own, `properties/${name}`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** What all alternatives lack, then what one of them lacks, then what is of another type in any. */
function alternativesProblem(
  value: Readonly<Record<string, unknown>>,
  alternatives: readonly ValueSchema[],
  path: string,
): string | undefined {
  const problems = alternatives.map((one) => schemaProblem(value, one, path));
  if (problems.includes(undefined)) {
    // GitHub holds each property against every alternative that has it.
    return typeProblem(value, alternatives, path);
  }
  const required = alternatives.map((one) => one.required ?? []);
  const everywhere = (required[0] ?? []).filter((name) =>
    required.every((names) => names.includes(name)),
  );
  const lacks = schemaProblem(value, { required: everywhere }, path);
  if (lacks !== undefined) return lacks;
  const wrong = typeProblem(value, alternatives, path);
  if (wrong !== undefined) return wrong;
  const choices = new Set(required.flat().filter((name) => !everywhere.includes(name)));
  const names = [...choices].map((name) => JSON.stringify(name));
  return `Any of ${names.toReversed().join(", ")} must be supplied.`;
}

/** What is of another type than an alternative has it, whatever is missing. */
function typeProblem(
  value: unknown,
  alternatives: readonly ValueSchema[],
  path: string,
): string | undefined {
  return alternatives
    .map((one) => schemaProblem(value, { ...one, required: [] }, path))
    .find((problem) => problem !== undefined);
}

function listProblem(
  value: readonly unknown[],
  { items, minItems = 0, maxItems = Infinity }: ValueSchema,
): string | undefined {
  const count = value.length;
  if (count < minItems)
    return `No less than ${minItems} items are required; only ${supplied(count)}.`;
  if (count > maxItems) return `No more than ${maxItems} items are allowed; ${supplied(count)}.`;
  for (const one of value) {
    const problem = items && schemaProblem(one, items, "items");
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function supplied(count: number): string {
  return `${count} ${count === 1 ? "was" : "were"} supplied`;
}

interface JsonType {
  name: string;
  is: (value: unknown) => boolean;
}

const types: Readonly<Record<string, JsonType>> = {
  array: { name: "an array", is: Array.isArray },
  boolean: { name: "a boolean", is: (value) => typeof value === "boolean" },
  integer: { name: "an integer", is: Number.isInteger },
  number: { name: "a number", is: (value) => typeof value === "number" },
  object: { name: "an object", is: isObject },
  string: { name: "a string", is: (value) => typeof value === "string" },
};

/** A JSON value as GitHub shows it: Ruby writes it so. */
function inRuby(value: unknown): string {
  if (value === null) return "nil";
  if (Array.isArray(value)) return `[${value.map(inRuby).join(", ")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(
    ([key, one]) => `${JSON.stringify(key)}=>${inRuby(one)}`,
  );
  return `{${entries.join(", ")}}`;
}
