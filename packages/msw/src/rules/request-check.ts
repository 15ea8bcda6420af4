import { createdRange } from "./created-range.ts";
import type { Described } from "./described.ts";

/** What is wrong with a request. */
export interface RequestProblems {
  /** GitHub refuses with 422 and this message. */
  refused?: string;
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
  const fields = isObject(body) ? body : {};
  for (const name of Object.keys(fields)) {
    if (!bodyProperties.includes(name)) {
      unknown.push(`${id} has no body property ${JSON.stringify(name)}${list(bodyProperties)}`);
    }
  }
  const missing = requiredBodyProperties.filter((name) => fields[name] === undefined);
  const refused =
    missing.length > 0
      ? `${missing.map((name) => JSON.stringify(name)).join(", ")} ${missing.length > 1 ? "weren't" : "wasn't"} supplied.`
      : wrongType(id, fields);
  return refused === undefined
    ? { unknown }
    : { unknown, refused: `Invalid request.\n\n${refused}` };
}

/** GitHub finds nothing then, with 200. */
function unreadable(created: string): string {
  return `created=${created} is no date or range of dates, so that nothing is found`;
}

function wrongType(id: string, fields: Record<string, unknown>): string | undefined {
  for (const [name, value] of Object.entries(fields)) {
    const shown = JSON.stringify(value);
    if (name === "state" && value !== "approved" && value !== "rejected") {
      return `For 'properties/state', ${shown} is not a member of ["approved", "rejected"].`;
    }
    if ((name === "comment" || name === "environment_name") && typeof value !== "string") {
      return `For 'properties/${name}', ${shown} is not a string.`;
    }
    if (name.startsWith("enable_") && typeof value !== "boolean") {
      return `For 'properties/${name}', ${shown} is not a boolean.`;
    }
    if (name === "environment_ids" && !(Array.isArray(value) && value.every(Number.isInteger))) {
      return `For 'properties/environment_ids', ${shown} is not an array of integers.`;
    }
  }
  const comment = fields["comment"] === undefined && fields["state"] === undefined;
  return id === "actions/review-custom-gates-for-run" && comment
    ? 'Any of "state", "comment" must be supplied.'
    : undefined;
}

function list(names: readonly string[]): string {
  return names.length > 0 ? `, only ${names.join(", ")}` : "";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
