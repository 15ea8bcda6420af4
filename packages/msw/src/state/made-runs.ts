import { firstJobId, jobIdsPerRun } from "../rules/job-ids.ts";
import type { RunRecord } from "./records.ts";

/** The runs that exist as records, found by their ids and by those of their jobs. */
export interface MadeRuns {
  set(run: RunRecord): void;
  get(id: number): RunRecord | undefined;
  idOfJob(jobId: number): number | undefined;
  /** Removes a run, and remembers that it was there. */
  delete(id: number): void;
  wasDeleted(id: number): boolean;
  values(): Iterable<RunRecord>;
  import(runs: readonly RunRecord[]): void;
}

export function createMadeRuns(): MadeRuns {
  const runs = new Map<number, RunRecord>();
  const deleted = new Set<number>();
  /** Ids of runs, by the first of their jobs' ids and by each that a recording says. */
  const byJob = new Map<number, number>();
  const set = (run: RunRecord): void => {
    runs.set(run.id, run);
    byJob.set(run.firstJobId, run.id);
    for (const job of run.recorded?.jobs ?? []) byJob.set(job.id, run.id);
  };
  return {
    set,
    get: (id) => runs.get(id),
    idOfJob: (jobId) => byJob.get(jobId) ?? byJob.get(firstJobOfRun(jobId)),
    delete(id) {
      runs.delete(id);
      deleted.add(id);
    },
    wasDeleted: (id) => deleted.has(id),
    values: () => runs.values(),
    import(imported) {
      runs.clear();
      byJob.clear();
      deleted.clear();
      for (const run of imported) set(run);
    },
  };
}

/** The first id of the jobs that belong to the same run. */
function firstJobOfRun(jobId: number): number {
  return jobId - ((jobId - firstJobId) % jobIdsPerRun);
}
