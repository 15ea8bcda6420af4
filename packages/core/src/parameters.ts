import { checkNames, refuse } from "./checks.ts";
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
 * Sorts an operation's flat parameters into path, query and body, and refuses what GitHub could not understand,
 * before anything is sent. A parameter given as `undefined` counts as absent.
 */
export function targets(
  name: string,
  operation: ParameterNames,
): (given: Readonly<Record<string, unknown>>) => Target {
  const { path, pathParameters, queryParameters, bodyProperties, requiredBodyProperties } =
    operation;
  const known = [...pathParameters, ...queryParameters, ...bodyProperties];
  const required = [...pathParameters, ...requiredBodyProperties];
  // Literal text, and the parameter after it.
  const parts = path.split("}").map((part) => part.split("{"));

  return (given) => {
    checkNames(name, given, known, required);
    const encoded = (key: string, inPath: boolean): string => {
      const value = given[key];
      const good =
        typeof value === "string"
          ? // A segment of dots would climb out of the path: URL parsers resolve it, percent-encoded or not.
            !(inPath && ["", ".", ".."].includes(value))
          : inPath
            ? Number.isSafeInteger(value)
            : typeof value === "boolean" || Number.isFinite(value);
      try {
        if (good) return encodeURIComponent(value as string);
      } catch {
        // Half of a surrogate pair.
      }
      const wanted = inPath
        ? "a name, or an integer below 2^53"
        : "a string, a number or a boolean";
      return refuse(key, value, wanted, `${name}: `);
    };
    let url = "";
    for (const [text, key] of parts) url += text + (key ? encoded(key, true) : "");
    let separator = "?";
    for (const key of queryParameters)
      if (given[key] !== undefined) {
        url += `${separator}${key}=${encoded(key, false)}`;
        separator = "&";
      }
    let body: Target["body"];
    for (const key of bodyProperties) if (given[key] !== undefined) (body ??= {})[key] = given[key];
    return { url, body };
  };
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
  bound: Repository,
): Record<string, unknown> {
  for (const [key, value] of Object.entries(bound)) {
    const other = given[key] ?? value;
    if (String(other).toLowerCase() !== value.toLowerCase())
      refuse(key, other, `"${value}", this client's own`, `${name}: `);
  }
  return { ...given, ...bound };
}

/** `owner/name` → its two halves. */
export function splitRepository(name: string): Repository {
  const [, owner, repo] = /^([^/\s]+)\/([^/\s]+)$/.exec(name) ?? [];
  return owner && repo ? { owner, repo } : refuse("name", name, 'an "owner/name"');
}
