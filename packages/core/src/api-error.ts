import type { Answer } from "./answer.ts";
import {
  ApiError,
  type ApiErrorInit,
  AuthenticationError,
  ConflictError,
  GoneError,
  NotFoundError,
  RateLimitError,
} from "./errors.ts";

import { readLimited } from "./rate-limit-headers.ts";

/** The error for an answer that is not a success: its class by status, its message with what to do next. */
export function apiError(
  request: { method: string; url: string },
  answer: Answer,
  operation?: string,
): ApiError {
  const { status, response } = answer;
  const data = parsed(answer.text);
  const init: ApiErrorInit = { status, data, response };
  const message = `${status} ${request.method} ${request.url}: ${reason(data)}${hint(status, operation)}`;
  const limited = readLimited(answer, Date.now());
  if (limited)
    return new RateLimitError(
      `${message} (${limited.limit} rate limit; try again in ${Math.ceil(limited.wait / 1000)} s)`,
      { ...init, limit: limited.limit, retryAt: new Date(Date.now() + limited.wait) },
    );
  if (status === 401 || status === 403) return new AuthenticationError(message, init);
  if (status === 404) return new NotFoundError(message, init);
  if (status === 409) return new ConflictError(message, init);
  if (status === 410) return new GoneError(message, init);
  return new ApiError(message, init);
}

/** What to do next, where the status alone does not say it. */
export function hint(status: number, operation = ""): string {
  const logs = operation.endsWith("-logs") || operation.includes("download");
  if (status === 404 && logs)
    return ". The run has not completed yet, its logs were deleted, or the token cannot see the repository";
  if (status === 404) return ". It does not exist, or the token cannot see it";
  if (status === 410 && logs)
    return ". The logs have expired; GitHub keeps them for the repository's retention period only";
  if (status >= 300 && status < 400)
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
  if (typeof data === "string")
    return data.trim() === "" ? "no message" : data.trim().replaceAll(/\s+/g, " ").slice(0, 200);
  const { message, errors } = (data ?? {}) as { message?: unknown; errors?: unknown };
  const problems = (Array.isArray(errors) ? errors : [])
    .map((entry: unknown) => problem(entry))
    .filter(Boolean)
    .join("; ");
  return `${typeof message === "string" ? message : "no message"}${problems && ` (${problems})`}`;
}

function problem(entry: unknown): string {
  if (typeof entry !== "object" || entry === null) return String(entry);
  const { resource, field, code, message } = entry as Record<string, unknown>;
  const where = [resource, field].filter(Boolean).join(".");
  return [where, message ?? code].filter(Boolean).join(": ");
}
