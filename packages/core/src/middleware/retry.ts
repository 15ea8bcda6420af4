import { NetworkError } from "../errors/errors.ts";
import type { RetryEvent, RetryOptions } from "../options/call-options.ts";
import { sleep } from "../support/abort.ts";
import type { Publish } from "../transport/diagnostics.ts";
import { neverSent } from "../transport/never-sent.ts";
import type { PlainResponse } from "../transport/response.ts";
import type { InnerMiddleware } from "./chain.ts";
import { isFailure, retryDelay, type RetryLimits } from "./retry-decision.ts";

/** Repeats a failed try where that is safe; see `retryDelay` for what is. */
export function retry(client: RetryOptions | false | undefined, publish: Publish): InnerMiddleware {
  const usual = settingsOf(client, { limit: 3, maxDelay: 30_000 });
  return async (request, next) => {
    const { operation, method, url, signal } = request;
    const settings = settingsOf(request.retry, usual);
    for (let tries = 1; ; tries++) {
      let received: PlainResponse | undefined;
      let error: NetworkError | undefined;
      try {
        received = await next(request);
        if (!isFailure(received.status)) return received;
      } catch (thrown) {
        if (!(thrown instanceof NetworkError)) throw thrown;
        error = thrown;
      }
      const { status, response } = received ?? {};
      const failed = {
        method,
        tries,
        headers: response?.headers,
        neverSent: error && neverSent(error),
      };
      const delay = retryDelay(failed, settings, Math.random(), Date.now());
      if (delay === undefined) {
        if (received) return received;
        throw error as NetworkError;
      }
      const event: RetryEvent = { operation, method, url, tries, delay, status, error };
      publish("retry", () => event);
      settings.onRetry?.(event);
      await sleep(delay, signal);
    }
  };
}

type Settings = RetryLimits & Pick<RetryOptions, "onRetry">;

/** The options of a call over the client's, those over the defaults. */
function settingsOf(options: RetryOptions | false | undefined, base: Settings): Settings {
  if (options === undefined) return base;
  const {
    limit = base.limit,
    maxDelay = base.maxDelay,
    onRetry = base.onRetry,
  } = options || { limit: 0 };
  return { limit, maxDelay, onRetry };
}
