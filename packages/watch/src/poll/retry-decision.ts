import { backoff, classifyFailure } from "./failure.ts";

/** A poll that failed, wholly or in part, and when the next one comes. */
export interface PollRetry {
  /** What the client threw. */
  error: unknown;
  /**
   * `rate-limit`: the limit says when to come back. `transient`: 5xx, no network, a broken body. `not-found`: a run
   * that was there gave a 404; the next one means that it was deleted.
   */
  kind: "rate-limit" | "transient" | "not-found";
  /** How many polls in a row have failed by now. */
  failures: number;
  /** Milliseconds until the next poll. */
  retryIn: number;
}

/** The failures of the last polls in a row. */
export interface Failures {
  readonly count: number;
  /** When the first of the transient ones happened; undefined when the last poll succeeded. */
  readonly since: number | undefined;
  /** Whether the last one was a 404. */
  readonly notFound: boolean;
}

/** Before any failure, and after a success. */
export const noFailures: Failures = { count: 0, since: undefined, notFound: false };

/**
 * `retry` says when to poll again, `outage` that it has gone on for too long, `deleted` that the run is gone,
 * `fatal` that it will not pass.
 */
export type RetryDecision =
  | { readonly kind: "retry"; readonly failures: Failures; readonly retry: PollRetry }
  | { readonly kind: "outage" }
  | { readonly kind: "deleted" }
  | { readonly kind: "fatal" };

/** What the decision rests on. */
export interface RetryFacts {
  readonly now: number;
  /** In [0, 1). */
  readonly random: number;
  /** Milliseconds. */
  readonly maxOutage: number;
  /** What a 404 means: it will not pass; look a second time; or it passes like a 5xx. */
  readonly notFound: "fatal" | "second-look" | "transient";
}

/** What to do after a poll that failed. */
export function decideRetry(error: unknown, before: Failures, facts: RetryFacts): RetryDecision {
  const { now, random, maxOutage, notFound } = facts;
  const failure = classifyFailure(error, now);
  const count = before.count + 1;
  if (failure.kind === "not-found" && notFound === "second-look") {
    if (before.notFound) return { kind: "deleted" };
    const retry: PollRetry = {
      error,
      kind: "not-found",
      failures: count,
      retryIn: backoff(1, random),
    };
    return { kind: "retry", failures: { count, since: before.since, notFound: true }, retry };
  }
  if (failure.kind === "rate-limit") {
    const retryIn = Math.max(1_000, failure.retryAt - now);
    const retry: PollRetry = { error, kind: "rate-limit", failures: count, retryIn };
    return { kind: "retry", failures: { ...noFailures, count }, retry };
  }
  const passes =
    failure.kind === "not-found" ? notFound === "transient" : failure.kind === "transient";
  if (!passes) return { kind: "fatal" };
  const since = before.since ?? now;
  if (now - since >= maxOutage) return { kind: "outage" };
  const retry: PollRetry = {
    error,
    kind: "transient",
    failures: count,
    retryIn: backoff(count, random),
  };
  return { kind: "retry", failures: { count, since, notFound: before.notFound }, retry };
}
