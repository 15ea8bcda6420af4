import type { Job, WorkflowRun } from "@workflow-runs/core";
import type { SyncState } from "@workflow-runs/pagination";

/** How far the copy of a repository is. `revision` counts what was saved. */
export interface Stored {
  readonly revision: number;
  readonly state: SyncState | undefined;
}

/** Rows and state that belong together. */
export interface Batch {
  readonly runs: readonly WorkflowRun[];
  /** Of runs whose jobs were read; they may have none. */
  readonly jobs: readonly { readonly run: WorkflowRun; readonly jobs: readonly Job[] }[];
  readonly state: SyncState;
}

/** A database that holds the copy. */
export interface Store {
  load(repository: string): Promise<Stored>;
  /** Keys (`id/attempt`) of a run's attempts whose jobs were read. */
  withJobs(runs: readonly WorkflowRun[]): Promise<Set<string>>;
  /**
   * Saves a batch all or nothing, over the revision that was loaded or saved last.
   *
   * @returns the next revision
   * @throws {OvertakenError} when another process has saved meanwhile; nothing is changed then
   */
  save(repository: string, revision: number, batch: Batch): Promise<number>;
  /** How many rows there are. */
  counts(): Promise<{ runs: number; jobs: number }>;
  close(): Promise<void>;
}

/** Another process goes on with this repository: this one was frozen, or cut off, for longer than its lock lasts. */
export class OvertakenError extends Error {
  override readonly name: string = "OvertakenError";

  constructor(repository: string) {
    super(`${repository} is being read by another process.`);
  }
}

/** Values of a run's row, in the order of {@link runColumns}. */
export function runValues(repository: string, run: WorkflowRun): (string | number | null)[] {
  // Anything may be missing in what another server sends.
  return [
    repository,
    run.id,
    run.run_attempt ?? 1,
    run.workflow_id,
    run.path,
    run.head_branch,
    run.head_sha,
    run.event,
    run.status,
    run.conclusion,
    run.actor?.login,
    run.created_at,
    run.run_started_at,
    run.updated_at,
    JSON.stringify(run),
  ].map((value) => value ?? null);
}

export const runColumns = [
  "repository",
  "id",
  "run_attempt",
  "workflow_id",
  "path",
  "head_branch",
  "head_sha",
  "event",
  "status",
  "conclusion",
  "actor",
  "created_at",
  "run_started_at",
  "updated_at",
  "body",
] as const;

/** Values of a job's row, in the order of {@link jobColumns}. */
export function jobValues(repository: string, job: Job): (string | number | null)[] {
  return [
    repository,
    job.id,
    job.run_id,
    job.run_attempt ?? 1,
    job.name,
    job.status,
    job.conclusion,
    job.runner_name,
    job.started_at,
    job.completed_at,
    JSON.stringify(job),
  ].map((value) => value ?? null);
}

export const jobColumns = [
  "repository",
  "id",
  "run_id",
  "run_attempt",
  "name",
  "status",
  "conclusion",
  "runner_name",
  "started_at",
  "completed_at",
  "body",
] as const;

export function keyOf({ id, run_attempt = 1 }: WorkflowRun): string {
  return `${id}/${run_attempt}`;
}
