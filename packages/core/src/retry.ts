import { type Sleep, sleep } from "./abort.ts";
import type { Answer } from "./answer.ts";
import { type Publish, silent } from "./diagnostics.ts";
import { NetworkError } from "./errors.ts";
import type { Ring } from "./middleware.ts";
import { checkOption } from "./option-check.ts";
import { neverSent, readRetryAfter, retryDelay } from "./retry-decision.ts";

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

/** What varies; injected in tests. */
export interface RetryEnvironment {
  sleep?: Sleep;
  random?: () => number;
  now?: () => number;
  publish?: Publish;
}

/** Makes a failed try again where that is safe; see `retryDelay` for what is. */
export function retry(client: RetryOptions | false = {}, environment: RetryEnvironment = {}): Ring {
  const { random = Math.random, now = Date.now, publish = silent } = environment;
  const wait = environment.sleep ?? sleep;
  settings(client, undefined);
  return async (request, next, call) => {
    const { limit, maxDelay, onRetry } = settings(client, call.retry);
    const { method, url } = request;
    for (let tries = 1; ; tries++) {
      let answer: Answer | undefined;
      let error: NetworkError | undefined;
      try {
        answer = await next(request);
      } catch (thrown) {
        if (!(thrown instanceof NetworkError)) throw thrown;
        error = thrown;
      }
      const delay = retryDelay(
        {
          method,
          tries,
          status: answer?.status,
          retryAfter: answer && readRetryAfter(answer.headers, now()),
          neverSent: neverSent(error),
        },
        { limit, maxDelay },
        random,
      );
      if (delay === undefined) {
        if (answer) return answer;
        throw error as NetworkError;
      }
      const { operation } = call;
      const event = { operation, method, url, tries, delay, status: answer?.status, error };
      publish("retry", event);
      onRetry?.(event);
      await wait(delay, request.signal);
    }
  };
}

function settings(client: RetryOptions | false, call: RetryOptions | false | undefined) {
  const { limit, maxDelay, onRetry } = {
    ...(client === false ? { limit: 0 } : client),
    ...(call === false ? { limit: 0 } : call),
  };
  const given = { limit: limit ?? 3, maxDelay: maxDelay ?? 30_000, onRetry };
  checkOption("retry.limit", given.limit, 0);
  checkOption("retry.maxDelay", given.maxDelay, 0);
  return given;
}
