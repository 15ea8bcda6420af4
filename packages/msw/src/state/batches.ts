import { jobIdsPerRun } from "../rules/job-ids.ts";
import type { ListedRun } from "../rules/newest-first.ts";
import type { RunRecord } from "./records.ts";

/** Many runs that are made only when somebody looks at one of them. */
export interface RunBatch {
  repositoryId: number;
  firstId: number;
  /** The id of the first run's first job. */
  firstJobId: number;
  count: number;
  /** Creation of the first, in ms since 1970, and the time between two of them. */
  firstAt: number;
  every: number;
  make: (index: number) => RunRecord;
}

/** Runs of batches, found without making them. */
export interface Batches {
  add(batch: RunBatch): void;
  /** Makes a run. */
  make(runId: number): RunRecord | undefined;
  createdAt(runId: number): number | undefined;
  runIdOfJob(jobId: number): number | undefined;
  listed(repositoryId: number): ListedRun[];
  clear(): void;
}

export function createBatches(): Batches {
  let batches: RunBatch[] = [];
  const batchOf = (runId: number): RunBatch | undefined =>
    batches.find(({ firstId, count }) => runId >= firstId && runId < firstId + count);
  return {
    add(batch) {
      batches.push(batch);
    },
    make(runId) {
      const batch = batchOf(runId);
      return batch?.make(runId - batch.firstId);
    },
    createdAt(runId) {
      const batch = batchOf(runId);
      return batch && createdAt(batch, runId - batch.firstId);
    },
    runIdOfJob(jobId) {
      const batch = batches.find(
        ({ firstJobId, count }) => jobId >= firstJobId && jobId < firstJobId + count * jobIdsPerRun,
      );
      return batch && batch.firstId + Math.floor((jobId - batch.firstJobId) / jobIdsPerRun);
    },
    listed(repositoryId) {
      return batches
        .filter((batch) => batch.repositoryId === repositoryId)
        .flatMap((batch) =>
          Array.from({ length: batch.count }, (_, index) => ({
            id: batch.firstId + index,
            createdAt: createdAt(batch, index),
          })),
        );
    },
    clear() {
      batches = [];
    },
  };
}

function createdAt({ firstAt, every }: RunBatch, index: number): number {
  return firstAt + index * every;
}
