/** Base of every error this package throws, except an abort, which stays the signal's own reason. */
export class WorkflowRunsError extends Error {
  // A constant survives a minifier, which the class's own name does not.
  override readonly name: string = "WorkflowRunsError";
}

/** What an {@link ApiError} is made of. */
export interface ApiErrorInit {
  status: number;
  data: unknown;
  response?: Response | undefined;
}

/** One entry of a 422's `errors`, as GitHub sends it; a plain string is held as `message`. */
export interface ValidationProblem {
  resource?: string;
  field?: string;
  code?: string;
  message?: string;
}

/** What an answer's body lists in `errors`. */
export function problemsOf(data: unknown): ValidationProblem[] {
  const { errors } = Object(data) as { errors?: unknown };
  return (Array.isArray(errors) ? errors : []).map((entry: unknown) =>
    Object(entry) === entry ? (entry as ValidationProblem) : { message: String(entry) },
  );
}

/** GitHub answered, and the answer is not a success. */
export class ApiError extends WorkflowRunsError {
  /** HTTP status. */
  readonly status: number;
  /** The answer's body: parsed JSON, or text where it is not JSON; empty text when there is none. */
  readonly data: unknown;
  /** What GitHub lists in `errors` (422): resource, field, code. Empty otherwise. */
  readonly errors: readonly ValidationProblem[];
  /** GitHub's `documentation_url`. */
  readonly documentationUrl: string | undefined;
  /** `x-github-request-id`, which GitHub's support asks for. */
  readonly requestId: string | undefined;
  /** The response, its body read. Absent only when nothing was sent (a {@link RateLimitError} known beforehand). */
  readonly response: Response | undefined;

  override readonly name: string = "ApiError";

  constructor(message: string, { status, data, response }: ApiErrorInit) {
    super(message);
    this.status = status;
    this.data = data;
    this.errors = problemsOf(data);
    this.documentationUrl = (data as { documentation_url?: string } | null)?.documentation_url;
    this.requestId = response?.headers.get("x-github-request-id") ?? undefined;
    this.response = response;
  }
}

/** 401, or 403 that is not a rate limit: the token is bad, or may not do this. */
export class AuthenticationError extends ApiError {
  override readonly name: string = "AuthenticationError";
}

/** 404: it is not there, or the token cannot see it. */
export class NotFoundError extends ApiError {
  override readonly name: string = "NotFoundError";
}

/** 409: the run is not in a state that allows this, e.g. cancelling a completed run. */
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
  readonly retryAt: Date;
  /** `primary`: the hourly budget is used up. `secondary`: too many requests in a short time. */
  readonly limit: "primary" | "secondary";

  override readonly name: string = "RateLimitError";

  constructor(
    message: string,
    init: ApiErrorInit & { retryAt: Date; limit: "primary" | "secondary" },
  ) {
    super(message, init);
    this.retryAt = init.retryAt;
    this.limit = init.limit;
  }
}

/** No answer: refused, reset, DNS, TLS, or a body that broke off. `cause` is the platform's error. */
export class NetworkError extends WorkflowRunsError {
  override readonly name: string = "NetworkError";
}

/** Our own time-out ran out. It is never tried again. */
export class TimeoutError extends WorkflowRunsError {
  override readonly name: string = "TimeoutError";
}

/** A success status with a body that is not what GitHub documents: broken JSON, HTML, or an unsafe integer. */
export class InvalidResponseError extends WorkflowRunsError {
  /** The response, its body read. */
  readonly response: Response;

  override readonly name: string = "InvalidResponseError";

  constructor(message: string, response: Response, options?: ErrorOptions) {
    super(message, options);
    this.response = response;
  }
}

/** A parameter or option is missing, unknown, or out of range. Nothing was sent. */
export class ParameterError extends WorkflowRunsError {
  /** Name of the parameter or option. */
  readonly parameter: string;

  override readonly name: string = "ParameterError";

  constructor(parameter: string, message: string) {
    super(message);
    this.parameter = parameter;
  }
}
