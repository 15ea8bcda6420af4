import { newestFirst } from "../rules/newest-first.ts";
import { createBatches, type RunBatch } from "./batches.ts";
import { createIds } from "./ids.ts";
import { createMadeRuns } from "./made-runs.ts";
import type { RepositoryRecord, RunRecord, StoreData } from "./records.ts";

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

/** Who is called with changes to runs. */
export interface StoreListener {
  /** The run is new, since a moment. */
  added(run: RunRecord, at: number): void;
  /** Something was done to the run. */
  changed(run: RunRecord): void;
  deleted(id: number): void;
}

export function createStore(listener?: StoreListener): Store {
  const ids = createIds();
  const made = createMadeRuns();
  const batches = createBatches();
  let repositories: RepositoryRecord[] = [];
  /** Lists in their order, by repository, until a run is added or deleted. */
  const lists = new Map<number, readonly number[]>();

  const run = (id: number): RunRecord | undefined =>
    made.get(id) ?? (made.wasDeleted(id) ? undefined : batches.make(id));

  const list = (repositoryId: number): number[] => {
    const unmade = batches
      .listed(repositoryId)
      .filter(({ id }) => made.get(id) === undefined && !made.wasDeleted(id));
    const records = Array.from(made.values()).filter((one) => one.repositoryId === repositoryId);
    return newestFirst([
      ...unmade,
      ...records.map(({ id, createdAt, recorded }) => ({
        id,
        createdAt,
        position: recorded?.position,
      })),
    ]);
  };

  const runIds = (repositoryId: number): readonly number[] => {
    const known = lists.get(repositoryId) ?? list(repositoryId);
    lists.set(repositoryId, known);
    return known;
  };

  return {
    repositories: () => repositories,
    addRepository(record, id) {
      const added = { ...record, id: ids.repository(id) };
      repositories.push(added);
      return added;
    },
    allotIds: (count) => ({ id: ids.runs(count), firstJobId: ids.jobsOf(count) }),
    allotJobIds: () => ids.jobsOf(1),
    addRun(added, at) {
      made.set(added);
      ids.usedByRun(added.id);
      lists.delete(added.repositoryId);
      listener?.added(added, at);
    },
    addBatch(batch) {
      batches.add(batch);
      lists.delete(batch.repositoryId);
    },
    run,
    made: () => made.values(),
    runOfJob(jobId) {
      const id = made.idOfJob(jobId) ?? batches.runIdOfJob(jobId);
      return id === undefined ? undefined : run(id);
    },
    keep(changed) {
      if (made.get(changed.id) === undefined) made.set(changed);
      listener?.changed(changed);
    },
    deleteRun(id) {
      const gone = run(id);
      if (gone === undefined) return;
      made.delete(id);
      lists.delete(gone.repositoryId);
      listener?.deleted(id);
    },
    runIds,
    createdAt: (id) => made.get(id)?.createdAt ?? batches.createdAt(id) ?? Number.NaN,
    export() {
      const runs = repositories.flatMap(({ id }) =>
        runIds(id).flatMap((runId) => run(runId) ?? []),
      );
      return structuredClone({ ...ids.export(), repositories, runs });
    },
    import(data) {
      const copy = structuredClone(data);
      ids.import(copy);
      repositories = copy.repositories;
      made.import(copy.runs);
      batches.clear();
      lists.clear();
    },
  };
}
