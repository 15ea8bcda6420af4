import { ParameterError } from "./errors.ts";
import type { Operation } from "./operation-types.ts";

/** Where flat parameters are sent. */
export interface Target {
  /** Path and query, percent-encoded. */
  url: string;
  /** Properties of the JSON body, if there are any. */
  body: Record<string, unknown> | undefined;
}

type ParameterNames = Pick<
  Operation,
  "path" | "pathParameters" | "queryParameters" | "bodyProperties" | "requiredBodyProperties"
>;

/**
 * Sorts flat parameters into path, query and body, and refuses what GitHub could not understand, before
 * anything is sent. A parameter given as `undefined` counts as absent.
 */
export function targetOf(
  name: string,
  operation: ParameterNames,
  given: Readonly<Record<string, unknown>>,
): Target {
  const { path, pathParameters, queryParameters, bodyProperties } = operation;
  const refuse = (problem: string, key: string): never => {
    const takes = [...pathParameters, ...queryParameters, ...bodyProperties].join(", ");
    throw new ParameterError(key, `${name}: ${problem} parameter "${key}". It takes ${takes}.`);
  };
  let query = "";
  let body: Target["body"];
  for (const key in given) {
    const value = given[key];
    if (value === undefined || pathParameters.includes(key)) continue;
    if (queryParameters.includes(key))
      query += `${query ? "&" : "?"}${key}=${scalar(name, key, value)}`;
    else if (bodyProperties.includes(key)) (body ??= {})[key] = value;
    else refuse("unknown", key);
  }
  for (const key of [...pathParameters, ...operation.requiredBodyProperties])
    if (given[key] === undefined) refuse("missing", key);
  const filled = path.replaceAll(/{(\w+)}/g, (_, key: string) => segment(name, key, given[key]));
  return { url: filled + query, body };
}

/** A repository's owner and name. */
export interface Repository {
  owner: string;
  repo: string;
}

/** The parameters with those that a client is bound to, which must not be told otherwise. */
export function withBound(
  name: string,
  given: Readonly<Record<string, unknown>>,
  bound: Partial<Repository>,
): Record<string, unknown> {
  for (const [key, value] of Object.entries(bound)) {
    const other = (given?.[key] ?? value) as string;
    if (other.toLowerCase?.() !== value.toLowerCase())
      throw new ParameterError(
        key,
        `${name}: parameter "${key}" is ${JSON.stringify(other)}, but this client is bound to ${JSON.stringify(value)}.`,
      );
  }
  return { ...given, ...bound };
}

/** `owner/name` → its two halves. */
export function splitRepository(name: string): Repository {
  const [, owner, repo] = /^([^/\s]+)\/([^/\s]+)$/.exec(name) ?? [];
  if (!owner || !repo)
    throw new ParameterError(
      "name",
      `repository: ${JSON.stringify(name)} is not of the form "owner/name".`,
    );
  return { owner, repo };
}

// A segment of dots would climb out of the path: URL parsers resolve it, percent-encoded or not.
function segment(name: string, key: string, value: unknown): string {
  const good = typeof value === "string" ? !/^\.{0,2}$/.test(value) : Number.isSafeInteger(value);
  return encoded(name, key, value, good, "a name, or an integer below 2^53");
}

function scalar(name: string, key: string, value: unknown): string {
  const good = typeof value === "string" || typeof value === "boolean" || Number.isFinite(value);
  return encoded(name, key, value, good, "a string, a number or a boolean");
}

function encoded(name: string, key: string, value: unknown, good: boolean, wanted: string): string {
  try {
    if (good) return encodeURIComponent(value as string);
  } catch {
    // Half of a surrogate pair.
  }
  const shown = typeof value === "string" ? JSON.stringify(value) : String(value);
  throw new ParameterError(key, `${name}: parameter "${key}" is ${shown}, not ${wanted}.`);
}
