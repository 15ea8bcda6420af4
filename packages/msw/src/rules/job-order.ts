import { InvalidInputError } from "../input/refusal.ts";
import type { JobSource } from "../state/records.ts";

/**
 * Positions of the jobs in an order in which every job comes after those it needs.
 *
 * @throws {InvalidInputError} when a job needs one that is not there, or jobs need each other in a circle
 */
export function jobOrder(jobs: readonly JobSource[]): number[] {
  const positions = new Map<string, number[]>();
  for (const [index, job] of jobs.entries()) {
    positions.set(job.name, [...(positions.get(job.name) ?? []), index]);
  }
  const order: number[] = [];
  const state: ("new" | "open" | "done")[] = jobs.map(() => "new");
  const visit = (index: number, path: readonly string[]): void => {
    const job = jobs[index] as JobSource;
    if (state[index] === "done") return;
    if (state[index] === "open") {
      throw new InvalidInputError(
        `jobs need each other in a circle: ${[...path, job.name].join(" → ")}.`,
        { property: `jobs[${index}].needs`, value: job.needs },
      );
    }
    state[index] = "open";
    for (const need of job.needs ?? []) {
      const found = positions.get(need);
      if (found === undefined) {
        throw new InvalidInputError(
          `job ${JSON.stringify(job.name)} needs ${JSON.stringify(need)}, but the run has ${[...positions.keys()].map((name) => JSON.stringify(name)).join(", ")}.`,
          { property: `jobs[${index}].needs`, value: need },
        );
      }
      for (const position of found) visit(position, [...path, job.name]);
    }
    state[index] = "done";
    order.push(index);
  };
  for (const index of jobs.keys()) visit(index, []);
  return order;
}

/** The jobs that run again with those names: themselves and whatever needs them, at any distance. */
export function withDependents(jobs: readonly JobSource[], names: readonly string[]): string[] {
  const again = new Set(names);
  for (const index of jobOrder(jobs)) {
    const job = jobs[index] as JobSource;
    if (job.needs?.some((need) => again.has(need)) === true) again.add(job.name);
  }
  return jobs.map(({ name }) => name).filter((name) => again.has(name));
}
