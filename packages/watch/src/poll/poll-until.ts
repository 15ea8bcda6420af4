import type { CallOptions, WorkflowRun } from "@workflow-runs/core";
import { checkValue, kinds, sleep as realSleep } from "@workflow-runs/core/support";
import { OutageError, RunDeletedError, WaitTimeoutError } from "../errors.ts";
import type { WatchOptions } from "../options.ts";
import { pollInterval } from "./poll-interval.ts";
import { decideRetry, noFailures } from "./retry-decision.ts";
import { timeBudget } from "./time-budget.ts";
import { wakeableSleep } from "./wakeable-sleep.ts";

/** Milliseconds of failures only after which a watch gives up. */
export const defaultMaxOutage: number = 15 * 60_000;

/** What one poll shows. */
export interface Snapshot {
  /** Changes when what the poll shows does. */
  readonly key: string;
  /** The run, where one is watched. */
  readonly run?: WorkflowRun;
  /** The runs, where several are. */
  readonly runs?: readonly WorkflowRun[];
  /** Whether all there is to see has not begun yet. */
  readonly queued: boolean;
  /** Milliseconds since the youngest began. */
  readonly age: number;
  /** What failed though the rest of the poll succeeded. */
  readonly failed?: { readonly error: unknown } | undefined;
}

/** How one kind of watch differs from another. */
export interface Polling<Seen extends Snapshot, Change> {
  readonly caller: string;
  /** Looks once. */
  readonly poll: (options: CallOptions) => Promise<Seen>;
  /** Whether this ends the watch. */
  readonly ends: (seen: Seen) => boolean;
  /** What of it is yielded. */
  readonly show: (seen: Seen) => Change;
  /** Milliseconds after which to look again at the latest, whatever the interval says. @default no limit */
  readonly latest?: (seen: Seen) => number;
}

/**
 * Polls until the end: yields each snapshot whose key differs from the one before, returns the last one (yielded
 * already, if it was a change).
 */
export async function* pollUntil<Seen extends Snapshot, Change>(
  { caller, poll, ends, show, latest = () => Number.POSITIVE_INFINITY }: Polling<Seen, Change>,
  options: WatchOptions,
): AsyncGenerator<Change, Change, undefined> {
  const { signal, onRetry, interval = pollInterval, maxOutage = defaultMaxOutage } = options;
  const { now = Date.now, random = Math.random } = options;
  const budget = timeBudget(options, now());
  const { sleep, close } = wakeableSleep(options.wake, options.sleep ?? realSleep);
  let seen: Seen | undefined;
  let changedAt = Number.NEGATIVE_INFINITY;
  let failures = noFailures;
  const left = () => budget.left(seen?.queued ?? false);
  const timedOut = (cause?: unknown): WaitTimeoutError => {
    const { option, limit } = left();
    return new WaitTimeoutError(option, limit, lastSeen(seen, cause));
  };

  try {
    for (;;) {
      signal?.throwIfAborted();
      const result = await settle(poll(callOptions(signal, left().left)));
      budget.spend(now(), seen?.queued ?? false);
      let delay = Number.NEGATIVE_INFINITY;
      let failed: { readonly error: unknown } | undefined;
      if ("error" in result) failed = result;
      else {
        const changed = seen?.key !== result.value.key;
        if (seen !== undefined && changed) changedAt = now();
        seen = result.value;
        failed = seen.failed;
        if (changed) yield show(seen);
        if (ends(seen)) return show(seen);
        const age = Math.min(seen.age, now() - changedAt);
        delay = typeof interval === "number" ? interval : interval(age);
        checkValue(caller, `interval(${age})`, delay, kinds.milliseconds);
        delay = Math.min(delay, latest(seen));
      }
      if (failed === undefined) failures = noFailures;
      else {
        signal?.throwIfAborted();
        const partly = !("error" in result);
        const decision = decideRetry(failed.error, failures, {
          now: now(),
          random: random(),
          // A poll that succeeded in part is no outage.
          maxOutage: partly ? Number.POSITIVE_INFINITY : maxOutage,
          notFound: partly ? "transient" : seen?.run === undefined ? "fatal" : "second-look",
        });
        if (decision.kind === "outage")
          throw new OutageError(maxOutage, lastSeen(seen, failed.error));
        if (decision.kind === "deleted" && seen?.run !== undefined)
          throw new RunDeletedError(seen.run, { cause: failed.error });
        if (decision.kind !== "retry") throw failed.error;
        ({ failures } = decision);
        delay = Math.max(delay, decision.retry.retryIn);
        if (delay > left().left && !partly) throw timedOut(failed.error);
        onRetry?.({ ...decision.retry, retryIn: delay });
      }
      await sleep(Math.max(0, Math.min(delay, left().left)), signal);
      budget.spend(now(), seen?.queued ?? false);
      if (left().left <= 0) throw timedOut(failed?.error);
    }
  } finally {
    close();
  }
}

function lastSeen(seen: Snapshot | undefined, cause: unknown): object {
  return {
    run: seen?.run,
    ...(seen?.runs && { runs: seen.runs }),
    ...(cause !== undefined && { cause }),
  };
}

/** The client's own cache and retries stay out: this loop has ETags and a schedule of its own. */
function callOptions(signal: AbortSignal | undefined, left: number): CallOptions {
  const limited = left > 0 && left < 2 ** 31;
  return {
    cache: false,
    retry: false,
    signal,
    ...(limited && { timeout: { total: Math.max(1, left) } }),
  };
}

/** The promise's value, or its error. */
export async function settle<Value>(
  promise: Promise<Value>,
): Promise<{ value: Value } | { error: unknown }> {
  try {
    return { value: await promise };
  } catch (error) {
    return { error };
  }
}
