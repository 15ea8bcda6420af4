export { createClient } from "./client/create-client.ts";
export type {
  Client,
  ClientMembers,
  Method,
  Methods,
  RepositoryClient,
} from "./client/client-types.ts";
export type {
  CallOptions,
  LimitEvent,
  RetryEvent,
  RetryOptions,
  TimeoutOptions,
} from "./options/call-options.ts";
export type { ClientOptions } from "./options/options.ts";
export type {
  Operation,
  OperationData,
  OperationName,
  OperationParameters,
  Operations,
  OperationsTable,
  PathsOf,
} from "./client/operation-types.ts";
export type { Call, Middleware, Next } from "./middleware/middleware.ts";
export type { AuthOption, OctokitAuth, OctokitWithAuth, TokenProvider } from "./middleware/auth.ts";
export type { DeprecationEvent } from "./middleware/deprecation.ts";
export type { Permissions } from "./errors/permissions.ts";
export type { RateLimit, RateLimitOptions } from "./rate-limit/rate-limit.ts";
export type { KeyValueStore } from "./cache/store.ts";
export type { CacheEvent } from "./cache/cache.ts";
export type { CacheCallOptions, CacheOption, CacheOptions } from "./cache/options.ts";
export type { RequestEvent } from "./transport/transport.ts";
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
  ResponseTooLargeError,
  TimeoutError,
  type ValidationProblem,
} from "./errors/errors.ts";
export { ParameterError, WorkflowRunsError } from "./support/workflow-runs-error.ts";
export type {
  Deployment,
  EnvironmentApproval,
  Job,
  PendingDeployment,
  WorkflowRun,
  WorkflowRunUsage,
} from "@workflow-runs/openapi-types";
