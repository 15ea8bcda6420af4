import { PaginationOptionError } from "./errors.ts";
import { maxPerPage } from "./limits.ts";
import type { PaginateOptions } from "./public-types.ts";

/** What an option or parameter may be, as a test and in words. */
interface Kind {
  readonly allows: (value: unknown) => boolean;
  readonly words: string;
}

const object: Kind = {
  allows: (value) => typeof value === "object" && value !== null,
  words: "an object",
};

/** What each option may be. */
const options: Readonly<Record<keyof PaginateOptions, Kind>> = {
  concurrency: {
    allows: (value) => Number.isInteger(value) && (value as number) >= 1,
    words: "an integer from 1 on",
  },
  from: { allows: (value) => typeof value === "string", words: "a cursor, which is a string" },
  signal: {
    allows: (value) => typeof (value as AbortSignal | null)?.throwIfAborted === "function",
    words: "an AbortSignal",
  },
  onProgress: { allows: (value) => typeof value === "function", words: "a function" },
  beyondLimit: {
    allows: (value) => value === "split" || value === "error" || value === "truncate",
    words: '"split", "error" or "truncate"',
  },
};

/** The parameters whose kind matters here; the client looks at all of them before it sends a request. */
const parameters: Readonly<Record<string, Kind>> = {
  per_page: {
    allows: (value) =>
      Number.isInteger(value) && (value as number) >= 1 && (value as number) <= maxPerPage,
    words: `an integer from 1 to ${maxPerPage}`,
  },
  created: { allows: (value) => typeof value === "string", words: "a string" },
};

/**
 * What TypeScript would have said of the options. One that is `undefined` counts as absent.
 *
 * @throws {PaginationOptionError} for a name that is no option, and a value of the wrong kind
 */
export function checkOptions(given: object): void {
  check("options", given, object);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    // Without its value, which may be a secret: `auth` belongs to the client.
    if (!Object.hasOwn(options, name))
      throw new PaginationOptionError(
        name,
        `paginate: there is no option ${JSON.stringify(name)}. It takes ${Object.keys(options).join(", ")}.`,
      );
    check(name, value, options[name as keyof PaginateOptions]);
  }
}

/**
 * The same for the parameters that decide how a list is read.
 *
 * @throws {PaginationOptionError} for `page`, and a value of the wrong kind
 */
export function checkParameters(given: object): void {
  check("parameters", given, object);
  const { page, ...values } = given as Record<string, unknown>;
  if (page !== undefined)
    throw new PaginationOptionError(
      "page",
      "page: leave it out, paginate() counts the pages. To go on where you were, give `from` a cursor.",
    );
  for (const [name, kind] of Object.entries(parameters))
    if (values[name] !== undefined) check(name, values[name], kind);
}

function check(name: string, value: unknown, { allows, words }: Kind): void {
  if (!allows(value))
    throw new PaginationOptionError(name, `${name}: ${shown(value)} is not ${words}.`);
}

function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function") return "a function";
  if (typeof value === "object" && value !== null)
    return Array.isArray(value) ? "an array" : "an object";
  return String(value);
}
