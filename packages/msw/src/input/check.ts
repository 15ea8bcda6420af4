import * as v from "valibot";
import { nearest } from "./nearest.ts";
import { below, InvalidInputError, missing, refusal } from "./refusal.ts";

/** A schema of valibot's. What it allows stands in `expects`, e.g. `"a whole number of 1 or more"`. */
export type Check<T = unknown> = v.GenericSchema<T>;

/** A property that has to be there. */
export interface RequiredCheck<T = unknown> {
  readonly required: Check<T>;
}

/**
 * A check for each property of `T`, required where `T` requires it: a new property needs one, and it
 * allows nothing that the type does not.
 */
export type Fields<T> = {
  readonly [K in keyof T]-?: object extends Pick<T, K>
    ? Check<Exclude<T[K], undefined>>
    : RequiredCheck<T[K]>;
};

/** The schema, with words of our own for what it allows. */
function worded<Schema extends Check>(schema: Schema, expects: string): Schema {
  return { ...schema, expects };
}

/** A check by a predicate. */
export function is<T>(allowed: string, test: (value: unknown) => boolean): Check<T> {
  return worded(v.custom<T>(test), allowed);
}

export const text: Check<string> = is(
  "a string",
  (value) => typeof value === "string" && value !== "",
);
export const anyText: Check<string> = worded(v.string(), "a string");
export const flag: Check<boolean> = worded(v.boolean(), "true or false");
export const callback: Check<never> = worded(v.function(), "a function") as Check as Check<never>;

/** A whole number from `least` on. */
export function whole(least: number, most: number = Number.MAX_SAFE_INTEGER): Check<number> {
  const range =
    most === Number.MAX_SAFE_INTEGER ? `of ${least} or more` : `from ${least} to ${most}`;
  return is(
    `a whole number ${range}`,
    (value) => Number.isSafeInteger(value) && inRange(value, least, most),
  );
}

/** A number from `least` on. */
export function amount(least: number = -Infinity, most: number = Infinity): Check<number> {
  const range = most < Infinity ? ` from ${least} to ${most}` : ` of ${least} or more`;
  return is(
    `a number${least === -Infinity ? "" : range}`,
    (value) => Number.isFinite(value) && inRange(value, least, most),
  );
}

function inRange(value: unknown, least: number, most: number): boolean {
  return (value as number) >= least && (value as number) <= most;
}

/** One of the names of a union, all of which have to be keys of `names`. */
export function oneOf<Name extends string>(names: Readonly<Record<Name, unknown>>): Check<Name> {
  const list = Object.keys(names) as Name[];
  const words = anyOf(list);
  const schema = v.picklist(list, ({ input }) => {
    const meant = typeof input === "string" ? nearest(input, list) : undefined;
    const hint = meant === undefined ? "" : ` Did you mean ${JSON.stringify(meant)}?`;
    return `not ${words}.${hint}`;
  });
  return worded(schema, words);
}

/** `"a", "b" or "c"`, as in every package. */
function anyOf(list: readonly string[]): string {
  const quoted = list.map((name) => JSON.stringify(name));
  return [quoted.slice(0, -1).join(", "), ...quoted.slice(-1)].filter(Boolean).join(" or ");
}

/** Null, or what else is allowed. */
export function orNull<T>(other: Check<T>): Check<T | null> {
  return worded(v.nullable(other), `${other.expects} or null`);
}

/** A shorter form of a value, by its type; everything else is held against the long form. */
export function short<Short, Long>(
  type: "string" | "boolean" | "function",
  brief: Check<Short>,
  long: Check<Long>,
): Check<Short | Long> {
  // oxlint-disable-next-line valid-typeof -- one of three names
  const schema = v.lazy<Check<Short | Long>>((input) => (typeof input === type ? brief : long));
  return worded(schema, `${brief.expects} or ${long.expects}`);
}

/** The check that a value decides on; `general` says what is allowed. */
export function choose<T>(by: (value: unknown) => Check<T>, general: Check<T>): Check<T> {
  return worded(v.lazy(by), general.expects);
}

export function listOf<T>(entry: Check<T>): Check<T[]> {
  return worded(v.array(entry), "a list");
}

