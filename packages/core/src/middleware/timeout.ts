import { TimeoutError } from "../errors/errors.ts";
import type { TimeoutOptions } from "../options/call-options.ts";
import { abortable, startTimeout } from "../support/abort.ts";
import type { InnerMiddleware } from "./chain.ts";

/** `timeout.perTry`, where none is set, in milliseconds. */
export const defaultPerTry = 30_000;

type Timeout = number | TimeoutOptions | false | undefined;

/** Applies one of the two time-outs to what is inside of it, and ends at once on an abort, whatever is inside. */
export function timeLimit(
  which: "perTry" | "total",
  client: Timeout,
  byDefault: number = Infinity,
): InnerMiddleware {
  const usual = limitOf(which, client) ?? byDefault;
  return (request, next) => {
    const { method, url, signal: outer, timeout } = request;
    const limit = limitOf(which, timeout) ?? usual;
    if (!outer && limit === Infinity) return next(request);
    return abortable(outer, (resolve, reject) => {
      const controller = new AbortController();
      // A download's body is still read when the listener is gone; `any` holds its signals weakly.
      const streams = request.stream || request.streamFiles;
      const signal =
        streams && outer ? AbortSignal.any([controller.signal, outer]) : controller.signal;
      const cancel = startTimeout(limit, () => {
        const reason = new TimeoutError(
          `${method} ${url}: no response within ${limit} ms (timeout.${which}).`,
          { timeout: limit },
        );
        reject(reason);
        controller.abort(reason);
      });
      next({ ...request, signal }).then(resolve, reject);
      return () => {
        cancel();
        if (outer?.aborted) controller.abort(outer.reason);
      };
    });
  };
}

/** One of the time-outs of an option; undefined where it says nothing of it. */
export function limitOf(which: keyof TimeoutOptions, timeout: Timeout): number | undefined {
  if (timeout === false) return Infinity;
  const limits: TimeoutOptions | undefined =
    typeof timeout === "number" ? { perTry: timeout } : timeout;
  return limits?.[which];
}
