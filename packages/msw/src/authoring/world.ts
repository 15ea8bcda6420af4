import type { FakeUrls } from "../responses/urls.ts";
import type { RepositoryRecord, RunRecord, WorkflowRecord } from "../state/records.ts";
import type { Store } from "../state/store.ts";

/** What the handles that authors hold have in common. */
export interface World {
  store: Store;
  seed: number | string;
  urls: FakeUrls;
  now: () => number;
  /** Emits the events of what was added. */
  emit: () => void;
}

/** The repository's workflow with that path, added when it is new. */
export function workflowOf(
  repository: RepositoryRecord,
  path: string,
  name: string,
  at: number,
): WorkflowRecord {
  const known = repository.workflows.find((workflow) => workflow.path === path);
  if (known !== undefined) return known;
  const added: WorkflowRecord = {
    id: 7_000_000 + (repository.id % 100_000) * 100 + repository.workflows.length + 1,
    name,
    path,
    state: "active",
    createdAt: at,
    updatedAt: at,
  };
  repository.workflows.push(added);
  return added;
}

/** What a run tells of its repository: the workflow, and the branch with its commit. */
export function noteRun(repository: RepositoryRecord, run: RunRecord, newest: boolean): void {
  workflowOf(repository, run.workflowPath, run.name, run.createdAt);
  const own = run.headRepository === `${repository.owner}/${repository.name}`;
  if (run.branch === null || !own) return;
  const known = repository.branches.find(({ name }) => name === run.branch);
  const commit = { sha: run.headSha, message: run.commitMessage ?? run.displayTitle };
  if (known === undefined) repository.branches.push({ name: run.branch, ...commit });
  else if (newest) Object.assign(known, commit);
}

/** @throws {ReferenceError} when the fake was reset since */
export function repositoryOf(world: World, id: number): RepositoryRecord {
  const record = world.store.repositories().find((repository) => repository.id === id);
  if (record !== undefined) return record;
  throw new ReferenceError(
    `the fake knows no repository ${id} any more: it was reset or restored, call fake.repository() again`,
  );
}
