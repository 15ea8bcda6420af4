/** Waits, or rejects with the signal's reason as soon as it aborts. */
export type Sleep = (milliseconds: number, signal?: AbortSignal) => Promise<void>;

// The longest delay that setTimeout takes; it runs at once for a longer one.
export const longestTimer: number = 2 ** 31 - 1;

/**
 * Calls `onTimeout` after so many milliseconds, unless what it returns is called before. When the time is over, what has
 * arrived meanwhile is seen first: a process that was busy is no slow server. More than a timer takes is never.
 */
export function startTimeout(milliseconds: number, onTimeout: () => void): () => void {
  let timer =
    milliseconds > longestTimer
      ? undefined
      : setTimeout(() => {
          timer = setTimeout(onTimeout, 10);
        }, milliseconds);
  return () => clearTimeout(timer);
}

/** {@link Sleep} on the platform's timers. */
export const sleep: Sleep = async (milliseconds, signal) => {
  for (let left = milliseconds; left > 0; left -= longestTimer)
    await abortable(signal, (resolve) => {
      const timer = setTimeout(resolve, Math.min(left, longestTimer));
      return () => clearTimeout(timer);
    });
};

/**
 * A promise that a signal can reject. `start` begins the work and returns how to clean up, which is called
 * when the promise settles, and at once when the signal aborts. No listener is left then, however long the
 * signal lives.
 */
export function abortable<T>(
  signal: AbortSignal | undefined,
  start: (resolve: (value: T) => void, reject: (reason: unknown) => void) => () => void,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    signal?.throwIfAborted();
    const onAbort = (): void => fail(signal?.reason);
    const end = (): void => {
      signal?.removeEventListener("abort", onAbort);
      stop();
    };
    const fail = (reason: unknown): void => {
      end();
      reject(reason);
    };
    const stop = start((value) => {
      end();
      resolve(value);
    }, fail);
    signal?.addEventListener("abort", onAbort);
    // What was started may have aborted it already.
    if (signal?.aborted) onAbort();
  });
}

/**
 * The promise's own outcome, or the signal's reason as soon as it aborts, whatever the promise does then.
 * A rejection that comes after the abort is not reported as unhandled.
 */
export function orAbort<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  promise.catch(() => {});
  return abortable(signal, (resolve, reject) => {
    promise.then(resolve, reject);
    return () => {};
  });
}
