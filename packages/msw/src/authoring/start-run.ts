import { anyText, check, object, text } from "../input/check.ts";
import { takesBranch } from "../rules/branch-pattern.ts";
import { evaluated, type Context } from "../rules/expressions.ts";
import { runNumbers } from "../rules/run-numbers.ts";
import { scheduled } from "../rules/schedule.ts";
import { commitMessage } from "../responses/branch.ts";
import { seededHex } from "../rules/seeded.ts";
import type { JobSource, RepositoryRecord, RunRecord, WorkflowRecord } from "../state/records.ts";
import type { BranchInit } from "./options.ts";
import { runRecord } from "./run-record.ts";
import type { World } from "./world.ts";

/** What {@link FakeRepository.push} takes. */
export interface PushInit {
  /** The commit. @default made up */
  sha?: string | undefined;
  /** The first line is the title of the runs. @default one of a few */
  message?: string | undefined;
  /** Login. @default "octocat" */
  actor?: string | undefined;
}

const pushInit = object<PushInit>({ sha: text, message: anyText, actor: text });

/** @throws {InvalidInputError} when there can be no such push */
export function checkPush(branch: unknown, init: unknown): void {
  if (branch !== undefined) check(text, branch, "push", { path: "branch" });
  check(pushInit, init, "push");
}

/** Why a workflow starts. */
export interface Trigger {
  event: "push" | "schedule" | "workflow_dispatch";
  branch: string;
  sha: string;
  actor: string;
  title: string;
  inputs?: Readonly<Record<string, string>>;
  at: number;
}

/** Makes a run of a workflow. */
export function startRun(
  world: World,
  repository: RepositoryRecord,
  workflow: WorkflowRecord,
  trigger: Trigger,
): RunRecord {
  const { event, branch, sha, actor, inputs = {}, at } = trigger;
  const { runName, jobs } = workflow.definition ?? {};
  const github = { actor, event_name: event, ref: `refs/heads/${branch}`, ref_name: branch, sha };
  const context = { inputs, github };
  const { first, next } = runNumbers(repository.nextRunNumber, workflow.path, 1);
  Object.assign(repository.nextRunNumber, next);
  const record = runRecord(
    {
      workflow: workflow.path,
      name: workflow.name,
      event,
      branch,
      head_sha: sha,
      actor,
      created_at: at,
      display_title: runName === undefined ? trigger.title : evaluated(runName, context),
    },
    repository,
    { ...world.store.allotIds(1), number: first, seed: world.seed, now: at },
  );
  const commit = repository.branches.find(({ name }) => name === branch);
  record.commitMessage = commitMessage(commit ?? { name: branch });
  if (jobs !== undefined) record.jobs = jobs.map((job) => named(job, context));
  world.store.addRun(record, at);
  return record;
}

/** A job with what its names and steps say for these inputs. */
function named(job: JobSource, context: Context): JobSource {
  const copy = structuredClone(job);
  copy.name = evaluated(job.name, context);
  if (job.needs !== undefined) copy.needs = job.needs.map((need) => evaluated(need, context));
  for (const step of copy.steps ?? []) {
    step.name = evaluated(step.name, context);
    if (typeof step.log === "string") step.log = evaluated(step.log, context);
  }
  return copy;
}

/** A commit on a branch, and the runs that it starts. */
export function push(
  world: World,
  repository: RepositoryRecord,
  branch: string,
  init: PushInit,
): RunRecord[] {
  const at = world.now();
  const { actor = "octocat" } = init;
  const known = repository.branches.find(({ name }) => name === branch);
  const sha = init.sha ?? seededHex(40, world.seed, "push", branch, at, known?.sha ?? "");
  const message = commitMessage({ ...init, name: branch });
  setBranch(world, repository, { name: branch, sha, message });
  const title = message.split("\n")[0] as string;
  const runs = repository.workflows
    .filter(({ state, definition }) => {
      const patterns = definition?.on.push?.branches;
      return state === "active" && patterns !== undefined && takesBranch(patterns, branch);
    })
    .map((workflow) =>
      startRun(world, repository, workflow, { event: "push", branch, sha, actor, title, at }),
    );
  world.emit();
  return runs;
}

/** Makes the runs whose time has come since the last call, in the order of time. */
export function startScheduled(world: World): void {
  const until = world.now();
  for (const repository of world.store.repositories()) {
    const due = repository.workflows.flatMap((workflow) => {
      const { definition, state } = workflow;
      const crons = definition?.on.schedule;
      if (definition === undefined || crons === undefined) return [];
      const after = definition.scheduledUntil;
      definition.scheduledUntil = Math.max(after, until);
      if (state !== "active") return [];
      return crons.flatMap((cron) =>
        scheduled(cron, after, until).map((at): [number, WorkflowRecord] => [at, workflow]),
      );
    });
    for (const [at, workflow] of due.toSorted(([a], [b]) => a - b)) {
      const branch = repository.defaultBranch;
      const sha = shaOf(world, repository, branch);
      const title = workflow.name;
      const actor = "octocat";
      startRun(world, repository, workflow, { event: "schedule", branch, sha, actor, title, at });
    }
  }
}

/** Adds a branch, or moves one that is there to another commit. */
export function setBranch(
  world: Pick<World, "seed">,
  repository: RepositoryRecord,
  { name, sha, message }: BranchInit & { message?: string },
): void {
  const known = repository.branches.find((branch) => branch.name === name);
  if (known !== undefined && (sha === undefined || sha === known.sha)) return;
  const commit = {
    name,
    sha: sha ?? shaOf(world, repository, name),
    ...(message === undefined ? {} : { message }),
  };
  if (known === undefined) repository.branches.push(commit);
  else repository.branches[repository.branches.indexOf(known)] = commit;
}

/** The commit a branch is at; made up for one that nobody has pushed to. */
export function shaOf(
  world: Pick<World, "seed">,
  repository: RepositoryRecord,
  branch: string,
): string {
  const known = repository.branches.find(({ name }) => name === branch);
  return known?.sha ?? seededHex(40, world.seed, "branch", repository.id, branch);
}
