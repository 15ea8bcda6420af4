import type { AuthOption } from "./auth.ts";
import type { KeyValueStore } from "./store.ts";
import type { Middleware } from "./middleware.ts";
import type { LimitEvent, RateLimitOptions } from "./rate-limit.ts";
import type { RetryOptions } from "./retry.ts";
import type { TimeoutOptions } from "./timeout.ts";

/** Options of `createClient`. */
export interface ClientOptions {
  /**
   * A token, a function that gives one (it is asked before each request), or an Octokit auth strategy such
   * as `createAppAuth({ … })`. Default: none, which GitHub allows for public data at 60 requests an hour.
   */
  auth?: AuthOption | undefined;
  /**
   * Root of the API. Default `https://api.github.com`. GitHub Enterprise Server: `https://HOST/api/v3`;
   * GHE.com: `https://api.SUBDOMAIN.ghe.com`.
   */
  baseUrl?: string | undefined;
  /**
   * Value of `X-GitHub-Api-Version`. Default `2026-03-10`.
   * @see https://docs.github.com/en/rest/about-the-rest-api/api-versions
   */
  apiVersion?: string | undefined;
  /** Value of `User-Agent`, which GitHub requires. Default `@workflow-runs/core`. Browsers send their own. */
  userAgent?: string | undefined;
  /** The `fetch` to use. Default: `globalThis.fetch`, looked up at each request, so that it can be mocked later. */
  fetch?: typeof globalThis.fetch | undefined;
  /** Time-outs in milliseconds; a number is `perTry`. Default `{ perTry: 30_000 }`. `false`: none. */
  timeout?: number | TimeoutOptions | false | undefined;
  /** When a failed try is made again. Default `{ limit: 3, maxDelay: 30_000 }`. `false`: never. */
  retry?: RetryOptions | false | undefined;
  /** How GitHub's rate limits are met. Default `{ maxWait: 60_000, concurrency: 10 }`. `false`: not at all. */
  rateLimit?: RateLimitOptions | false | undefined;
  /**
   * Conditional requests: an unchanged answer costs no rate limit. `true`: kept in memory (up to 16 million characters).
   * A Keyv instance, or anything with its `get`, `set` and `delete`: kept there, where many processes share
   * it, and the rate-limit budget with it. Default `false`.
   * @see https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate
   */
  cache?: boolean | KeyValueStore | undefined;
  /** Rings around every call, the first outermost. See {@link Middleware}. */
  middleware?: readonly Middleware[] | undefined;
}

/** The names of {@link ClientOptions}, for callers without a compiler. */
export const clientOptions: readonly (keyof ClientOptions)[] = [
  "auth",
  "baseUrl",
  "apiVersion",
  "userAgent",
  "fetch",
  "timeout",
  "retry",
  "rateLimit",
  "cache",
  "middleware",
];

/** The names of {@link CallOptions}. */
export const callOptions: readonly (keyof CallOptions)[] = [
  "signal",
  "timeout",
  "headers",
  "cache",
  "retry",
  "redirect",
  "onLimit",
];

/** Options of a single call: the second argument of every method. */
export interface CallOptions {
  /** Aborts the call at every stage; it then rejects with the signal's reason (an `AbortError` by default). */
  readonly signal?: AbortSignal | undefined;
  /** Time-outs in milliseconds, over the client's; a number is `perTry`. `false`: none. */
  readonly timeout?: number | TimeoutOptions | false | undefined;
  /** Headers for this call, over the client's. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** `false`: do not use the client's cache for this call. `true`: use it, in memory where the client has none. */
  readonly cache?: boolean | undefined;
  /** Retry for this call, over the client's. `false`: one try. */
  readonly retry?: RetryOptions | false | undefined;
  /**
   * For the downloads, which GitHub answers with a redirect: `"follow"` (default) resolves to the file's
   * response; `"manual"` to GitHub's own 302 response, its `location` header the signed URL, valid for a minute.
   */
  readonly redirect?: "follow" | "manual" | undefined;
  /** Told before each wait of this call for a rate limit, beside the client's `onLimit`. What it throws ends the call. */
  readonly onLimit?: ((event: LimitEvent) => void) | undefined;
}
