import { ParameterError } from "./errors.ts";
import type { Operation } from "./operation-types.ts";

/** Flat parameters, sorted to where they are sent. */
export interface SplitParameters {
  path: Record<string, string | number>;
  query: Record<string, unknown>;
  body: Record<string, unknown> | undefined;
}

type ParameterNames = Pick<
  Operation,
  "pathParameters" | "queryParameters" | "bodyProperties" | "requiredBodyProperties"
>;

/**
 * Sorts flat parameters into path, query and body, and refuses what GitHub could not understand, before
 * anything is sent. A parameter given as `undefined` counts as absent.
 */
export function splitParameters(
  name: string,
  operation: ParameterNames,
  parameters: object,
): SplitParameters {
  const split: SplitParameters = { path: {}, query: {}, body: undefined };
  for (const [key, value] of Object.entries(parameters ?? {})) {
    if (value === undefined) continue;
    if (operation.pathParameters.includes(key)) split.path[key] = segment(name, key, value);
    else if (operation.queryParameters.includes(key)) split.query[key] = scalar(name, key, value);
    else if (operation.bodyProperties.includes(key)) (split.body ??= {})[key] = value;
    else
      throw new ParameterError(
        key,
        `${name}: unknown parameter ${JSON.stringify(key)}. It takes ${takes(operation)}.`,
      );
  }
  for (const key of [...operation.pathParameters, ...operation.requiredBodyProperties])
    if (!(key in split.path || (split.body && key in split.body)))
      throw new ParameterError(
        key,
        `${name}: missing parameter ${JSON.stringify(key)}. It takes ${takes(operation)}.`,
      );
  return split;
}

/** `owner/name` → its two halves. */
export function splitRepository(name: string): { owner: string; repo: string } {
  const match = /^([^/\s]+)\/([^/\s]+)$/.exec(name);
  if (!match)
    throw new ParameterError(
      "name",
      `repository: ${JSON.stringify(name)} is not of the form "owner/name".`,
    );
  return { owner: match[1] as string, repo: match[2] as string };
}

function takes(operation: ParameterNames): string {
  return [
    ...operation.pathParameters,
    ...operation.queryParameters,
    ...operation.bodyProperties,
  ].join(", ");
}

// A segment of dots would climb out of the path: URL parsers resolve it, percent-encoded or not.
function segment(name: string, key: string, value: unknown): string | number {
  const good =
    typeof value === "number"
      ? Number.isSafeInteger(value)
      : typeof value === "string" && !/^\.{0,2}$|\p{Cs}/u.test(value);
  if (!good) throw wrong(name, key, value, "a name, or an integer below 2^53");
  return value as string | number;
}

function scalar(name: string, key: string, value: unknown): unknown {
  const good =
    typeof value === "string"
      ? !/\p{Cs}/u.test(value)
      : typeof value === "boolean" || Number.isFinite(value);
  if (!good) throw wrong(name, key, value, "a string, a number or a boolean");
  return value;
}

function wrong(name: string, key: string, value: unknown, wanted: string): ParameterError {
  const shown = typeof value === "string" ? JSON.stringify(value) : String(value);
  return new ParameterError(key, `${name}: parameter "${key}" is ${shown}, not ${wanted}.`);
}
