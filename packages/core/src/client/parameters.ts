import { invalidValue, unknownOption } from "../support/options.ts";
import { ParameterError } from "../support/workflow-runs-error.ts";
import type { Operation } from "./operation-types.ts";

/** Flat parameters, sorted by where they are sent. */
export interface SortedParameters {
  path: Record<string, unknown>;
  query: Record<string, unknown>;
  /** Properties of the JSON body, if there are any. */
  body: Record<string, unknown> | undefined;
}

type ParameterNames = Pick<
  Operation,
  | "pathParameters"
  | "queryParameters"
  | "arrayParameters"
  | "bodyProperties"
  | "requiredBodyProperties"
>;

/**
 * Sorts an operation's flat parameters into path, query and body, and refuses what GitHub could not understand,
 * before anything is sent. A parameter that is `undefined` counts as absent.
 */
export function sortParameters(
  name: string,
  {
    pathParameters,
    queryParameters,
    arrayParameters = [],
    bodyProperties,
    requiredBodyProperties,
  }: ParameterNames,
): (parameters: Readonly<Record<string, unknown>> | null) => SortedParameters {
  const known = [...pathParameters, ...queryParameters, ...bodyProperties];
  const required = [...pathParameters, ...requiredBodyProperties];

  return (parameters) => {
    const values = parameters ?? {};
    if (typeof values !== "object" || Array.isArray(values))
      throw invalidValue(name, "parameters", values, "an object");
    for (const key in values)
      if (values[key] !== undefined && !known.includes(key))
        throw unknownOption(name, key, known, "parameter");
    for (const key of required)
      if (values[key] === undefined)
        throw new ParameterError(
          `${name}: Missing parameter ${JSON.stringify(key)}. Required: ${required.join(", ")}.`,
          { parameter: key },
        );
    const path: Record<string, unknown> = {};
    for (const key of pathParameters) path[key] = checked(name, key, values[key], isPathValue);
    const query: Record<string, unknown> = {};
    for (const key of queryParameters)
      if (values[key] !== undefined)
        query[key] = checked(
          name,
          key,
          values[key],
          arrayParameters.includes(key) ? isQueryList : isQueryValue,
        );
    let body: SortedParameters["body"];
    for (const key of bodyProperties)
      if (values[key] !== undefined) (body ??= {})[key] = values[key];
    return { path, query, body };
  };
}

function checked(
  name: string,
  key: string,
  value: unknown,
  { allows, words }: { allows: (value: unknown) => boolean; words: string },
): unknown {
  if (allows(value)) return value;
  throw invalidValue(name, key, value, words);
}

// Half of a surrogate pair, which is not well-formed, cannot be percent-encoded.
const isPathValue = {
  // A segment of dots would climb out of the path: URL parsers resolve it, percent-encoded or not.
  allows: (value: unknown): boolean =>
    typeof value === "string"
      ? value !== "" && value !== "." && value !== ".." && value.isWellFormed()
      : Number.isSafeInteger(value),
  words: "a name, or an integer below 2^53",
};

const isQueryValue = {
  allows: (value: unknown): boolean =>
    typeof value === "string"
      ? value.isWellFormed()
      : typeof value === "boolean" || Number.isFinite(value),
  words: "a string, a number or a boolean",
};

const isQueryList = {
  allows: (value: unknown): boolean => [value].flat().every(isQueryValue.allows),
  words: `${isQueryValue.words}, or a list of them`,
};

/** A repository's owner and name. */
export interface Repository {
  owner: string;
  repo: string;
}

/** The parameters with those that a client is bound to, which cannot be others. */
export function withBound(
  name: string,
  parameters: Readonly<Record<string, unknown>>,
  bound: readonly (readonly [string, string])[],
): Record<string, unknown> {
  for (const [key, value] of bound) {
    const other: unknown = parameters?.[key] ?? value;
    if (String(other).toLowerCase() !== value.toLowerCase())
      throw invalidValue(name, key, other, `"${value}", which this client is bound to`);
  }
  return { ...parameters, ...Object.fromEntries(bound) };
}

/** `owner/name` → its two halves. */
export function splitRepository(name: string): Repository {
  const [, owner, repo] = /^([^/\s]+)\/([^/\s]+)$/.exec(name) ?? [];
  if (owner && repo) return { owner, repo };
  throw invalidValue("repository", "name", name, 'an "owner/name"');
}
