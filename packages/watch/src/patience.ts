import { backoff, classifyFailure } from "./failure.ts";
import type { Trouble } from "./options.ts";

/** The failures of the last polls in a row. */
export interface Patience {
  failures: number;
  /** When the first of the transient ones happened; undefined when the last poll succeeded. */
  since: number | undefined;
}

export const UNTROUBLED: Patience = { failures: 0, since: undefined };

/** `retry` says when to poll again, `outage` that it has gone on for too long, `fatal` that it will not pass. */
export type Verdict =
  | { readonly kind: "retry"; readonly patience: Patience; readonly trouble: Trouble }
  | { readonly kind: "outage" }
  | { readonly kind: "fatal" };

/** What to do after a poll that failed. */
export function judgeFailure(
  error: unknown,
  patience: Patience,
  { now, random, maxOutage }: { now: number; random: number; maxOutage: number },
): Verdict {
  const failure = classifyFailure(error, now);
  if (failure.kind === "fatal") return failure;
  const failures = patience.failures + 1;
  if (failure.kind === "rate-limit") {
    const retryIn = Math.max(1_000, failure.retryAt - now);
    const trouble: Trouble = { error, kind: failure.kind, failures, retryIn };
    return { kind: "retry", patience: { failures, since: undefined }, trouble };
  }
  const since = patience.since ?? now;
  if (now - since >= maxOutage) return { kind: "outage" };
  const trouble: Trouble = {
    error,
    kind: failure.kind,
    failures,
    retryIn: backoff(failures, random),
  };
  return { kind: "retry", patience: { failures, since }, trouble };
}
