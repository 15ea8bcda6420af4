import * as v from "valibot";
import { closest } from "./closest.ts";
import { InputError } from "./errors.ts";

// Each schema's message says what it must be, so that an error reads "check is "yes", not true or false.".

const words = "a string";

/** A string that is not empty. */
export const text = v.pipe(v.string(words), v.nonEmpty(words));
export const texts = v.array(text, "a list of strings");
export const flag = v.boolean("true or false");
export const callback = v.custom<(...values: never[]) => unknown>(
  (value) => typeof value === "function",
  "a function",
);
export const abortSignal = v.instance(AbortSignal, "an AbortSignal");

/** A text, or an object in its long form. */
export function textOr<const Long extends v.GenericSchema>(
  long: Long,
): v.LazySchema<typeof text | Long> {
  return v.lazy((input) => (typeof input === "string" ? text : long));
}

/** An object of texts: `{ "Job": "job" }`. */
export const textMap = v.record(v.string(), text, "an object");

type Entries = v.ObjectEntries;

/** An object with no other names than these. */
export function only<const Of extends Entries>(entries: Of): v.StrictObjectSchema<Of, "an object"> {
  return v.strictObject(entries, "an object");
}

/**
 * The value as the schema gives it.
 *
 * @param where What the message begins with: a file, a function.
 * @param kind What a name is called: an option of a function, a field of a file.
 * @throws {InputError} one line that names the location, what stands there and what may.
 */
export function checked<const Schema extends v.GenericSchema>(
  where: string,
  value: unknown,
  schema: Schema,
  kind: "option" | "field" = "option",
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  throw new InputError(explain(where, result.issues[0], schema, kind));
}

function explain(
  where: string,
  issue: v.BaseIssue<unknown>,
  schema: v.GenericSchema,
  kind: string,
): string {
  const path = issue.path ?? [];
  const keys = path.map(({ key }) => String(key));
  let { input, message } = issue;
  // A list with a wrong item is reported as the list that it should be.
  for (let list = listAround(schema, keys); list !== undefined; list = listAround(schema, keys)) {
    keys.pop();
    input = path[keys.length - 1]?.value;
    message = list;
  }
  const name = keys.at(-1);
  if (name === undefined) return `${where}: ${shown(input)} is not ${message}.`;
  const location = [where, ...keys.slice(0, -1)].join(": ");
  if (issue.type === "strict_object" && issue.expected === "never") {
    const valid = namesAt(schema, keys.slice(0, -1));
    const near = closest(name, valid);
    const hint = near === undefined ? "" : ` Did you mean "${near}"?`;
    return `${location}: Unknown ${kind} "${name}".${hint} Valid ${kind}s: ${valid.join(", ")}.`;
  }
  if (input === undefined) return `${location}: ${name} is missing.`;
  return `${location}: ${name} is ${shown(input)}, not ${message}.`;
}

/** What the list is called that a location is an item of. */
function listAround(schema: v.GenericSchema, keys: readonly string[]): string | undefined {
  const holder = keys.length === 0 ? undefined : schemaAt(schema, keys.slice(0, -1));
  return holder?.type === "array" ? (holder as unknown as { message: string }).message : undefined;
}

function namesAt(schema: v.GenericSchema, keys: readonly string[]): string[] {
  const found = schemaAt(schema, keys) as unknown as { entries?: Entries } | undefined;
  return Object.keys(found?.entries ?? {}).filter((name) => name !== "$schema");
}

/** The schema that stands at a location of a schema. */
function schemaAt(schema: v.GenericSchema, keys: readonly string[]): v.GenericSchema | undefined {
  const { type, wrapped, entries, value, item, getter } = schema as unknown as {
    type: string;
    wrapped?: v.GenericSchema;
    entries?: { [name: string]: v.GenericSchema };
    value?: v.GenericSchema;
    item?: v.GenericSchema;
    getter?: (input: unknown) => v.GenericSchema;
  };
  if (wrapped !== undefined) return schemaAt(wrapped, keys);
  if (type === "lazy") return schemaAt(getter!({}), keys);
  const [key, ...rest] = keys;
  if (key === undefined) return schema;
  const next = entries?.[key] ?? value ?? item;
  return next && schemaAt(next, rest);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
