/** Looks again when the next change comes, for clocks that move by themselves. */
export interface Alarm {
  /** Sets it to the next change, instead of to the one before. */
  set(): void;
  clear(): void;
}

const longestTimer = 2 ** 31 - 1;

export function createAlarm(options: {
  /** When the next change comes; Infinity for never. */
  nextAt: () => number;
  now: () => number;
  /** Takes what has come about, and sets the alarm again. */
  look: () => void;
}): Alarm {
  const { nextAt, now, look } = options;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const clear = (): void => clearTimeout(timer);
  return {
    set() {
      clear();
      const wait = nextAt() - now();
      if (wait === Infinity) return;
      timer = setTimeout(
        () => {
          const before = nextAt();
          look();
          // A clock that stands still is looked at again when somebody moves it.
          if (nextAt() === before && wait < longestTimer) clear();
        },
        Math.min(Math.max(1, Math.ceil(wait)), longestTimer),
      );
      // A test, or a command, is not kept from ending.
      (timer as { unref?: () => void }).unref?.();
    },
    clear,
  };
}
