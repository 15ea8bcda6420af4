/** The promise, or the signal's reason as soon as it aborts, whatever the promise does then. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}

/** Resolves at `time`; rejects with the signal's reason when it aborts before. */
export function waitUntil(time: Date, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout>;
  const wait = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, Math.max(0, time.getTime() - Date.now()));
  });
  return abortable(wait, signal).finally(() => clearTimeout(timer));
}
