import type { Answer } from "./answer.ts";
import {
  ApiError,
  AuthenticationError,
  ConflictError,
  GoneError,
  NotFoundError,
  problemsOf,
  RateLimitError,
} from "./errors.ts";
import { readLimited } from "./rate-limit-headers.ts";
import type { Outgoing } from "./request.ts";

const classes: Partial<Record<number, typeof ApiError>> = {
  401: AuthenticationError,
  403: AuthenticationError,
  404: NotFoundError,
  409: ConflictError,
  410: GoneError,
};

/** The error for an answer that is not a success: its class by status, its message with what to do next. */
export function apiError({ method, url, call }: Outgoing, answer: Answer): ApiError {
  const { response } = answer;
  const { status } = response;
  const data = parsed(answer.text);
  const init = { status, data, response };
  const message = `${status} ${method} ${url}: ${reason(data)}${hint(status, call.operation)}`;
  const now = Date.now();
  const limited = readLimited(answer, now);
  if (!limited) return new (classes[status] ?? ApiError)(message, init);
  const { limit, wait } = limited;
  return new RateLimitError(
    `${message} (${limit} rate limit; try again in ${Math.ceil(wait / 1000)} s)`,
    { ...init, limit, retryAt: new Date(now + wait) },
  );
}

/** What to do next, where the status alone does not say it. */
function hint(status: number, operation = ""): string {
  const logs = /-logs$|download/.test(operation);
  if (status === 404)
    return logs
      ? `. The ${/job/.test(operation) ? "job" : "run"} has not completed yet, its logs were deleted, or the token cannot see the repository`
      : ". It does not exist, or the token cannot see it";
  if (status === 410 && logs)
    return ". The logs have expired; GitHub keeps them for the repository's retention period only";
  if (status < 400)
    return ". A redirect that leaves the API, or never ends, is not followed; is `baseUrl` right?";
  return "";
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function reason(data: unknown): string {
  const told =
    typeof data === "string" ? titleOf(data) : (data as { message?: unknown } | null)?.message;
  const problems = problemsOf(data).map(({ resource, field, code, message }) =>
    joined(": ", joined(".", resource, field), message ?? code),
  );
  const text =
    typeof told === "string" ? told.trim().replaceAll(/\s+/g, " ").replace(/\.$/, "") : "";
  const tail = problems.length > 0 ? ` (${problems.join("; ")})` : "";
  return (text.slice(0, 200) || "no message") + tail;
}

// A proxy's error is a whole page, and its title says what it is.
function titleOf(text: string): string {
  if (!/^\s*</.test(text)) return text;
  return /<title>([^<]+)/i.exec(text)?.[1] ?? "an HTML page";
}

function joined(separator: string, ...parts: (string | undefined)[]): string {
  return parts.filter(Boolean).join(separator);
}
