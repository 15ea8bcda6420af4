import * as v from "valibot";
import { InvalidInputError } from "./invalid-input-error.ts";
import { nearest } from "./nearest.ts";
import { below, refusal, type Place } from "./place.ts";

/** Looks at one value. Its message says what it may be, e.g. `"a whole number of 1 or more"`. */
export type Check = v.GenericSchema;

/** A property that has to be there. */
export interface RequiredCheck {
  readonly required: Check;
}

/** A check for each property of `T`, required where `T` requires it: a new property needs one. */
export type Fields<T> = {
  readonly [K in keyof T]-?: object extends Pick<T, K> ? Check : RequiredCheck;
};

/** What a schema allows, in words; a schema of valibot's own says it in its message. */
const words = new WeakMap<object, string>();
/** Schemas whose values no message shows. */
const secrets = new WeakSet<object>();
/** Records whose names no message shows either. */
const nameless = new WeakSet<object>();

function said<Schema extends Check>(schema: Schema, allowed: string): Schema {
  words.set(schema, allowed);
  return schema;
}

function allowedBy(schema: Check): string {
  return words.get(schema) ?? "something else";
}

/** A check by a predicate. */
export function is(allowed: string, test: (value: unknown) => boolean): Check {
  return said(v.custom(test, `is not ${allowed}`), allowed);
}

export const text: Check = said(v.pipe(v.string("is not text"), v.nonEmpty("is not text")), "text");
export const anyText: Check = said(v.string("is not text"), "text");
export const flag: Check = said(v.boolean("is not true or false"), "true or false");
export const callback: Check = said(v.function("is not a function"), "a function");

/** A whole number from `least` on. */
export function whole(least: number, most: number = Number.MAX_SAFE_INTEGER): Check {
  const range =
    most === Number.MAX_SAFE_INTEGER ? `of ${least} or more` : `from ${least} to ${most}`;
  const not = `is not a whole number ${range}`;
  return said(
    v.pipe(v.number(not), v.safeInteger(not), v.minValue(least, not), v.maxValue(most, not)),
    `a whole number ${range}`,
  );
}

/** A number from `least` on. */
export function amount(least: number, most: number = Infinity): Check {
  const range = most === Infinity ? `of ${least} or more` : `from ${least} to ${most}`;
  const not = `is not a number ${range}`;
  return said(
    v.pipe(v.number(not), v.finite(not), v.minValue(least, not), v.maxValue(most, not)),
    `a number ${range}`,
  );
}

/** One of the names of a union, all of which have to be listed. */
export function oneOf<Name extends string>(names: Readonly<Record<Name, true>>): Check {
  const list = Object.keys(names);
  const schema = v.picklist(list, ({ input }) => {
    const meant = typeof input === "string" ? nearest(input, list) : undefined;
    const hint = meant === undefined ? "" : `; did you mean ${JSON.stringify(meant)}?`;
    return `is none of ${list.join(", ")}${hint}`;
  });
  return said(schema, `one of ${list.join(", ")}`);
}

/** Null, or what else is allowed. */
export function orNull(other: Check): Check {
  return said(v.nullable(other), `${allowedBy(other)} or null`);
}

/** A shorter form of a value, by its type; everything else is held against the long form. */
export function short(type: "string" | "boolean" | "function", brief: Check, long: Check): Check {
  // oxlint-disable-next-line valid-typeof -- one of three names
  const schema = v.lazy((input) => (typeof input === type ? brief : long));
  return said(schema, `${allowedBy(brief)} or ${allowedBy(long)}`);
}

/** One of two checks, by what the value is. */
export function either(test: (value: unknown) => boolean, first: Check, other: Check): Check {
  return choose((value) => (test(value) ? first : other), other);
}

/** The check that a value asks for; `general` says what is allowed. */
export function choose(by: (value: unknown) => Check, general: Check): Check {
  return said(v.lazy(by), allowedBy(general));
}

/** Whether a value is allowed. */
export function passes(schema: Check, value: unknown): boolean {
  return v.safeParse(schema, value, { abortEarly: true }).success;
}

export function listOf(entry: Check): Check {
  return said(v.array(entry, "is not a list"), "a list");
}

/** A list of two. */
export function pairOf(first: Check, second: Check, allowed: string): Check {
  return said(v.strictTuple([first, second], `is not ${allowed}`), allowed);
}

/** One value, or a list of them. */
export function oneOrMore(entry: Check): Check {
  const list = listOf(entry);
  const schema = v.lazy((input) => (Array.isArray(input) ? list : entry));
  return said(schema, `${allowedBy(entry)}, or a list`);
}

/** A value that may be a token or a key: no message shows it. */
export function secret(other: Check): Check {
  const schema = v.lazy(() => other);
  secrets.add(schema);
  return said(schema, allowedBy(other));
}

