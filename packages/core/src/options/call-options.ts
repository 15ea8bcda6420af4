import type { CacheCallOptions } from "../cache/options.ts";
import type { NetworkError } from "../errors/errors.ts";

/** Options of a single call: the second argument of every method. */
export interface CallOptions {
  /** Aborts the call at every stage; it then rejects with the signal's reason (an `AbortError` by default). */
  readonly signal?: AbortSignal | undefined;
  /** Time-outs in milliseconds, over the client's; a number is `perTry`. `false`: none. */
  readonly timeout?: number | TimeoutOptions | false | undefined;
  /** Headers for this call, over the client's. A download's `range` goes to the host of the file too. */
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
  /** `false`: do not use the client's cache for this call. `true`, or an object: use it (over the client's settings), in memory where the client has none. */
  readonly cache?: boolean | CacheCallOptions | undefined;
  /** Retry for this call, over the client's. `false`: one try. */
  readonly retry?: RetryOptions | false | undefined;
  /**
   * For the downloads, which GitHub responds to with a redirect: `"follow"` resolves to the file's response;
   * `"manual"` to GitHub's own 302 response, its `location` header the signed URL, valid for a minute.
   * @default "follow"
   */
  readonly redirect?: "follow" | "manual" | undefined;
  /** Called before each wait of this call for a rate limit, beside the client's `onLimit`. What it throws ends the call. */
  readonly onLimit?: ((event: LimitEvent) => void) | undefined;
}

/** Time-outs of a call, in milliseconds; above 2^31 - 1 is none. When one runs out the call rejects with {@link TimeoutError}, at once. */
export interface TimeoutOptions {
  /** For one try: from sending to the last byte of the body (for a download: to its headers). @default 30_000 */
  perTry?: number | undefined;
  /** For all of the call: queueing, waits for rate limits, back-off and tries. @default none */
  total?: number | undefined;
  /** Longest without a byte of the body, of downloads too; the try has then failed ({@link NetworkError}). @default 30_000 */
  idle?: number | undefined;
}

/** How failed tries are repeated. */
export interface RetryOptions {
  /** How many more tries after the first. @default 3 */
  limit?: number | undefined;
  /** Longest wait between two tries, in milliseconds; when `Retry-After` asks for more, the error is thrown at once. @default 30_000 */
  maxDelay?: number | undefined;
  /** Called before each wait. What it throws ends the call. */
  onRetry?: ((retry: RetryEvent) => void) | undefined;
}

/** A try that failed and will be repeated. */
export interface RetryEvent {
  /** GitHub's operation id; absent for raw calls. */
  operation: string | undefined;
  method: string;
  url: string;
  /** How many tries have been made. */
  tries: number;
  /** Milliseconds until the next. */
  delay: number;
  /** Status of the failed try; absent when there was no response. */
  status: number | undefined;
  /** The network error, when there was no response. */
  error: NetworkError | undefined;
}

/** A request that waits for a rate limit. */
export interface LimitEvent {
  /** GitHub's operation id; absent for raw calls. */
  operation: string | undefined;
  method: string;
  url: string;
  /** Which limit. */
  limit: "primary" | "secondary";
  /** Milliseconds of the wait. */
  wait: number;
  /** When the request will be sent. */
  retryAt: Date;
}
