import { abortable, unlessAborted } from "./abort.ts";
import { TimeoutError } from "./errors.ts";
import type { Ring } from "./middleware.ts";
import { checkOption } from "./option-check.ts";

/** Time-outs of a call, in milliseconds. When one runs out the call rejects with {@link TimeoutError}, at once. */
export interface TimeoutOptions {
  /** For one try: from sending to the last byte of the body (for a download: to its headers). Default 30,000. */
  perTry?: number | undefined;
  /** For all of the call: queueing, waits for rate limits, back-off and tries. Default: none. */
  total?: number | undefined;
}

type Timeout = number | TimeoutOptions | false | undefined;

/** Applies one of the two time-outs to what is inside of it, and ends at once on an abort, whatever is inside. */
export function timeLimit(which: "perTry" | "total", client: Timeout): Ring {
  const usual = checked(limitOf(which, client) ?? defaults[which]);
  return (request, next, call) => {
    const limit = checked(limitOf(which, call.timeout) ?? usual);
    if (limit === Infinity) return unlessAborted(next(request), request.signal);
    const controller = new AbortController();
    const { signal: outer } = request;
    // A download's body is still read when the listener is gone; `any` holds its signals weakly.
    const signal =
      call.stream && outer ? AbortSignal.any([controller.signal, outer]) : controller.signal;
    return abortable(outer, (resolve, reject) => {
      const timer = setTimeout(() => {
        const reason = timedOut(which, limit, request);
        reject(reason);
        controller.abort(reason);
      }, limit);
      next({ ...request, signal }).then(resolve, reject);
      return () => {
        clearTimeout(timer);
        if (outer?.aborted) controller.abort(outer.reason);
      };
    });
  };
}

const defaults = { perTry: 30_000, total: Infinity };

function limitOf(which: "perTry" | "total", timeout: Timeout): number | undefined {
  if (timeout === false) return Infinity;
  return typeof timeout === "number"
    ? which === "perTry"
      ? timeout
      : undefined
    : timeout?.[which];
}

function timedOut(
  which: string,
  limit: number,
  { method, url }: { method: string; url: string },
): TimeoutError {
  return new TimeoutError(
    `${method} ${url}: no answer within ${limit} ms (timeout.${which}). Raise it, or look at https://www.githubstatus.com.`,
  );
}

function checked(limit: number): number {
  // A timer takes no more than this; longer is as good as never.
  if (limit !== Infinity) checkOption("timeout", limit, 1, 2 ** 31 - 1);
  return limit;
}
