import { abortable, unlessAborted } from "./abort.ts";
import { ParameterError, TimeoutError } from "./errors.ts";
import type { Ring } from "./middleware.ts";

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
  checked(client);
  return (request, next, call) => {
    const limit = limitOf(which, call.timeout) ?? limitOf(which, client) ?? defaults[which];
    if (limit === Infinity) return unlessAborted(next(request), request.signal);
    checked(call.timeout);
    const controller = new AbortController();
    const { signal: outer } = request;
    // A download's body is still read when the listener is gone; `any` holds its signals weakly.
    const signal =
      call.stream && outer ? AbortSignal.any([controller.signal, outer]) : controller.signal;
    return abortable(outer, (resolve, reject) => {
      const stop = (reason: unknown): void => {
        clearTimeout(timer);
        controller.abort(reason);
      };
      const timer = setTimeout(() => {
        const reason = timedOut(which, limit, request);
        reject(reason);
        stop(reason);
      }, limit);
      next({ ...request, signal })
        .then(resolve, reject)
        .finally(() => clearTimeout(timer));
      return () => stop(outer?.reason);
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

function checked(timeout: Timeout): void {
  const { perTry = 1, total = 1 } =
    typeof timeout === "object" ? timeout : { perTry: timeout === false ? 1 : timeout };
  for (const value of [perTry, total])
    if (!(value > 0 && (value < 2 ** 31 || value === Infinity)))
      throw new ParameterError(
        "timeout",
        `timeout: ${String(value)} is not a number of milliseconds between 1 and 2^31.`,
      );
}
