/** The limits of a wait, in milliseconds. */
export interface TimeLimits {
  readonly timeout?: number | undefined;
  readonly queueTimeout?: number | undefined;
}

/** The option that limits the wait at this moment, its value, and what is left of it, all in milliseconds. */
export interface TimeLeft {
  readonly option: "timeout" | "queueTimeout";
  readonly limit: number;
  readonly left: number;
}

/** Counts the time of a wait: that of the queue apart, where it has a limit of its own. */
export interface TimeBudget {
  /** Counts the time since the last call (or the start), in which the run was queued or not. */
  spend(now: number, queued: boolean): void;
  /** What is left for a run that is queued, or not. */
  left(queued: boolean): TimeLeft;
}

/** A budget that begins at `start`. */
export function timeBudget({ timeout, queueTimeout }: TimeLimits, start: number): TimeBudget {
  const spent = { timeout: 0, queueTimeout: 0 };
  const limits = { timeout: timeout ?? Number.POSITIVE_INFINITY, queueTimeout: queueTimeout ?? 0 };
  const optionFor = (queued: boolean) =>
    queued && queueTimeout !== undefined ? "queueTimeout" : "timeout";
  let last = start;
  return {
    spend(now, queued) {
      spent[optionFor(queued)] += now - last;
      last = now;
    },
    left(queued) {
      const option = optionFor(queued);
      return { option, limit: limits[option], left: limits[option] - spent[option] };
    },
  };
}