/** One value, or a list of them. */
export function oneOrMore<T>(entry: Check<T>): Check<T | readonly T[]> {
  const list = listOf(entry);
  const schema = v.lazy<Check<T | readonly T[]>>((input) => (Array.isArray(input) ? list : entry));
  return worded(schema, `${entry.expects}, or a list`);
}

export function required<T>(check: Check<T>): RequiredCheck<T> {
  return { required: check };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Lists are objects to JavaScript, and to valibot. */
function plain<T>(schema: Check, allowed: string): Check<T> {
  const never = is(allowed, () => false);
  return worded(
    v.lazy((input) => (isObject(input) ? schema : never)),
    allowed,
  ) as Check as Check<T>;
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
export function object<T>(fields: Fields<T>): Check<T> {
  const entries = entriesOf(fields);
  const names = Object.keys(entries);
  const message = (issue: v.StrictObjectIssue): string => wrongName(issue, entries);
  return plain(v.strictObject(entries, message), `an object with ${names.join(", ")}`);
}

/** An object with these properties among others, such as a body of GitHub's. */
export function properties<T>(fields: {
  readonly [K in keyof T]?: Check | RequiredCheck;
}): Check<T> {
  const entries = entriesOf(fields);
  const message = (issue: v.LooseObjectIssue): string => wrongName(issue, entries);
  const allowed = `an object with ${Object.keys(entries).join(", ")}`;
  return plain(v.looseObject(entries, message), allowed);
}

/** An object whose property names are the author's own. */
export function recordOf<T>(
  entry: Check<T>,
  name: Check<string> = anyText,
): Check<Record<string, T>> {
  return plain(v.record(name, entry), "an object");
}

/** The sentence of every package for a misspelt name; of what is missing, what it has to be. */
function wrongName(
  { expected, lang: kind, path }: v.BaseIssue<unknown>,
  entries: v.ObjectEntries,
): string {
  const key = String(path?.[0]?.key);
  if (expected !== "never") return entries[key]?.expects ?? "a value";
  const names = Object.keys(entries);
  const meant = nearest(key, names);
  const hint = meant === undefined ? "" : ` Did you mean "${meant}"?`;
  return `Unknown ${kind} "${key}".${hint} Valid ${kind}s: ${names.join(", ")}.`;
}

/** What valibot's own schemas say. */
function message({ expected, lang: kind, path }: v.BaseIssue<unknown>): string {
  if (expected === "never") return `Unknown ${kind} "${String(path?.[0]?.key)}".`;
  return `not ${expected === "Object" ? "an object" : expected}.`;
}

/** Where a value comes from. */
export interface CheckedInput {
  /** The path to it, e.g. `"jobs[0].name"`. @default the argument itself */
  path?: string;
  /** Keeps values out of messages, because they may be tokens or keys. @default false */
  secret?: boolean;
}

/**
 * Checks what a caller passed.
 *
 * @param call what was called, e.g. `"createRun"`; empty for a file
 * @throws {InvalidInputError} when the value is not allowed, with its path, what it is and what it may be
 */
export function check<T>(
  schema: Check<T>,
  value: unknown,
  call: string,
  { path: base = "", secret = false }: CheckedInput = {},
): asserts value is T {
  // What a name is called: the words of a message depend on it.
  const lang = call === "" ? "field" : "option";
  const { issues } = v.safeParse(schema, value, { message, lang });
  if (issues === undefined) return;
  // A misspelt name explains why another is missing.
  const issue = issues.find(({ expected }) => expected === "never") ?? issues[0];
  const { expected, input, path: items = [] } = issue;
  const paths = [base];
  for (const { key } of items) paths.push(below(paths.at(-1) as string, key as number | string));
  const [parent = "", at = ""] = paths.length > 1 ? paths.slice(-2) : ["", base];
  const last = items.at(-1);
  if (expected === "never") {
    const where = [call, parent].filter((word) => word !== "").map((word) => `${word}: `);
    const details = { property: at, value: secret ? undefined : last?.value };
    throw new InvalidInputError(`${where.join("")}${issue.message}`, details);
  }
  if (input === undefined && last !== undefined)
    throw missing(call, at, last.origin === "key" ? issue.message : String(expected));
  // A wrong name in a record is the record's.
  const isName = last?.origin === "key" && input === last.key;
  throw refusal(call, isName ? parent : at, input, issue.message, secret);
}
