import { isObject } from "../input/check.ts";
import { createdRange } from "./created-range.ts";
import type { Described } from "./described.ts";
import type { Refusal } from "./rerun.ts";

/** What is wrong with a request. */
export interface RequestProblems {
  /** GitHub refuses. */
  refused?: Refusal;
  /** GitHub does not mind, but the description has no such thing: most likely a mistake. */
  unknown: string[];
}

const integers = new Set(["page", "per_page", "check_suite_id"]);
const choices: Record<string, readonly string[]> = {
  status: [
    "completed",
    "action_required",
    "cancelled",
    "failure",
    "neutral",
    "skipped",
    "stale",
    // Taken, though the description does not list it: gh offers it.
    "startup_failure",
    "success",
    "timed_out",
    "in_progress",
    "queued",
    "requested",
    "waiting",
    "pending",
  ],
  filter: ["latest", "all"],
  exclude_pull_requests: ["true", "false"],
};

/** Holds a request against the description. */
export function requestProblems(
  { id, queryParameters, bodyProperties, requiredBodyProperties }: Described,
  query: URLSearchParams,
  body: unknown,
): RequestProblems {
  const unknown: string[] = [];
  for (const [name, value] of query) {
    if (!queryParameters.includes(name)) {
      unknown.push(`${id} has no query parameter ${JSON.stringify(name)}${list(queryParameters)}`);
    } else if (integers.has(name) && !/^\d+$/.test(value)) {
      unknown.push(`${id}: ${name}=${value} is not a whole number`);
    } else if (name === "created" && value !== "" && createdRange(value) === undefined) {
      unknown.push(`${id}: ${unreadable(value)}`);
    } else if (choices[name]?.includes(value) === false) {
      unknown.push(`${id}: ${name}=${value} is none of ${choices[name].join(", ")}`);
    }
  }
  for (const name of Object.keys(isObject(body) ? body : {})) {
    if (!bodyProperties.includes(name)) {
      unknown.push(`${id} has no body property ${JSON.stringify(name)}${list(bodyProperties)}`);
    }
  }
  const refused = bodyRefusal(id, bodyProperties, requiredBodyProperties, body);
  return refused === undefined ? { unknown } : { unknown, refused };
}

/** Why GitHub does not take a body, if so: what it is, what it lacks, or what it has of another type. */
function bodyRefusal(
  id: string,
  properties: readonly string[],
  required: readonly string[],
  body: unknown,
): Refusal | undefined {
  // GraphQL says so in its own form, and what takes no body does not look at it.
  if (id === "graphql" || properties.length === 0) return undefined;
  if ((body === undefined || body === null) && required.length > 0)
    return invalid("For 'links/0/schema', nil is not an object.");
  const fields = body ?? {};
  if (!isObject(fields)) return { status: 400, message: "Body should be a JSON object" };
  const missing = required.filter((name) => fields[name] === undefined);
  if (missing.length > 0) {
    const names = missing.map((name) => JSON.stringify(name)).join(", ");
    return invalid(`${names} ${missing.length > 1 ? "weren't" : "wasn't"} supplied.`);
  }
  const wrong = wrongType(id, fields);
  return wrong === undefined ? undefined : invalid(wrong);
}

function invalid(problem: string): Refusal {
  return { status: 422, message: `Invalid request.\n\n${problem}` };
}

/** GitHub finds nothing then, with 200. */
function unreadable(created: string): string {
  return `created=${created} is no date or range of dates, so that nothing is found`;
}

interface JsonType {
  name: string;
  is: (value: unknown) => boolean;
}

const aString: JsonType = { name: "a string", is: (value) => typeof value === "string" };
const aBoolean: JsonType = { name: "a boolean", is: (value) => typeof value === "boolean" };

/** The types of the properties that bodies have. */
const types: Readonly<Record<string, JsonType>> = {
  comment: aString,
  environment_name: aString,
  environment_ids: { name: "an array", is: Array.isArray },
  enable_debug_logging: aBoolean,
  enable_debugger: aBoolean,
  inputs: { name: "an object", is: isObject },
  ref: aString,
  return_run_details: aBoolean,
};

function wrongType(id: string, fields: Record<string, unknown>): string | undefined {
  for (const [name, value] of Object.entries(fields)) {
    const shown = inRuby(value);
    if (name === "state" && value !== "approved" && value !== "rejected") {
      return `For 'properties/state', ${shown} is not a member of ["approved", "rejected"].`;
    }
    const type = Object.hasOwn(types, name) ? types[name] : undefined;
    if (type?.is(value) === false) return `For 'properties/${name}', ${shown} is not ${type.name}.`;
    const other =
      name === "environment_ids"
        ? (value as unknown[]).find((one) => !Number.isInteger(one))
        : undefined;
    if (other !== undefined) return `For 'items', ${inRuby(other)} is not an integer.`;
  }
  const comment = fields["comment"] === undefined && fields["state"] === undefined;
  return id === "actions/review-custom-gates-for-run" && comment
    ? 'Any of "state", "comment" must be supplied.'
    : undefined;
}

/** A JSON value as GitHub shows it: Ruby writes it so. */
function inRuby(value: unknown): string {
  if (value === null) return "nil";
  if (Array.isArray(value)) return `[${value.map(inRuby).join(", ")}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(
    ([key, one]) => `${JSON.stringify(key)}=>${inRuby(one)}`,
  );
  return `{${entries.join(", ")}}`;
}

function list(names: readonly string[]): string {
  return names.length > 0 ? `, only ${names.join(", ")}` : "";
}
