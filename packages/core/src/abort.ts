/** Waits, or rejects with the signal's reason as soon as it aborts. */
export type Sleep = (milliseconds: number, signal?: AbortSignal) => Promise<void>;

// setTimeout fires at once when asked for more than this.
const longestTimer = 2 ** 31 - 1;

/** {@link Sleep} on the platform's timers. */
export const sleep: Sleep = async (milliseconds, signal) => {
  for (let left = milliseconds; left > 0; left -= longestTimer)
    await abortable(signal, (resolve) => {
      const timer = setTimeout(resolve, Math.min(left, longestTimer));
      return () => clearTimeout(timer);
    });
};

/** Settles as `promise` does, or rejects with the signal's reason as soon as it aborts. */
export function unlessAborted<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return promise;
  return abortable(signal, (resolve, reject) => {
    promise.then(resolve, reject);
    return () => {};
  });
}

/**
 * A promise that a signal can reject. `start` begins the work and returns how to clean up, which is called
 * once, when the promise settles or the signal aborts. No listener is left then, however long the signal lives.
 */
export function abortable<T>(
  signal: AbortSignal | undefined,
  start: (resolve: (value: T) => void, reject: (reason: unknown) => void) => () => void,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const finish =
      <A>(settle: (value: A) => void) =>
      (value: A): void => {
        signal?.removeEventListener("abort", onAbort);
        stop();
        settle(value);
      };
    const onAbort = (): void => finish(reject)(signal?.reason);
    const stop = start(finish(resolve), finish(reject));
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
