import { dereference, type OutputUnit, type Schema, validate } from "@cfworker/json-schema";
import { type Description, operationsOf, refLocation } from "../description.ts";
import { isObject, type Json, pointer, valueAt } from "../json.ts";
import { jsonSchema } from "./json-schema.ts";

/** An example that its own schema does not allow. */
export interface BadExample {
  /** Where the example stands. */
  pointer: string;
  /** What is wrong with it. */
  problem: string;
}

/**
 * The examples of a fragment's request and response bodies that do not fit their schema. Formats are not checked:
 * the description's examples have host names and dates in many forms.
 */
export function badExamples(fragment: Description): BadExample[] {
  const bodies = [...exampleBodies(fragment)];
  const schemas = Object.entries(fragment.components["schemas"] ?? {});
  const allOf = bodies.map(({ schema }) => jsonSchema(schema) as Schema);
  const $defs = Object.fromEntries(schemas.map(([name, schema]) => [name, jsonSchema(schema)]));
  const root: Schema = { $defs, allOf };
  const lookup = dereference(root);
  const draft = fragment.openapi.startsWith("3.0") ? "4" : "2020-12";
  const bad = new Map<string, string>();
  for (const [index, { example, location }] of bodies.entries()) {
    const { valid, errors } = validate(example, allOf[index]!, draft, lookup, false);
    if (!valid) bad.set(pointer(location), explain(errors));
  }
  return [...bad]
    .map(([pointer, problem]) => ({ pointer, problem }))
    .sort((a, b) => (a.pointer < b.pointer ? -1 : 1));
}

/** The last finding is the one deepest inside. */
function explain(errors: readonly OutputUnit[]): string {
  const last = errors.at(-1);
  if (last === undefined) return "does not fit";
  const location = last.instanceLocation.replace(/^#\/?/, "");
  const error = last.error.replaceAll(/\s+/g, " ").replace(/\.$/, "");
  return location === "" ? error : `${location}: ${error}`;
}

interface ExampleBody {
  schema: Json;
  example: Json;
  location: string[];
}

function* exampleBodies(fragment: Description): Generator<ExampleBody> {
  for (const { path, method, operation } of operationsOf(fragment)) {
    const at = ["paths", path, method];
    const responses = isObject(operation["responses"]) ? operation["responses"] : {};
    yield* examplesOf(fragment, [...at, "requestBody"]);
    for (const status of Object.keys(responses)) {
      yield* examplesOf(fragment, [...at, "responses", status]);
    }
  }
}

function* examplesOf(fragment: Description, holder: string[]): Generator<ExampleBody> {
  const [content, at] = followed(fragment, holder);
  const media = isObject(content) && isObject(content["content"]) ? content["content"] : {};
  for (const [type, body] of Object.entries(media)) {
    const location = [...at, "content", type];
    if (!isObject(body) || body["schema"] === undefined || !type.includes("json")) continue;
    const { schema } = body;
    if (body["example"] !== undefined) {
      yield { schema, example: body["example"], location: [...location, "example"] };
    }
    for (const name of Object.keys(isObject(body["examples"]) ? body["examples"] : {})) {
      const [example, source] = followed(fragment, [...location, "examples", name]);
      if (isObject(example) && example["value"] !== undefined) {
        yield { schema, example: example["value"], location: source };
      }
    }
  }
}

/** The value at a location, and where it really is when it is a `$ref`. */
function followed(fragment: Description, location: string[]): [Json | undefined, string[]] {
  const value = valueAt(fragment as unknown as Json, location);
  const ref = isObject(value) ? value["$ref"] : undefined;
  return typeof ref === "string" ? followed(fragment, refLocation(ref)) : [value, location];
}
