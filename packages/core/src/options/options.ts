import type { CacheOption } from "../cache/options.ts";
import type { Operations } from "../client/operation-types.ts";
import type { AuthOption } from "../middleware/auth.ts";
import type { DeprecationEvent } from "../middleware/deprecation.ts";
import type { Middleware } from "../middleware/middleware.ts";
import type { RateLimitOptions } from "../rate-limit/rate-limit.ts";
import type { RetryOptions, TimeoutOptions } from "./call-options.ts";

/** Options of `createClient`. */
export interface ClientOptions<Table = Operations> {
  /**
   * A token, a function that gives one (it is called before each request), or an Octokit auth strategy such
   * as `createAppAuth({ … })`. Without one GitHub allows 60 requests an hour, for public data.
   * @default none
   */
  auth?: AuthOption | undefined;
  /**
   * Root of the API. GitHub Enterprise Server: `https://HOST/api/v3`; GHE.com: `https://api.SUBDOMAIN.ghe.com`.
   * @default "https://api.github.com"
   */
  baseUrl?: string | undefined;
  /**
   * The table of another description, as `workflow-runs-codegen` generates it: of a GHES version, another API version,
   * or more pages of GitHub's API. The client then has its methods, parameters and results.
   * @default `operations` of `@workflow-runs/openapi-types/operations`
   */
  operations?: Table | undefined;
  /**
   * Value of `X-GitHub-Api-Version`.
   * @default "2026-03-10"; "2022-11-28" for GHES (`/api/v3`), as servers before 3.21 refuse a later one
   * @see https://docs.github.com/en/rest/about-the-rest-api/api-versions
   */
  apiVersion?: string | undefined;
  /** Value of `User-Agent`, which GitHub requires. Browsers send their own. @default "@workflow-runs/core" */
  userAgent?: string | undefined;
  /** The `fetch` to use. @default globalThis.fetch, looked up at each request, so that it can be mocked later */
  fetch?: typeof globalThis.fetch | undefined;
  /** Time-outs in milliseconds; a number is `perTry`. `false`: none. @default { perTry: 30_000, idle: 30_000 } */
  timeout?: number | TimeoutOptions | false | undefined;
  /**
   * Bytes, unpacked, of the largest body that is read into memory; a larger one is a {@link ResponseTooLargeError}.
   * Downloads are streams, and have no limit.
   * @default 67_108_864 (64 MiB)
   */
  maxBodySize?: number | undefined;
  /** When a failed try is repeated. `false`: never. @default { limit: 3, maxDelay: 30_000 } */
  retry?: RetryOptions | false | undefined;
  /** How GitHub's rate limits are met. `false`: not at all. @default { maxWait: 60_000, concurrency: 10 } */
  rateLimit?: RateLimitOptions | false | undefined;
  /**
   * Conditional requests: an unchanged response costs no rate limit, and equal requests that are under way at once are
   * one. `true`: kept in memory (up to 16 million characters). A Keyv instance, or anything with its `get`, `set` and
   * `delete`: kept there, where many processes share it, and the rate-limit budget with it. An object: a store, or
   * memory, with `maxAge` and `staleIfLimited`.
   * @default false
   * @see https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate
   */
  cache?: CacheOption | undefined;
  /** Middlewares around every call, the first outermost. See {@link Middleware}. @default none */
  middleware?: readonly Middleware[] | undefined;
  /** Called once per operation when GitHub says that it, or its API version, is deprecated (`Deprecation`, `Sunset`). What it throws ends the call, which has been made by then. */
  onDeprecation?: ((event: DeprecationEvent) => void) | undefined;
}
