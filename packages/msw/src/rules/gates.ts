import type { AttemptRecord, EnvironmentRecord, Review } from "../state/records.ts";

/** When a job gets past its environment's protection, if ever. */
export interface Gate {
  /** ms since 1970; Infinity while nobody has reviewed. */
  opensAt: number;
  rejected: boolean;
}

const open = (opensAt: number): Gate => ({ opensAt, rejected: false });

/**
 * Whether the job that reached `environment` at `reachedAt` may go on: a reviewer and the custom
 * protection rule must both approve where there are such, the wait timer must run out, and one
 * rejection is enough.
 */
export function gate(
  environment: EnvironmentRecord | undefined,
  attempt: Pick<AttemptRecord, "reviews">,
  reachedAt: number,
): Gate {
  if (environment === undefined || !Number.isFinite(reachedAt)) return open(reachedAt);
  const reviews = attempt.reviews.filter(
    (review) => review.environment === environment.name && review.state !== "pending",
  );
  const rejection = reviews.find((review) => review.state === "rejected");
  if (rejection !== undefined)
    return { opensAt: Math.max(rejection.at, reachedAt), rejected: true };
  const reviewedAt = (fromRule: boolean): number =>
    reviews.find((review: Review) => review.fromRule === fromRule)?.at ?? Infinity;
  return open(
    Math.max(
      reachedAt + environment.waitTimer * 60_000,
      environment.reviewers.length > 0 ? reviewedAt(false) : 0,
      environment.protectionRule ? reviewedAt(true) : 0,
    ),
  );
}
