import { sleep } from "./support/abort.ts";
import type { Answer } from "./answer.ts";
import { checkNumber } from "./checks.ts";
import type { Environment } from "./environment.ts";
import { NetworkError } from "./errors.ts";
import type { Ring } from "./middleware.ts";
import { isFailure, retryDelay, type RetryLimits } from "./retry-decision.ts";

/** How failed tries are made again. */
export interface RetryOptions {
  /** How many more tries after the first. Default 3. */
  limit?: number | undefined;
  /** Longest wait between two tries, in milliseconds; when `Retry-After` asks for more, the error is given at once. Default 30,000. */
  maxDelay?: number | undefined;
  /** Told before each wait. What it throws ends the call. */
  onRetry?: ((retry: RetryEvent) => void) | undefined;
}

/** A try that failed and will be made again. */
export interface RetryEvent {
  /** GitHub's operation id; absent for raw calls. */
  operation: string | undefined;
  method: string;
  url: string;
  /** How many tries have been made. */
  tries: number;
  /** Milliseconds until the next. */
  delay: number;
  /** Status of the failed try; absent when there was no answer. */
  status: number | undefined;
  /** The network error, when there was no answer. */
  error: NetworkError | undefined;
}

/** Makes a failed try again where that is safe; see `retryDelay` for what is. */
export function retry(
  client: RetryOptions | false | undefined,
  { publish, neverSent }: Environment,
): Ring {
  const usual = settings(client);
  return async (request, next) => {
    const { operation, method, url, signal } = request;
    const limits = settings(request.retry, usual);
    for (let tries = 1; ; tries++) {
      let answer: Answer | undefined;
      let error: NetworkError | undefined;
      try {
        answer = await next(request);
        if (!isFailure(answer.response.status)) return answer;
      } catch (thrown) {
        if (!(thrown instanceof NetworkError)) throw thrown;
        error = thrown;
      }
      const response = answer?.response;
      const delay = retryDelay(
        { method, tries, headers: response?.headers, neverSent: neverSent?.(error) },
        limits,
        Math.random(),
        Date.now(),
      );
      if (delay === undefined) {
        if (answer) return answer;
        throw error as NetworkError;
      }
      const event = { operation, method, url, tries, delay, status: response?.status, error };
      publish?.("retry", event);
      limits.onRetry?.(event);
      await sleep(delay, signal);
    }
  };
}

type Settings = RetryLimits & Pick<RetryOptions, "onRetry">;

/** An option that is given, over those it stands on. */
function settings(
  given: RetryOptions | false | undefined,
  base: Settings = { limit: 3, maxDelay: 30_000 },
): Settings {
  if (given === undefined) return base;
  const {
    limit = base.limit,
    maxDelay = base.maxDelay,
    onRetry = base.onRetry,
  } = given || { limit: 0 };
  checkNumber("retry.limit", limit, 0);
  checkNumber("retry.maxDelay", maxDelay, 0);
  return { limit, maxDelay, onRetry };
}
