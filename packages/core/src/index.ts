export { createClient } from "./server.ts";
export type { Client, Method, Methods, RepositoryClient } from "./client-types.ts";
export type { CallOptions, ClientOptions } from "./options.ts";
export type {
  Operation,
  OperationData,
  OperationName,
  OperationParameters,
  Operations,
} from "./operation-types.ts";
export type { Call, Middleware, Next } from "./middleware.ts";
export type { AuthOption, OctokitAuth, TokenProvider } from "./auth.ts";
export type { TimeoutOptions } from "./timeout.ts";
export type { RetryEvent, RetryOptions } from "./retry.ts";
export type { LimitEvent, RateLimit, RateLimitOptions } from "./rate-limit.ts";
export type { KeyValueStore } from "./store.ts";
export type { CacheEvent } from "./cache.ts";
export type { RequestEvent } from "./server-sender.ts";
export {
  ApiError,
  type ApiErrorInit,
  AuthenticationError,
  ConflictError,
  GoneError,
  InvalidResponseError,
  NetworkError,
  NotFoundError,
  RateLimitError,
  TimeoutError,
  type ValidationProblem,
} from "./errors.ts";
export { ParameterError, WorkflowRunsError } from "./support/workflow-runs-error.ts";
export type {
  Deployment,
  EnvironmentApproval,
  Job,
  PendingDeployment,
  WorkflowRun,
  WorkflowRunUsage,
} from "@workflow-runs/openapi-types";
