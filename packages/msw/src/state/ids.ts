import { firstJobId, jobIdsPerRun } from "../rules/job-ids.ts";
import type { StoreData } from "./records.ts";

/** The ids that come next. */
export type NextIds = Pick<StoreData, "nextRepositoryId" | "nextRunId" | "nextJobId">;

const firstIds: NextIds = {
  nextRepositoryId: 348_674_221,
  nextRunId: 16_000_000_001,
  nextJobId: firstJobId,
};

/** Hands out ids, each of them once. */
export interface Ids {
  /** @param known one that a recording says */
  repository(known?: number): number;
  /** The first of `count` ids of runs, one after the other. */
  runs(count: number): number;
  /** The first id for the jobs of `count` runs. */
  jobsOf(count: number): number;
  /** A run has that id, so that no other gets it. */
  usedByRun(id: number): void;
  export(): NextIds;
  import(ids: NextIds): void;
}

export function createIds(): Ids {
  let { nextRepositoryId, nextRunId, nextJobId } = firstIds;
  return {
    repository(known = nextRepositoryId) {
      nextRepositoryId = Math.max(nextRepositoryId, known) + 1;
      return known;
    },
    runs(count) {
      const first = nextRunId;
      nextRunId += count;
      return first;
    },
    jobsOf(count) {
      const first = nextJobId;
      nextJobId += count * jobIdsPerRun;
      return first;
    },
    usedByRun(id) {
      nextRunId = Math.max(nextRunId, id + 1);
    },
    export: () => ({ nextRepositoryId, nextRunId, nextJobId }),
    import(ids) {
      ({ nextRepositoryId, nextRunId, nextJobId } = ids);
    },
  };
}
