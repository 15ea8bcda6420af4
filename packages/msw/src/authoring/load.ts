import * as v from "valibot";
import {
  hold,
  type RepositoryRecord,
  type RunConclusion,
  type RunRecord,
} from "../state/records.ts";
import {
  checkRecording,
  repositoryOfRecorded,
  type RecordedJobBody,
  type RecordedRunBody,
} from "./recorded-bodies.ts";
import { noteRun, workflowOf, type World } from "./world.ts";

/** Adds recorded runs to their repositories, each with what was recorded of its jobs. */
export function loadRecording(
  { store, now, emit }: World,
  recorded: unknown,
  repositoryNamed: (
    fullName: string,
    isPrivate: boolean,
    id: number | undefined,
  ) => RepositoryRecord,
): number[] {
  const recording = checkRecording(recorded, "load");
  const jobs = recording.jobs ?? [];
  const ids = recording.workflow_runs.map((run, position) => {
    const fullName = repositoryOfRecorded(run) as string;
    const repository = repositoryNamed(
      fullName,
      run.repository?.private ?? false,
      run.repository?.id,
    );
    const record = recordOf(
      run,
      jobs.filter((job) => job.run_id === run.id),
      repository,
      fullName,
      store.allotJobIds(),
      position,
    );
    noteRun(repository, record, false);
    const workflow = workflowOf(repository, record.workflowPath, record.name, record.createdAt);
    if (run.workflow_id !== undefined) workflow.id = run.workflow_id;
    store.addRun(record, now());
    return record.id;
  });
  emit();
  return ids;
}

function recordOf(
  run: RecordedRunBody,
  jobs: readonly RecordedJobBody[],
  repository: RepositoryRecord,
  fullName: string,
  firstJobId: number,
  position: number,
): RunRecord {
  const attempts = run.run_attempt ?? 1;
  const createdAt = Date.parse(run.created_at);
  const startedAt = Date.parse(run.run_started_at ?? run.created_at);
  const over = run.status === "completed";
  const updatedAt = Date.parse(run.updated_at);
  const actor = run.actor?.login ?? "octocat";
  const latest = jobs.filter((job) => (job.run_attempt ?? attempts) === attempts);
  return {
    id: run.id,
    firstJobId,
    number: run.run_number,
    repositoryId: repository.id,
    workflowPath:
      run.path ??
      `.github/workflows/${(run.name ?? "ci").toLowerCase().replaceAll(/\W+/g, "-")}.yml`,
    name: run.name ?? "CI",
    event: run.event,
    branch: run.head_branch,
    headSha: run.head_sha,
    headRepository:
      run.head_repository === null ? null : (run.head_repository?.full_name ?? fullName),
    displayTitle: run.display_title ?? run.head_commit?.message.split("\n")[0] ?? run.name ?? "",
    actor,
    createdAt,
    pullRequests: (run.pull_requests ?? []).map(({ number }) => number),
    checkSuiteId: run.check_suite_id ?? run.id * 2 + 1,
    // A recording without jobs says nothing of them: a re-run needs one all the same.
    jobs:
      latest.length === 0
        ? [{ name: "build" }]
        : latest.map(({ name, labels, runner_name }) => ({
            name,
            labels,
            runnerName: runner_name ?? undefined,
          })),
    attempts: Array.from({ length: attempts }, (_, index) => ({
      number: index + 1,
      startedAt: index + 1 === attempts ? startedAt : createdAt,
      triggeringActor: run.triggering_actor?.login ?? actor,
      runs: "all" as const,
      debug: false,
      ...(over || index + 1 < attempts
        ? { settledAt: updatedAt, settledAs: (run.conclusion ?? "success") as RunConclusion }
        : { hold: v.is(hold, run.status) ? run.status : ("queued" as const) }),
      reviews: [],
    })),
    logs: { layout: "2025", stepFiles: true, deleted: false },
    artifacts: [],
    recorded: {
      body: run,
      attempt: attempts,
      position,
      jobs: jobs.map((job) => ({ labels: [], ...job })),
    },
  };
}
