import { firstJobId, jobIdsPerRun } from "../rules/job-ids.ts";
import type { RepositoryRecord, RunRecord, StoreData } from "./records.ts";

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

/** The fake's memory. */
export interface Store {
  repositories(): readonly RepositoryRecord[];
  /** @param id one that is known already, e.g. from a recording */
  addRepository(record: Omit<RepositoryRecord, "id">, id?: number): RepositoryRecord;
  /** Allots `count` run ids, one after the other, with ids for their jobs; returns the first. */
  allotIds(count: number): { id: number; firstJobId: number };
  /** Ids for the jobs of a run that has its own. */
  allotJobIds(): number;
  /** @param at the moment it was made: what happened since is news */
  addRun(run: RunRecord, at: number): void;
  addBatch(batch: RunBatch): void;
  run(id: number): RunRecord | undefined;
  /** The run that has that job. */
  runOfJob(id: number): RunRecord | undefined;
  /** The runs that are made already; those of a batch are so when somebody has changed them. */
  made(): Iterable<RunRecord>;
  /** Makes a run's changes last, and reports them. */
  keep(run: RunRecord): void;
  deleteRun(id: number): void;
  /** Ids of a repository's runs, newest first. */
  runIds(repositoryId: number): readonly number[];
  /** When a run was created, without making it. */
  createdAt(id: number): number;
  export(): StoreData;
  import(data: StoreData): void;
}

const firstRunId = 16_000_000_001;
const firstRepositoryId = 348_674_221;

/** Who is called with changes to runs. */
export interface StoreListener {
  /** The run is new, since a moment. */
  added(run: RunRecord, at: number): void;
  /** Something was done to the run. */
  changed(run: RunRecord): void;
  deleted(id: number): void;
}

export function createStore(listener?: StoreListener): Store {
  let nextRepositoryId = firstRepositoryId;
  let nextRunId = firstRunId;
  let nextJobId = firstJobId;
  let repositories: RepositoryRecord[] = [];
  let runs = new Map<number, RunRecord>();
  let batches: RunBatch[] = [];
  const deleted = new Set<number>();
  const order = new Map<number, number[]>();
  /** Runs by what they or a recording say of their jobs. */
  let byJobs = new Map<number, number>();
  const index = ({ id, firstJobId, recorded }: RunRecord): void => {
    byJobs.set(firstJobId, id);
    for (const job of recorded?.jobs ?? []) byJobs.set(job.id, id);
  };

  const batchOf = (id: number): RunBatch | undefined =>
    batches.find((batch) => id >= batch.firstId && id < batch.firstId + batch.count);

  const run = (id: number): RunRecord | undefined => {
    const known = runs.get(id);
    if (known !== undefined || deleted.has(id)) return known;
    const batch = batchOf(id);
    return batch?.make(id - batch.firstId);
  };

  const createdAt = (id: number): number => {
    const known = runs.get(id);
    if (known !== undefined) return known.createdAt;
    const batch = batchOf(id);
    return batch === undefined ? Number.NaN : batch.firstAt + (id - batch.firstId) * batch.every;
  };

  const runIds = (repositoryId: number): readonly number[] => {
    const cached = order.get(repositoryId);
    if (cached !== undefined) return cached;
    const entries: { id: number; at: number; position?: number | undefined }[] = [];
    for (const batch of batches) {
      if (batch.repositoryId !== repositoryId) continue;
      for (let index = 0; index < batch.count; index += 1) {
        const id = batch.firstId + index;
        if (!deleted.has(id) && !runs.has(id)) {
          entries.push({ id, at: batch.firstAt + index * batch.every });
        }
      }
    }
    for (const { id, repositoryId: owner, createdAt: at, recorded } of runs.values()) {
      if (owner === repositoryId) entries.push({ id, at, position: recorded?.position });
    }
    const kept = (a: number | undefined, b: number | undefined): number =>
      a === undefined || b === undefined ? 0 : a - b;
    entries.sort((a, b) => b.at - a.at || kept(a.position, b.position) || b.id - a.id);
    const ids = entries.map(({ id }) => id);
    order.set(repositoryId, ids);
    return ids;
  };

  return {
    repositories: () => repositories,
    addRepository(record, id = nextRepositoryId) {
      const added = { ...record, id };
      nextRepositoryId = Math.max(nextRepositoryId, id) + 1;
      repositories.push(added);
      return added;
    },
    allotIds(count) {
      const allotted = { id: nextRunId, firstJobId: nextJobId };
      nextRunId += count;
      nextJobId += count * jobIdsPerRun;
      return allotted;
    },
    allotJobIds() {
      const allotted = nextJobId;
      nextJobId += jobIdsPerRun;
      return allotted;
    },
    addRun(added, at) {
      runs.set(added.id, added);
      index(added);
      nextRunId = Math.max(nextRunId, added.id + 1);
      order.delete(added.repositoryId);
      listener?.added(added, at);
    },
    addBatch(batch) {
      batches.push(batch);
      order.delete(batch.repositoryId);
    },
    run,
    made: () => runs.values(),
    runOfJob(id) {
      const first = id - ((id - firstJobId) % jobIdsPerRun);
      const known = byJobs.get(id) ?? byJobs.get(first);
      if (known !== undefined) return run(known);
      const batch = batches.find(
        (one) => first >= one.firstJobId && first < one.firstJobId + one.count * jobIdsPerRun,
      );
      if (batch === undefined) return undefined;
      return run(batch.firstId + (first - batch.firstJobId) / jobIdsPerRun);
    },
    keep(changed) {
      if (!runs.has(changed.id)) runs.set(changed.id, changed);
      listener?.changed(changed);
    },
    deleteRun(id) {
      const gone = run(id);
      if (gone === undefined) return;
      runs.delete(id);
      deleted.add(id);
      order.delete(gone.repositoryId);
      listener?.deleted(id);
    },
    runIds,
    createdAt,
    export() {
      const made = repositories.flatMap(({ id }) =>
        runIds(id).flatMap((runId) => run(runId) ?? []),
      );
      return structuredClone({ nextRepositoryId, nextRunId, nextJobId, repositories, runs: made });
    },
    import(data) {
      const copy = structuredClone(data);
      nextRepositoryId = copy.nextRepositoryId;
      nextRunId = copy.nextRunId;
      nextJobId = copy.nextJobId;
      repositories = copy.repositories;
      runs = new Map(copy.runs.map((record) => [record.id, record]));
      byJobs = new Map();
      for (const record of runs.values()) index(record);
      batches = [];
      deleted.clear();
      order.clear();
    },
  };
}
