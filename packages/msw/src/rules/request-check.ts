import {
  type OperationRequest,
  requests,
  requestsOfVersions,
  type ValueSchema,
} from "../description/requests.gen.ts";
import { isObject } from "../input/check.ts";
import { createdRange } from "./created-range.ts";
import type { Described } from "./described.ts";
import type { Refusal } from "./rerun.ts";
import { schemaProblem } from "./value-schema.ts";

/** What is wrong with a request. */
export interface RequestProblems {
  /** GitHub refuses. */
  refused?: Refusal;
  /** GitHub does not mind, but the description has no such thing: most likely a mistake. */
  unknown: string[];
}

/** GraphQL says in its own form what is wrong, and takes no other properties than these. */
const nothing: OperationRequest = { query: {} };

/** Holds a request against the description of an API version. */
export function requestProblems(
  { id, queryParameters, bodyProperties }: Described,
  query: URLSearchParams,
  body: unknown,
  version: string | undefined,
): RequestProblems {
  const described = requestsOfVersions[version ?? ""]?.[id] ?? requests[id] ?? nothing;
  const unknown: string[] = [];
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name);
    if (values.length > 1) {
      unknown.push(`${id}: ${name} is there ${values.length} times, of which the last counts`);
    }
    const schema = described.query[name];
    if (schema === undefined) {
      unknown.push(`${id} has no query parameter ${JSON.stringify(name)}${list(queryParameters)}`);
      continue;
    }
    const problem = queryProblem(name, values.at(-1) as string, schema);
    if (problem !== undefined) unknown.push(`${id}: ${problem}`);
  }
  for (const name of Object.keys(isObject(body) ? body : {})) {
    if (!bodyProperties.includes(name) && described.body?.properties?.[name] === undefined) {
      unknown.push(`${id} has no body property ${JSON.stringify(name)}${list(bodyProperties)}`);
    }
  }
  const refused = bodyRefusal(described.body, body);
  return refused === undefined ? { unknown } : { unknown, refused };
}

/** What is wrong with a query parameter. GitHub does not refuse it: it looks for it, or takes the default. */
function queryProblem(name: string, value: string, schema: ValueSchema): string | undefined {
  const shown = `${name}=${value}`;
  // A filter without a value is none.
  if (value === "" && schema.type === "string") return undefined;
  if (name === "created") {
    if (createdRange(value) !== undefined) return undefined;
    const hint = /T[\d:.]+ \d{2}:?\d{2}/.test(value)
      ? ": a + before an offset has to be sent as %2B, it arrived as a space"
      : "";
    return `${shown} is no date or range of dates, so that nothing is found${hint}`;
  }
  if (schema.type === "integer" && !/^\d+$/.test(value)) return `${shown} is not a whole number`;
  const choices =
    schema.enum ??
    schema["x-extensible-enum"] ??
    (schema.type === "boolean" ? ["true", "false"] : undefined);
  if (choices?.includes(value) === false) return `${shown} is none of ${choices.join(", ")}`;
  return schema.pattern !== undefined && !new RegExp(schema.pattern, "u").test(value)
    ? `${shown} does not match ${schema.pattern}`
    : undefined;
}

/** Why GitHub does not take a body, if so: what it is, what it lacks, or what it has of another type. */
function bodyRefusal(schema: ValueSchema | undefined, body: unknown): Refusal | undefined {
  // What takes no body does not look at it.
  if (schema === undefined) return undefined;
  if (body === undefined || body === null) {
    // No body is an empty one, to which GitHub's description is not kind enough.
    return schemaProblem({}, schema) === undefined
      ? undefined
      : invalid("For 'links/0/schema', nil is not an object.");
  }
  if (!isObject(body)) return { status: 400, message: "Body should be a JSON object" };
  const problem = schemaProblem(body, schema);
  return problem === undefined ? undefined : invalid(problem);
}

function invalid(problem: string): Refusal {
  return { status: 422, message: `Invalid request.\n\n${problem}` };
}

function list(names: readonly string[]): string {
  return names.length > 0 ? `, only ${names.join(", ")}` : "";
}
