import type { Sleep } from "@workflow-runs/core/support";

/** Shortest time between two polls, in milliseconds, however many events come. */
const leastPause = 1_000;

/** A sleep that an event ends early. */
export interface WakeableSleep {
  /** Sleeps, or until the next event; one that came since the last sleep ends it too. */
  readonly sleep: (milliseconds: number, signal: AbortSignal | undefined) => Promise<void>;
  /** Lets go of the events. */
  readonly close: () => void;
}

/**
 * A sleep that each item of `events` ends early, whatever it is: a hint that something may have changed. Many items
 * at once are one hint. Events that end, or fail, leave a plain sleep: polling goes on without them.
 */
export function wakeableSleep(
  events: AsyncIterable<unknown> | undefined,
  sleep: Sleep,
): WakeableSleep {
  if (events === undefined) return { sleep, close: () => {} };
  const iterator = events[Symbol.asyncIterator]();
  let pending = false;
  const closed = new AbortController();
  let wakeUp = (): void => {};
  const listen = async (): Promise<void> => {
    while (!closed.signal.aborted && (await iterator.next()).done !== true) {
      pending = true;
      wakeUp();
    }
  };
  // A hint that fails is no hint; the next poll sees what there is to see.
  listen().catch(() => {});
  return {
    async sleep(milliseconds, signal) {
      const least = Math.min(milliseconds, leastPause);
      await sleep(least, signal);
      if (!pending && milliseconds > least) {
        const early = new AbortController();
        wakeUp = () => early.abort();
        const both = signal === undefined ? early.signal : AbortSignal.any([signal, early.signal]);
        try {
          await sleep(milliseconds - least, both);
        } catch (error) {
          if (!early.signal.aborted || signal?.aborted === true) throw error;
        } finally {
          wakeUp = () => {};
        }
      }
      pending = false;
    },
    close() {
      closed.abort();
      // A generator that waits for its next event returns only after it: nobody waits for that.
      void iterator.return?.()?.then(undefined, () => {});
    },
  };
}
