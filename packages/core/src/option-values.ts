import { checkNames, refuse } from "./checks.ts";
import type { ClientOptions } from "./options.ts";

type Check = (value: unknown, name: string) => void;

const isA =
  (wanted: string, ...types: readonly string[]): Check =>
  (value, name) => {
    if (!types.includes(typeof value)) refuse(name, value, wanted);
  };

/** `false`, a number where one is allowed, or an object with some of these. */
const settings =
  (wanted: string, fields: Readonly<Record<string, Check>>, number = false): Check =>
  (value, name) => {
    if (value === false || (number && typeof value === "number")) return;
    if (typeof value !== "object" || value === null || Array.isArray(value))
      refuse(name, value, wanted);
    checkNames(`createClient's ${name}`, value, Object.keys(fields));
    for (const [field, check] of Object.entries(fields)) {
      const given = (value as Readonly<Record<string, unknown>>)[field];
      if (given !== undefined) check(given, `${name}.${field}`);
    }
  };

const text = isA("a string", "string");
const number = isA("a number", "number");
const callback = isA("a function", "function");

const checks: Readonly<Record<keyof ClientOptions, Check>> = {
  auth(value, name) {
    // It may be a secret in the wrong form.
    if (!["string", "function"].includes(typeof value))
      refuse(name, "…", "a token, a function that gives one, or an Octokit auth strategy");
  },
  baseUrl: text,
  apiVersion: text,
  userAgent: text,
  fetch: callback,
  timeout: settings(
    "milliseconds, { perTry, total } or false",
    { perTry: number, total: number },
    true,
  ),
  retry: settings("{ limit, maxDelay, onRetry } or false", {
    limit: number,
    maxDelay: number,
    onRetry: callback,
  }),
  rateLimit: settings("{ maxWait, concurrency, onLimit } or false", {
    maxWait: number,
    concurrency: number,
    onLimit: callback,
  }),
  cache(value, name) {
    const { get, set } = Object(value) as { get?: unknown; set?: unknown };
    if (typeof value !== "boolean" && (typeof get !== "function" || typeof set !== "function"))
      refuse(name, value, "a boolean, or a store with get, set and delete");
  },
  middleware(value, name) {
    if (!Array.isArray(value)) refuse(name, value, "a list of functions");
    for (const [index, ring] of (value as unknown[]).entries()) callback(ring, `${name}[${index}]`);
  },
};

/**
 * Refuses option values of the wrong kind, for callers without a compiler. Only the servers' build does: in
 * browsers' it would be a tenth of all.
 *
 * @throws {ParameterError}
 */
export function checkValues(options: ClientOptions): void {
  if (typeof options !== "object" || options === null || Array.isArray(options))
    refuse("options", typeof options === "string" ? "…" : options, "an object", "createClient: ");
  for (const [name, check] of Object.entries(checks)) {
    const value = options[name as keyof ClientOptions];
    if (value !== undefined) check(value, name);
  }
}
