import { closest } from "./closest.ts";
import { ParameterError } from "./workflow-runs-error.ts";

/** What an option or parameter may be: a test, and the words that follow "is not" in a message. */
export interface OptionKind {
  /** Whether the value can be used. `undefined` never gets here: it counts as absent. */
  readonly allows: (value: unknown) => boolean;
  /** E.g. `milliseconds, a number of 0 or more`. */
  readonly words: string;
  /** The value may be a secret, and is not shown. @default false */
  readonly secret?: boolean | undefined;
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isNumber = (value: unknown): value is number =>
  typeof value === "number" && !Number.isNaN(value);

/** The kinds of value that options of several packages share. */
export const kinds: Readonly<
  Record<
    "milliseconds" | "bytes" | "count" | "text" | "flag" | "callback" | "object" | "abortSignal",
    OptionKind
  >
> = {
  /** A duration; `Infinity` is one. */
  milliseconds: {
    allows: (value) => isNumber(value) && value >= 0,
    words: "milliseconds, a number of 0 or more",
  },
  /** A size; `Infinity` is one. */
  bytes: {
    allows: (value) => isNumber(value) && value >= 0,
    words: "bytes, a number of 0 or more",
  },
  /** How many: an integer from 1 on. */
  count: {
    allows: (value) => Number.isSafeInteger(value) && (value as number) >= 1,
    words: "a whole number of 1 or more",
  },
  text: { allows: (value) => typeof value === "string", words: "a string" },
  flag: { allows: (value) => typeof value === "boolean", words: "true or false" },
  callback: { allows: (value) => typeof value === "function", words: "a function" },
  object: { allows: isObject, words: "an object" },
  abortSignal: {
    // By what it does: it may come from another realm or a polyfill.
    allows: (value) => isObject(value) && "throwIfAborted" in value && "aborted" in value,
    words: "an AbortSignal",
  },
};

/** The kind of an option that takes one of these words. */
export function oneOf(...words: readonly string[]): OptionKind {
  const quoted = words.map((word) => JSON.stringify(word));
  return {
    allows: (value) => words.includes(value as string),
    words: [quoted.slice(0, -1).join(", "), quoted.at(-1)].filter(Boolean).join(" or "),
  };
}

/**
 * Refuses what a compiler would have refused: options that are no object, a name that is no option, a value of
 * the wrong kind. An option that is `undefined` counts as absent.
 *
 * @param caller The function whose options they are, which begins the message: `paginate`.
 * @param options What the user passed.
 * @param known Every option, and what it may be.
 * @throws {ParameterError} `paginate: Unknown option "retires". Did you mean "retries"? Valid options: retries.`
 */
export function checkOptions(
  caller: string,
  options: unknown,
  known: Readonly<Record<string, OptionKind>>,
): void {
  if (options === undefined) return;
  checkValue(caller, "options", options, { ...kinds.object, secret: typeof options === "string" });
  for (const [name, value] of Object.entries(options as object)) {
    if (value === undefined) continue;
    // Without the value, which may be a secret: `auth` passed to the wrong function.
    if (!Object.hasOwn(known, name)) throw unknownOption(caller, name, Object.keys(known));
    checkValue(caller, name, value, known[name]!);
  }
}

/**
 * Refuses a value of the wrong kind.
 *
 * @throws {ParameterError} `paginate: concurrency is "four", not a whole number of 1 or more.`
 */
export function checkValue(
  caller: string,
  parameter: string,
  value: unknown,
  { allows, words, secret = false }: OptionKind,
): void {
  if (!allows(value)) throw invalidValue(caller, parameter, value, words, secret);
}

/**
 * Refuses what is no client: nothing, a token, an Octokit.
 *
 * @param method The method of it that the caller calls.
 * @throws {ParameterError} `paginate: client is undefined, not a client of @workflow-runs/core, as createClient() gives it.`
 */
export function checkClient(caller: string, client: unknown, method: string): void {
  checkValue(caller, "client", client, {
    allows: (value) => typeof Object(value)[method] === "function",
    words: "a client of @workflow-runs/core, as createClient() gives it",
    secret: typeof client === "string",
  });
}

/** The error for a value of the wrong kind; `words` follow "not". Of what may be a secret only the type is shown. */
export function invalidValue(
  caller: string,
  parameter: string,
  value: unknown,
  words: string,
  secret = false,
): ParameterError {
  const shown = secret ? `a hidden ${typeof value} (it may be a secret)` : shownValue(value);
  return new ParameterError(`${caller}: ${parameter} is ${shown}, not ${words}.`, { parameter });
}

/** What other clients call it, too far from our word to be a slip. */
const otherWords: Readonly<Record<string, string>> = {
  token: "auth",
  accessToken: "auth",
  githubToken: "auth",
  apiUrl: "baseUrl",
  endpoint: "baseUrl",
  throttle: "rateLimit",
};

/** The error for a name that is no option (or no parameter), with the closest one that is. */
export function unknownOption(
  caller: string,
  name: string,
  known: readonly string[],
  noun: "option" | "parameter" = "option",
): ParameterError {
  const other = Object.hasOwn(otherWords, name) ? otherWords[name] : undefined;
  const meant = other !== undefined && known.includes(other) ? other : closest(name, known);
  const hint = meant === undefined ? "" : ` Did you mean ${JSON.stringify(meant)}?`;
  return new ParameterError(
    `${caller}: Unknown ${noun} ${JSON.stringify(name)}.${hint} Valid ${noun}s: ${known.join(", ")}.`,
    { parameter: name },
  );
}

function shownValue(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "bigint") return `${value}n`;
  return typeof value === "object" && value !== null ? "an object" : String(value);
}