export function required(check: Check): RequiredCheck {
  return { required: check };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Lists are objects to JavaScript, and to valibot. */
function plain(schema: Check, allowed: string): Check {
  const list = v.custom(isObject, `is not ${allowed}`);
  return said(
    v.lazy((input) => (isObject(input) ? schema : list)),
    allowed,
  );
}

function entriesOf(fields: object): v.ObjectEntries {
  const entries = Object.entries(fields) as [string, Check | RequiredCheck][];
  return Object.fromEntries(
    entries.map(([name, field]) => [
      name,
      "required" in field ? field.required : v.optional(field),
    ]),
  );
}

/** An object with these properties and no others. */
export function object<T>(fields: Fields<T>): Check {
  const allowed = `an object with ${Object.keys(fields).join(", ")}`;
  return plain(v.strictObject(entriesOf(fields), `is not ${allowed}`), allowed);
}

/** An object with these properties among others, such as a body GitHub answered. */
export function properties(fields: object): Check {
  const allowed = `an object with ${Object.keys(fields).join(", ")}`;
  return plain(v.looseObject(entriesOf(fields), `is not ${allowed}`), allowed);
}

/** An object whose property names are the author's own. */
export function recordOf(
  entry: Check,
  { name = anyText, keep = true }: { name?: Check; keep?: boolean } = {},
): Check {
  const schema = v.record(name as v.GenericSchema<string>, entry, "is not an object");
  if (!keep) nameless.add(schema);
  return plain(schema, "an object");
}

/** A check of the whole, once its parts are right. */
export function also(
  schema: Check,
  test: (value: never) => { path?: string; value: unknown; problem: string } | undefined,
): Check {
  const whole = v.pipe(
    schema,
    v.rawCheck(({ dataset, addIssue }) => {
      const wrong = dataset.typed ? test(dataset.value as never) : undefined;
      if (wrong === undefined) return;
      const { path, value, problem } = wrong;
      addIssue({
        message: problem,
        input: value,
        ...(path === undefined
          ? {}
          : { path: [{ type: "object", origin: "value", input: {}, key: path, value }] }),
      });
    }),
  );
  return said(whole, allowedBy(schema));
}

/** @throws {InvalidInputError} when the value is not allowed, with its place */
export function check(schema: Check, value: unknown, place: Place): void {
  if (passes(schema, value)) return;
  const { issues = [] } = v.safeParse(schema, value);
  // A misspelt name explains why another is missing.
  const issue = issues.find(({ expected }) => expected === "never") ?? issues[0];
  if (issue !== undefined) throw explained(schema, value, issue, place);
}

/** The issue as an error that names the place, what stands there and what may. */
function explained(
  schema: Check,
  value: unknown,
  issue: v.BaseIssue<unknown>,
  place: Place,
): InvalidInputError {
  let hidden = place.secret === true;
  const visit = (one: Check): void => {
    hidden ||= secrets.has(one);
  };
  let where = place;
  let parent = place;
  let around: Check | undefined;
  let inside: Check | undefined = schema;
  let here = value;
  for (const { key, value: next, origin } of issue.path ?? []) {
    const open = opened(inside, here, visit);
    // A record's name that is wrong is no place in it.
    if (origin === "key" && open?.type === "record") break;
    const index =
      open && nameless.has(open) ? Object.keys(here as object).indexOf(String(key)) : key;
    parent = where;
    where = below(where, index as number | string);
    around = open;
    inside = entryOf(open, String(key));
    here = next;
  }
  opened(inside, here, visit);
  const at: Place = { ...where, secret: hidden };
  if (issue.expected === "never" && around !== undefined && "entries" in around) {
    return unknownName(Object.keys(around.entries as object), issue, parent, at);
  }
  const missing = issue.input === undefined && issue.path !== undefined && inside !== undefined;
  return missing
    ? refusal(at, undefined, `is missing: give ${allowedBy(inside as Check)}`)
    : refusal(at, issue.input, issue.message);
}

/** The sentence that every package says of a misspelt name; its value stays out of it. */
function unknownName(
  names: readonly string[],
  issue: v.BaseIssue<unknown>,
  { call, path: parent }: Place,
  at: Place,
): InvalidInputError {
  const last = issue.path?.at(-1);
  const name = String(last?.key);
  const kind = call === "" ? "field" : "option";
  const meant = nearest(name, names);
  const hint = meant === undefined ? "" : ` Did you mean "${meant}"?`;
  const where = [call, parent].filter((word) => word !== "").map((word) => `${word}: `);
  return new InvalidInputError(
    `${where.join("")}Unknown ${kind} "${name}".${hint} Valid ${kind}s: ${names.join(", ")}.`,
    { property: at.path, value: at.secret === true ? undefined : last?.value },
  );
}

/** The schema that a value was held against, inside those that only choose. */
function opened(
  schema: Check | undefined,
  value: unknown,
  visit: (schema: Check) => void,
): Check | undefined {
  let open = schema;
  for (;;) {
    if (open === undefined) return undefined;
    visit(open);
    const { getter, wrapped, pipe } = open as {
      getter?: (input: unknown) => Check;
      wrapped?: Check;
      pipe?: readonly Check[];
    };
    if (getter !== undefined) open = getter(value);
    else if (wrapped !== undefined) open = wrapped;
    else if (pipe?.[0] !== undefined && pipe[0] !== open) open = pipe[0];
    else return open;
  }
}

function entryOf(schema: Check | undefined, key: string): Check | undefined {
  const { entries, items, item, value } = (schema ?? {}) as {
    entries?: Record<string, Check>;
    items?: readonly Check[];
    item?: Check;
    value?: Check;
  };
  return entries?.[key] ?? items?.[Number(key)] ?? item ?? value;
}
