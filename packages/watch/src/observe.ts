import type { CallOptions, WorkflowRun } from "@workflow-runs/core";
import { OutageError, WaitTimeoutError } from "./errors.ts";
import { checkOption, DURATION } from "./option-check.ts";
import type { WatchOptions } from "./options.ts";
import { judgeFailure, UNTROUBLED } from "./patience.ts";
import { pollInterval } from "./poll-interval.ts";
import { attemptAge, isFinished } from "./run-state.ts";
import { sleep as realSleep } from "./sleep.ts";

const MAX_OUTAGE = 15 * 60_000;

/** One look at a run, and the text that changes when what it shows does. */
export interface Observation {
  run: WorkflowRun;
  key: string;
}

/**
 * Polls until `until` says so: yields each observation whose key differs from the one before,
 * returns the last one (yielded already, if it was a change).
 */
export async function* observe<Seen extends Observation>(
  poll: (options: CallOptions) => Promise<Seen>,
  options: WatchOptions,
): AsyncGenerator<Seen, Seen, undefined> {
  const { signal, timeout = Number.POSITIVE_INFINITY, until = isFinished, onTrouble } = options;
  const { interval = pollInterval, maxOutage = MAX_OUTAGE } = options;
  const { now = Date.now, sleep = realSleep, random = Math.random } = options;
  const deadline = now() + timeout;
  let seen: Seen | undefined;
  let changedAt = Number.NEGATIVE_INFINITY;
  let patience = UNTROUBLED;

  for (;;) {
    signal?.throwIfAborted();
    const result = await settle(poll(callOptions(signal, deadline - now())));
    let delay: number;
    if ("error" in result) {
      signal?.throwIfAborted();
      const { error } = result;
      const verdict = judgeFailure(error, patience, { now: now(), random: random(), maxOutage });
      if (verdict.kind === "fatal") throw error;
      if (verdict.kind === "outage") throw new OutageError(maxOutage, seen?.run, { cause: error });
      patience = verdict.patience;
      delay = verdict.trouble.retryIn;
      if (now() + delay > deadline)
        throw new WaitTimeoutError(timeout, seen?.run, { cause: error });
      onTrouble?.(verdict.trouble);
    } else {
      patience = UNTROUBLED;
      const changed = seen?.key !== result.value.key;
      if (seen !== undefined && changed) changedAt = now();
      seen = result.value;
      if (changed) yield seen;
      if (until(seen.run)) return seen;
      const age = Math.min(attemptAge(seen.run, now()), now() - changedAt);
      delay = typeof interval === "number" ? interval : interval(age);
      checkOption("interval", delay, DURATION, `interval(${age})`);
    }
    await sleep(Math.max(0, Math.min(delay, deadline - now())), signal);
    if (now() >= deadline) throw new WaitTimeoutError(timeout, seen?.run);
  }
}

/** The client's own cache and retries stay out: this loop has ETags and a schedule of its own. */
function callOptions(signal: AbortSignal | undefined, remaining: number): CallOptions {
  const limited = remaining > 0 && remaining < 2 ** 31;
  return {
    cache: false,
    retry: false,
    signal,
    ...(limited && { timeout: { total: Math.max(1, remaining) } }),
  };
}

async function settle<Value>(
  promise: Promise<Value>,
): Promise<{ value: Value } | { error: unknown }> {
  try {
    return { value: await promise };
  } catch (error) {
    return { error };
  }
}
