import type { EnvironmentRecord } from "../state/records.ts";
import type { RunState } from "./run-state.ts";

/** The environments whose protection holds jobs of a run right now, and since when. */
export function pendingEnvironments(
  state: RunState,
  environments: readonly EnvironmentRecord[],
  now: number,
): { environment: EnvironmentRecord; since: number }[] {
  if (state.status === "completed") return [];
  const held = new Map<string, number>();
  for (const job of state.jobs) {
    const { environment } = job.plan;
    if (environment === undefined || job.createdAt > now || job.queuedAt <= now) continue;
    held.set(environment, Math.min(held.get(environment) ?? Infinity, job.createdAt));
  }
  return environments.flatMap((environment) => {
    const since = held.get(environment.name);
    return since === undefined ? [] : [{ environment, since }];
  });
}
