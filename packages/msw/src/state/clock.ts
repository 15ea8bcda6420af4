import { refusal } from "../input/refusal.ts";

/** The fake's time: that of a clock, moved, or stopped. */
export interface FakeClock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  advance(milliseconds: number): void;
  /** Stops it, at a time or as it is. */
  freeze(at: number | undefined): void;
  unfreeze(): void;
  /** Milliseconds by which it is ahead of the clock that it was made with, or of the time at which it stands. */
  readonly offset: number;
  restore(offset: number): void;
  /** Goes as the clock that it was made with. */
  reset(): void;
  /** Keeps whether it is stopped, and returns a function that restores that. */
  save(): () => void;
}

export function createClock(clock: () => number): FakeClock {
  /** What the clock showed when it was stopped. */
  let stopped: number | undefined;
  let offset = 0;
  return {
    now: () => (stopped ?? timeOf(clock)) + offset,
    get offset() {
      return offset;
    },
    restore(to) {
      offset = to;
    },
    advance(milliseconds) {
      offset += milliseconds;
    },
    freeze(at) {
      stopped ??= timeOf(clock);
      if (at !== undefined) offset = at - stopped;
    },
    unfreeze() {
      if (stopped !== undefined) offset += stopped - timeOf(clock);
      stopped = undefined;
    },
    reset() {
      offset = 0;
      stopped = undefined;
    },
    save() {
      const stood = stopped;
      return () => {
        stopped = stood;
      };
    },
  };
}

/** @throws {InvalidInputError} when the clock shows no time that a date can have */
function timeOf(clock: () => number): number {
  const shown: unknown = clock();
  if (typeof shown === "number" && Math.abs(shown) <= 8e15) return shown;
  throw refusal("createActionsFake", "clock()", shown, "not milliseconds since 1970.");
}
