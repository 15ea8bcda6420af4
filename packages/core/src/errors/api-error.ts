import { readRefusal } from "../rate-limit/headers.ts";
import type { PlainRequest } from "../transport/request.ts";
import type { PlainResponse } from "../transport/response.ts";
import {
  ApiError,
  AuthenticationError,
  ConflictError,
  GoneError,
  NotFoundError,
  problemsOf,
  RateLimitError,
} from "./errors.ts";
import {
  type Permissions,
  permissionWords,
  readAcceptedPermissions,
  readSsoUrl,
} from "./permissions.ts";
import { reasonOfText } from "./reason.ts";

const classes: Partial<Record<number, typeof ApiError>> = {
  404: NotFoundError,
  409: ConflictError,
  410: GoneError,
};

/**
 * The error for a response that is not a success: its class by status, its message with what to do next.
 * `documented` are the permissions that the operation needs by its documentation.
 */
export function apiError(
  { method, url, operation, stream }: PlainRequest,
  received: PlainResponse,
  documented: readonly Permissions[] = [],
): ApiError {
  // The URL of a download's response is signed, which makes it a secret.
  const response = stream ? new Response(null, received.response) : received.response;
  const { status } = response;
  const data = parsed(received.text ?? "");
  const init = { status, data, response };
  // What is no JSON is not of the API, but of a proxy or of GitHub's edge.
  const isPage = typeof data === "string" && data !== "";
  const reason = reasonOf(data);
  const message = `${status} ${method} ${url}: ${reason}${hint(reason, method, status, operation, isPage)}`;
  const now = Date.now();
  const refusal = readRefusal(received, now);
  if (!refusal && (status === 401 || status === 403)) {
    const { headers } = response;
    const accepted = readAcceptedPermissions(headers.get("x-accepted-github-permissions"));
    const acceptedPermissions = accepted.length > 0 ? accepted : documented;
    const ssoUrl = readSsoUrl(headers.get("x-github-sso"));
    if (status === 403 && ssoUrl === undefined && isOfState(reason))
      return new ConflictError(message, init);
    const wanted = isPage ? [] : acceptedPermissions;
    const advice = status === 403 ? accessHint(reason, wanted, ssoUrl) : "";
    return new AuthenticationError(message + advice, { ...init, acceptedPermissions, ssoUrl });
  }
  if (!refusal) return new (classes[status] ?? ApiError)(message, init);
  const { limit, wait } = refusal;
  // The limiter knows of the refusals before this one.
  const { retryAt = now + wait } = received;
  const seconds = Math.max(0, Math.ceil((retryAt - now) / 1000));
  return new RateLimitError(`${message} (${limit} rate limit; try again in ${seconds} s)`, {
    ...init,
    limit,
    retryAt: new Date(retryAt),
  });
}

/** What to do next, where the status alone does not say it. */
function hint(
  reason: string,
  method: string,
  status: number,
  operation: string | undefined,
  isPage: boolean,
): string {
  const logs = /-logs/.test(operation ?? "");
  if (status === 410 && logs) return " (the logs have expired)";
  if (status === 304)
    return " (not modified: what your `if-none-match` names is still current; with the option `cache` the client keeps and compares by itself)";
  if (status < 400 && method === "POST")
    return " (a POST is not repeated elsewhere; has the repository been renamed, or is `baseUrl` wrong?)";
  if (status < 400) return " (not followed; is `baseUrl` right?)";
  if (status === 401 && /bad credentials/i.test(reason))
    return " (the token is wrong, has expired, or was revoked)";
  if (status === 404 && isPage) return " (this is no response of the API; is `baseUrl` right?)";
  const why = logs ? "has not completed yet, its logs were deleted" : "does not exist";
  return status === 404 ? ` (it ${why}, or the token cannot see it)` : "";
}

const wantsAccess = /not accessible|must have|permission|not authorized|forbidden|scope|access/i;
// What no permission would change.
const otherReason = /\bIP (?:address|allow)|blocked|suspended|disabled|locked|billing/i;

// GitHub's words of 403 where a run's state forbids it, whatever the token may do.
const state =
  /already (?:running|in progress|queued|completed|cancelled)|(?:is|still) in progress|over a month ago|cannot be (?:retried|re-?run)|retried too many times|only jobs from the current attempt|not from a fork pull request|that is not active/i;

function isOfState(reason: string): boolean {
  return state.test(reason) && !wantsAccess.test(reason);
}

function accessHint(
  reason: string,
  permissions: readonly Permissions[],
  ssoUrl: string | undefined,
): string {
  if (ssoUrl !== undefined)
    return ` (authorize the token for the organization's single sign-on: ${ssoUrl})`;
  return permissions.length > 0 && wantsAccess.test(reason) && !otherReason.test(reason)
    ? ` (it needs a token with the permission ${permissionWords(permissions)})`
    : "";
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What GitHub says of it, in one line. */
function reasonOf(data: unknown): string {
  const message = typeof data === "string" ? data : (Object(data).message ?? "");
  const text = typeof message === "string" ? message : JSON.stringify(message);
  const problems = problemsOf(data).map(({ resource, field, code, message }) =>
    [resource, field, message ?? code].filter(Boolean).join(" "),
  );
  return [reasonOfText(text) || "no message", ...problems].join("; ");
}
