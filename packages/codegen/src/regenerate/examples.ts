import { Ajv, type AnySchema, type ErrorObject } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import { type Description, operationsOf, refLocation } from "../description.ts";
import { InputError } from "../errors.ts";
import { isObject, type Json, type JsonObject, pointer, valueAt } from "../json.ts";

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
  const root = fragment as unknown as Json;
  const is30 = fragment.openapi.startsWith("3.0");
  const options = {
    strict: false,
    validateFormats: false,
    validateSchema: false,
    logger: false,
  } as const;
  const ajv = is30 ? new Ajv(options) : new Ajv2020(options);
  ajv.addSchema((is30 ? withNumericBounds(root) : root) as AnySchema, "fragment");
  const bad: BadExample[] = [];
  const seen = new Set<string>();
  for (const { schema, example, location } of exampleBodies(fragment)) {
    const key = `${schema} ${pointer(location)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    let validate;
    try {
      validate = ajv.compile({ $ref: `fragment#${schema}` });
    } catch (error) {
      throw new InputError(
        `#${schema}: not a schema that examples can be checked with: ${(error as Error).message}`,
        { cause: error },
      );
    }
    if (!validate(example)) {
      bad.push({ pointer: pointer(location), problem: explain(validate.errors ?? []) });
    }
  }
  return bad.sort((a, b) => (a.pointer < b.pointer ? -1 : 1));
}

function explain(errors: readonly ErrorObject[]): string {
  const [first] = errors;
  return first === undefined
    ? "does not fit"
    : `${first.instancePath || "it"} ${first.message ?? ""}`;
}

interface ExampleBody {
  /** JSON pointer of the schema. */
  schema: string;
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
    const place = [...at, "content", type];
    if (!isObject(body) || body["schema"] === undefined || !type.includes("json")) continue;
    const schema = pointer([...place, "schema"]);
    if (body["example"] !== undefined) {
      yield { schema, example: body["example"], location: [...place, "example"] };
    }
    for (const name of Object.keys(isObject(body["examples"]) ? body["examples"] : {})) {
      const [example, location] = followed(fragment, [...place, "examples", name]);
      if (isObject(example) && example["value"] !== undefined) {
        yield { schema, example: example["value"], location };
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

/** OpenAPI 3.0's `exclusiveMinimum: true` in the form of later JSON Schema. */
function withNumericBounds(value: Json): Json {
  if (Array.isArray(value)) return value.map(withNumericBounds);
  if (!isObject(value)) return value;
  const copy: JsonObject = {};
  for (const [key, item] of Object.entries(value)) copy[key] = withNumericBounds(item);
  for (const [exclusive, bound] of [
    ["exclusiveMinimum", "minimum"],
    ["exclusiveMaximum", "maximum"],
  ] as const) {
    if (typeof copy[exclusive] !== "boolean") continue;
    const isExclusive = copy[exclusive];
    delete copy[exclusive];
    if (isExclusive && copy[bound] !== undefined) copy[exclusive] = copy[bound];
  }
  return copy;
}
