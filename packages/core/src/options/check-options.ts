import { isStore } from "../cache/options.ts";
import { checkOptions, checkValue, kinds, type OptionKind } from "../support/options.ts";
import { ParameterError } from "../support/workflow-runs-error.ts";
import type { CallOptions } from "./call-options.ts";
import type { ClientOptions } from "./options.ts";

const positive: OptionKind = {
  allows: (value) => typeof value === "number" && value >= 1,
  words: "milliseconds, a number of 1 or more",
};
const limit: OptionKind = {
  allows: (value) => typeof value === "number" && value >= 0,
  words: "a number of 0 or more",
};
const atLeastOne: OptionKind = {
  allows: (value) => typeof value === "number" && value >= 1,
  words: "a number of 1 or more",
};

const timeoutKinds = { perTry: positive, total: positive, idle: positive };
const retryKinds = { limit, maxDelay: kinds.milliseconds, onRetry: kinds.callback };
const rateLimitKinds = {
  maxWait: kinds.milliseconds,
  concurrency: atLeastOne,
  onLimit: kinds.callback,
};

const cacheCallKinds = { maxAge: kinds.milliseconds, staleIfLimited: kinds.flag };
const cacheKinds = {
  ...cacheCallKinds,
  store: { allows: isStore, words: "a store with get, set and delete" },
};
// An empty object is more likely a store that went wrong than no settings.
const isSettings = (value: unknown): boolean =>
  kinds.object.allows(value) && Object.keys(value as object).length > 0;

/** A group of options, or `false`. */
const orFalse = (fields: object): OptionKind => ({
  allows: (value) => value === false || kinds.object.allows(value),
  words: `{ ${Object.keys(fields).join(", ")} } or false`,
});

const timeout: OptionKind = {
  allows: (value) => typeof value === "number" || orFalse(timeoutKinds).allows(value),
  words: `milliseconds, ${orFalse(timeoutKinds).words}`,
};
const retry = orFalse(retryKinds);

// What a client has beside its methods, and the name by which `await` knows a promise.
const own = new Set("GET POST PUT PATCH DELETE fetch repository rateLimit then".split(" "));

const lists = [
  "pathParameters",
  "queryParameters",
  "bodyProperties",
  "requiredBodyProperties",
  "success",
];

function isOperation(value: unknown): boolean {
  const entry = Object(value) as Record<string, unknown>;
  const isText = typeof entry["path"] === "string" && typeof entry["method"] === "string";
  return isText && lists.every((key) => Array.isArray(entry[key]));
}

const clientKinds: Readonly<Record<keyof ClientOptions<unknown>, OptionKind>> = {
  auth: {
    allows: (value) =>
      ["string", "function"].includes(typeof value) ||
      typeof (Object(value) as { auth?: unknown }).auth === "function",
    words: "a token, a function that gives one, an Octokit auth strategy, or an Octokit",
    // It may be a secret in the wrong form.
    secret: true,
  },
  baseUrl: kinds.text,
  operations: {
    allows: (value) =>
      kinds.object.allows(value) && Object.values(value as object).every(isOperation),
    words: "a table of operations, as workflow-runs-codegen generates it",
  },
  apiVersion: kinds.text,
  userAgent: kinds.text,
  fetch: kinds.callback,
  timeout,
  retry,
  rateLimit: orFalse(rateLimitKinds),
  cache: {
    allows: (value) => typeof value === "boolean" || isStore(value) || isSettings(value),
    words: "true, false, a store with get, set and delete, or { store, maxAge, staleIfLimited }",
  },
  middleware: {
    allows: (value) => Array.isArray(value) && value.every((entry) => typeof entry === "function"),
    words: "a list of functions",
  },
  onDeprecation: kinds.callback,
  maxBodySize: kinds.bytes,
};

const callKinds: Readonly<Record<keyof CallOptions, OptionKind>> = {
  signal: kinds.abortSignal,
  timeout,
  headers: kinds.object,
  cache: {
    allows: (value) => typeof value === "boolean" || kinds.object.allows(value),
    words: "true, false, or { maxAge, staleIfLimited }",
  },
  retry,
  redirect: {
    allows: (value) => value === "follow" || value === "manual",
    words: '"follow" or "manual"',
  },
  onLimit: kinds.callback,
};

/**
 * Refuses what a compiler would have refused, for callers without one.
 *
 * @throws {ParameterError}
 */
export function checkClientOptions(options: ClientOptions<unknown>): void {
  checkOptions("createClient", options, clientKinds);
  checkGroups("createClient", options);
  checkGroup("createClient", "rateLimit", options.rateLimit, rateLimitKinds);
  const name = Object.keys(options.operations ?? {}).find((key) => own.has(key));
  if (name !== undefined)
    throw new ParameterError(
      `createClient: operations has ${name}, which a client has by itself; give that operation another name.`,
      { parameter: "operations" },
    );
  const { cache } = options;
  if (typeof cache === "object" && !isStore(cache))
    checkGroup("createClient", "cache", cache, cacheKinds);
}

/** The same for the options of a call; `caller` is the method. */
export function checkCallOptions(caller: string, options: CallOptions): void {
  checkOptions(caller, options, callKinds);
  if (typeof options.cache === "object") checkGroup(caller, "cache", options.cache, cacheCallKinds);
  checkGroups(caller, options);
}

function checkGroups(caller: string, options: Pick<CallOptions, "timeout" | "retry">): void {
  if (typeof options.timeout === "number") checkValue(caller, "timeout", options.timeout, positive);
  else checkGroup(caller, "timeout", options.timeout, timeoutKinds);
  checkGroup(caller, "retry", options.retry, retryKinds);
}

function checkGroup(
  caller: string,
  name: string,
  group: object | false | undefined,
  known: Readonly<Record<string, OptionKind>>,
): void {
  if (group) checkOptions(`${caller}'s ${name}`, group, known);
}
