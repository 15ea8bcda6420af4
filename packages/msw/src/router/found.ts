import { problem, type Reply } from "../responses/reply.ts";
import { runState, type RunState } from "../rules/run-state.ts";
import type { JobTimes } from "../rules/job-times.ts";
import type { RepositoryRecord, RunRecord, WorkflowRecord } from "../state/records.ts";
import type { RepositoryRequest } from "./context.ts";

/** An operation's error in GitHub's form. */
export function refuse(
  call: Pick<RepositoryRequest, "route">,
  { status, message }: { status: number; message: string },
): Reply {
  return problem(status, message, call.route.documentationUrl);
}

export function notFound(call: Pick<RepositoryRequest, "route">): Reply {
  return refuse(call, { status: 404, message: "Not Found" });
}

/** A whole number out of a path, undefined for anything else. */
export function pathNumber(call: RepositoryRequest, name: string): number | undefined {
  const text = call.path[name] ?? "";
  return /^\d{1,16}$/.test(text) ? Number(text) : undefined;
}

/** The run of the path, when it is one of this repository's. */
export function findRun(call: RepositoryRequest): RunRecord | undefined {
  const id = pathNumber(call, "run_id");
  const run = id === undefined ? undefined : call.store.run(id);
  return run?.repositoryId === call.repository.id ? run : undefined;
}

/** How the run stands in an attempt, by default the latest. */
export function stateOf(
  call: RepositoryRequest,
  run: RunRecord,
  attempt: number = run.attempts.length,
): RunState {
  return runState(run, attempt, call.repository.environments, call.now);
}

/** The runs of a repository that match, the newest first. */
export function runsOf(
  { store }: Pick<RepositoryRequest, "store">,
  repository: RepositoryRecord,
  matches: (run: RunRecord) => boolean,
): RunRecord[] {
  return store.runIds(repository.id).flatMap((id) => {
    const run = store.run(id) as RunRecord;
    return matches(run) ? [run] : [];
  });
}

/** The workflow of the path, by its id, its file name or its whole path. */
export function findWorkflow(call: RepositoryRequest): WorkflowRecord | undefined {
  const name = call.path["workflow_id"] ?? "";
  return call.repository.workflows.find(
    ({ id, path }) => String(id) === name || path === name || path.endsWith(`/${name}`),
  );
}

/** The job of the path, its run and the attempt that lists it. */
export function findJob(
  call: RepositoryRequest,
  parameter = "job_id",
): { run: RunRecord; attempt: number; job: JobTimes } | undefined {
  const id = pathNumber(call, parameter);
  if (id === undefined) return undefined;
  const run = call.store.runOfJob(id);
  if (run === undefined || run.repositoryId !== call.repository.id) return undefined;
  for (const { number: attempt } of run.attempts) {
    const job = stateOf(call, run, attempt).jobs.find(
      (candidate) => candidate.id === id && candidate.createdAt <= call.now,
    );
    if (job !== undefined) return { run, attempt, job };
  }
  return undefined;
}
