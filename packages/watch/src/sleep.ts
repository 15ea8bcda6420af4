// A longer delay overflows setTimeout and fires at once.
const LONGEST = 2 ** 31 - 1;

/** Waits `ms` milliseconds, or rejects with the signal's reason as soon as it aborts. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(
      () => {
        signal?.removeEventListener("abort", stop);
        resolve();
      },
      Math.min(ms, LONGEST),
    );
    signal?.addEventListener("abort", stop, { once: true });
  });
}
