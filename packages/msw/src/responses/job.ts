import type { Job } from "@workflow-runs/openapi-types";
import { jobStatus } from "../rules/run-state.ts";
import { seeded } from "../rules/seeded.ts";
import type { JobTimes, StepTimes } from "../rules/job-times.ts";
import type { RepositoryRecord, RunRecord, RunStatus } from "../state/records.ts";
import { nodeId } from "./node-id.ts";
import { isoDate, movedTo, type FakeUrls } from "./urls.ts";

/** A job as `actions/get-job-for-workflow-run` and the lists of jobs give it. */
export function jobBody(
  job: JobTimes,
  run: RunRecord,
  attemptNumber: number,
  repository: RepositoryRecord,
  urls: FakeUrls,
  now: number,
): Job {
  const body = derivedBody(job, run, attemptNumber, repository, urls, now);
  const recorded = run.recorded?.jobs.find(({ id }) => id === job.id);
  // Once the fake has changed a recorded job, e.g. by cancelling it, the recording is out of date.
  if (recorded?.status !== body.status || recorded.conclusion !== body.conclusion) return body;
  return { ...body, ...movedTo(recorded, urls) };
}

function derivedBody(
  job: JobTimes,
  run: RunRecord,
  attemptNumber: number,
  repository: RepositoryRecord,
  urls: FakeUrls,
  now: number,
): Job {
  const base = `${urls.api}/repos/${repository.owner}/${repository.name}`;
  const status = jobStatus(job, run.attempts[attemptNumber - 1]?.hold, now);
  const onRunner = job.startedAt <= now && job.steps.length > 0;
  const hosted = job.plan.runnerName.startsWith("GitHub Actions");
  return {
    id: job.id,
    run_id: run.id,
    workflow_name: run.name,
    head_branch: run.branch,
    run_url: `${base}/actions/runs/${run.id}`,
    run_attempt: attemptNumber,
    node_id: nodeId("CheckRun", repository.id, job.id),
    head_sha: run.headSha,
    url: `${base}/actions/jobs/${job.id}`,
    html_url: `${urls.html}/${repository.owner}/${repository.name}/actions/runs/${run.id}/job/${job.id}`,
    status,
    conclusion: status === "completed" ? job.conclusion : null,
    created_at: isoDate(job.createdAt),
    started_at: isoDate(job.startedAt <= now ? job.startedAt : job.createdAt),
    completed_at: status === "completed" ? isoDate(job.completedAt) : null,
    name: job.plan.name,
    steps: onRunner ? listedSteps(job, now).map((step) => stepBody(step, now)) : [],
    check_run_url: `${base}/check-runs/${job.id}`,
    labels: job.plan.labels,
    runner_id: onRunner ? 1 + (seeded("runner", job.plan.runnerName) % 100_000) : null,
    runner_name: onRunner ? job.plan.runnerName : null,
    runner_group_id: onRunner ? (hosted ? 0 : 1) : null,
    runner_group_name: onRunner ? (hosted ? "GitHub Actions" : "Default") : null,
  };
}

/** "Complete job" is listed once its time has come, the other steps from the job's start. */
function listedSteps(job: JobTimes, now: number): StepTimes[] {
  return job.steps.filter(({ name, startedAt }) => name !== "Complete job" || startedAt <= now);
}

function stepBody(step: StepTimes, now: number): NonNullable<Job["steps"]>[number] {
  const status: RunStatus =
    step.completedAt <= now ? "completed" : step.startedAt <= now ? "in_progress" : "pending";
  return {
    name: step.name,
    // The description lists three; `pending` is GitHub's fourth.
    status,
    conclusion: status === "completed" ? step.conclusion : null,
    number: step.number,
    started_at: status === "pending" ? null : isoDate(step.startedAt),
    completed_at: status === "completed" ? isoDate(step.completedAt) : null,
  };
}
