import type { Permissions } from "./permissions.ts";
import { WorkflowRunsError } from "../support/workflow-runs-error.ts";

/** What an {@link ApiError} is made of. */
export interface ApiErrorInit {
  status: number;
  data?: unknown;
  response?: Response | undefined;
}

/** What a {@link RateLimitError} is made of. */
export interface RateLimitErrorInit extends ApiErrorInit {
  retryAt: Date;
  limit: "primary" | "secondary";
}

/** One entry of a 422's `errors`, as GitHub sends it; a plain string is held as `message`. */
export interface ValidationProblem {
  resource?: string;
  field?: string;
  code?: string;
  message?: string;
}

/** What a body lists in `errors`. */
export function problemsOf(data: unknown): ValidationProblem[] {
  const { errors } = Object(data) as { errors?: unknown };
  return [errors ?? []]
    .flat()
    .map((entry: unknown) =>
      Object(entry) === entry ? (entry as ValidationProblem) : { message: String(entry) },
    );
}

/** GitHub responded, and the response is not a success. */
export class ApiError extends WorkflowRunsError {
  /** HTTP status. */
  declare readonly status: number;
  /** The body: parsed JSON, or text where it is not JSON; empty text when there is none. */
  declare readonly data: unknown;
  /** What GitHub lists in `errors` (422): resource, field, code. Empty otherwise. */
  declare readonly errors: readonly ValidationProblem[];
  /** GitHub's `documentation_url`. */
  declare readonly documentationUrl: string | undefined;
  /** `x-github-request-id`, which GitHub's support needs. */
  declare readonly requestId: string | undefined;
  /** The response, its body read. Absent only when nothing was sent (a {@link RateLimitError} known beforehand). */
  declare readonly response: Response | undefined;

  override readonly name: string = "ApiError";

  constructor(message: string, init: ApiErrorInit) {
    const { data, response } = init;
    const properties = {
      ...init,
      errors: problemsOf(data),
      documentationUrl: Object(data).documentation_url,
      requestId: response?.headers.get("x-github-request-id") ?? undefined,
    };
    super(message, properties);
  }
}

/** What an {@link AuthenticationError} is made of. */
export interface AuthenticationErrorInit extends ApiErrorInit {
  acceptedPermissions?: readonly Permissions[];
  ssoUrl?: string | undefined;
}

/** 401, or 403 that is neither a rate limit nor a run's state: the token is bad, or may not do this. */
export class AuthenticationError extends ApiError {
  /**
   * The fine-grained permissions that a token needs for this: alternatives, each of which is enough, e.g.
   * `[{ actions: "write" }]`. As GitHub states them, else as its documentation does; empty when neither does.
   */
  declare readonly acceptedPermissions: readonly Permissions[];
  /** Where to authorize the token for the organization's single sign-on, when that is what is missing. */
  declare readonly ssoUrl: string | undefined;

  override readonly name: string = "AuthenticationError";

  constructor(message: string, init: AuthenticationErrorInit) {
    const all: AuthenticationErrorInit = { acceptedPermissions: [], ssoUrl: undefined, ...init };
    super(message, all);
  }
}

/** 404: it is not there, or the token cannot see it. */
export class NotFoundError extends ApiError {
  override readonly name: string = "NotFoundError";
}

/**
 * The run is not in a state that allows this: 409 (cancelling a completed run), or a 403 whose message says so (running
 * a run again that has not ended, or was created over a month ago).
 */
export class ConflictError extends ApiError {
  override readonly name: string = "ConflictError";
}

/** 410: the logs have expired. */
export class GoneError extends ApiError {
  override readonly name: string = "GoneError";
}

/** The primary or a secondary rate limit, and the wait is longer than allowed. */
export class RateLimitError extends ApiError {
  /** When to try again. */
  declare readonly retryAt: Date;
  /** `primary`: the hourly budget is used up. `secondary`: too many requests in a short time. */
  declare readonly limit: "primary" | "secondary";

  override readonly name: string = "RateLimitError";

  // oxlint-disable-next-line no-useless-constructor -- it requires more than ApiError's
  constructor(message: string, init: RateLimitErrorInit) {
    super(message, init);
  }
}

/** No response: refused, reset, DNS, TLS, or a body that broke off. `cause` is the platform's error. */
export class NetworkError extends WorkflowRunsError {
  override readonly name: string = "NetworkError";
}

/** Our own time-out ran out. It is never repeated. */
export class TimeoutError extends WorkflowRunsError {
  /** The time-out, in milliseconds. */
  declare readonly timeout: number;

  override readonly name: string = "TimeoutError";

  // oxlint-disable-next-line no-useless-constructor -- it requires more than WorkflowRunsError's
  constructor(message: string, properties: { timeout: number }) {
    super(message, properties);
  }
}

/** A body that is larger than `maxBodySize`. It is never repeated. */
export class ResponseTooLargeError extends WorkflowRunsError {
  /** `maxBodySize`, in bytes. */
  declare readonly limit: number;

  override readonly name: string = "ResponseTooLargeError";

  // oxlint-disable-next-line no-useless-constructor -- it requires more than WorkflowRunsError's
  constructor(message: string, properties: { limit: number }) {
    super(message, properties);
  }
}

/** A success status with a body that is not what GitHub documents: broken JSON, HTML, or an unsafe integer. */
export class InvalidResponseError extends WorkflowRunsError {
  /** The response, its body read. */
  declare readonly response: Response;

  override readonly name: string = "InvalidResponseError";

  // oxlint-disable-next-line no-useless-constructor -- it requires more than WorkflowRunsError's
  constructor(message: string, properties: ErrorOptions & { response: Response }) {
    super(message, properties);
  }
}
