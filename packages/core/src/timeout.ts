import { abortable } from "./abort.ts";
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
  const usual = limitOf(which, client) ?? (which === "perTry" ? 30_000 : Infinity);
  return (request, next) => {
    const { method, url, signal: outer, call } = request;
    const limit = limitOf(which, call.timeout) ?? usual;
    if (!outer && limit === Infinity) return next(request);
    return abortable(outer, (resolve, reject) => {
      const controller = new AbortController();
      // A download's body is still read when the listener is gone; `any` holds its signals weakly.
      const signal =
        call.stream && outer ? AbortSignal.any([controller.signal, outer]) : controller.signal;
      const timer =
        limit < Infinity &&
        setTimeout(() => {
          const reason = new TimeoutError(
            `${method} ${url}: no answer within ${limit} ms (timeout.${which}). Raise it, or look at https://www.githubstatus.com.`,
          );
          reject(reason);
          controller.abort(reason);
        }, limit);
      next({ ...request, signal }).then(resolve, reject);
      return () => {
        if (timer) clearTimeout(timer);
        if (outer?.aborted) controller.abort(outer.reason);
      };
    });
  };
}

function limitOf(which: "perTry" | "total", timeout: Timeout): number | undefined {
  if (timeout === false) return Infinity;
  const limits: TimeoutOptions = typeof timeout === "number" ? { perTry: timeout } : { ...timeout };
  const limit = limits[which];
  // A timer takes no more than this; without one it is as good as never.
  if (limit !== undefined && limit !== Infinity) checkOption("timeout", limit, 1, 2 ** 31 - 1);
  return limit;
}
