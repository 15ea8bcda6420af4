import { seeded, seededHex } from "../rules/seeded.ts";
import { InvalidInputError } from "../input/refusal.ts";
import { jobOrder } from "../rules/job-order.ts";
import { runState } from "../rules/run-state.ts";
import { artifactIdsPerRun } from "../rules/artifact-ids.ts";
import type {
  ArtifactRecord,
  EnvironmentRecord,
  JobSource,
  RepositoryRecord,
  RunConclusion,
  RunRecord,
  StepSource,
} from "../state/records.ts";
import { momentOf } from "../input/text-forms.ts";
import { holdOf, type EnvironmentInit, type JobInit, type RunInit } from "./run-init.ts";

/** Jobs a run may have: their ids must not run into the next run's. */
export const maximumJobs = 320;

/** Turns what the author said into a record, with everything else made from the seed. */
export function runRecord(
  init: RunInit,
  repository: RepositoryRecord,
  defaults: { id: number; firstJobId: number; number: number; seed: number | string; now: number },
): RunRecord {
  const { id, seed, now } = defaults;
  const jobs = jobSources(init);
  const workflowPath = workflowPathOf(init.workflow);
  const actor = init.actor ?? "octocat";
  const hold = holdOf(init.status);
  const expired = init.logs?.expired;
  const expiresAt =
    expired === true
      ? now
      : expired === undefined || expired === false
        ? undefined
        : momentOf(expired);
  const createdAt = init.created_at === undefined ? now : momentOf(init.created_at);
  const record: RunRecord = {
    id,
    firstJobId: defaults.firstJobId,
    number: init.run_number ?? defaults.number,
    repositoryId: repository.id,
    workflowPath,
    name: init.name ?? nameOf(workflowPath),
    event: init.event ?? (init.approval === undefined ? "push" : "pull_request"),
    branch: init.branch === undefined ? repository.defaultBranch : init.branch,
    headSha: init.head_sha ?? seededHex(40, seed, "sha", id),
    headRepository:
      init.head_repository === undefined
        ? `${repository.owner}/${repository.name}`
        : init.head_repository,
    displayTitle:
      init.display_title ?? titles[seeded(seed, "title", id) % titles.length] ?? "Update README.md",
    actor,
    createdAt,
    pullRequests: [...(init.pull_requests ?? [])],
    checkSuiteId: init.check_suite_id ?? id * 2 + 1,
    jobs,
    ...(init.conclusion === undefined ? {} : { conclusion: init.conclusion }),
    attempts: [
      {
        number: 1,
        startedAt: createdAt,
        triggeringActor: init.triggering_actor ?? actor,
        runs: "all",
        debug: false,
        ...(init.approval === undefined
          ? {}
          : { blocked: init.approval === "bot" ? ("bot" as const) : ("fork" as const) }),
        ...(hold === undefined ? {} : { hold }),
        reviews: [],
      },
    ],
    logs: {
      layout: init.logs?.layout ?? "2025",
      stepFiles: init.logs?.step_files ?? true,
      ...(expiresAt === undefined ? {} : { expiresAt }),
      deleted: false,
    },
    artifacts: artifactRecords(init, now),
  };
  if (init.status === "completed") endInThePast(record, init, repository.environments, now);
  return record;
}

/** Artifacts a run may have: their ids must not run into the next run's. */
const maximumArtifacts = artifactIdsPerRun;

function artifactRecords({ artifacts = [] }: RunInit, now: number): ArtifactRecord[] {
  if (artifacts.length > maximumArtifacts) {
    throw new InvalidInputError(
      `a run with ${artifacts.length} artifacts: at most ${maximumArtifacts} are possible.`,
      { property: "artifacts", value: artifacts },
    );
  }
  return artifacts.map(({ name, files = {}, attempt = 1, expired = false }) => ({
    name,
    attempt,
    files: Object.fromEntries(
      Object.entries(files).map(([path, content]) => [path, kept(content)]),
    ),
    ...(expired === false ? {} : { expiresAt: expired === true ? now : momentOf(expired) }),
    deleted: false,
  }));
}

/** Bytes as text, so that a snapshot is JSON. */
function kept(content: string | Uint8Array): string | { base64: string } {
  if (typeof content === "string") return content;
  let text = "";
  for (const byte of content) text += String.fromCodePoint(byte);
  return { base64: btoa(text) };
}

/** A run that is over has to have started long enough ago. */
function endInThePast(
  record: RunRecord,
  init: RunInit,
  environments: readonly EnvironmentRecord[],
  now: number,
): void {
  const attempt = record.attempts[0] as RunRecord["attempts"][number];
  const { completedAt } = runState(record, 1, environments, now);
  if (completedAt <= now) return;
  if (Number.isFinite(completedAt) && init.created_at === undefined) {
    const length = completedAt - record.createdAt;
    record.createdAt = now - length;
    attempt.startedAt = record.createdAt;
    return;
  }
  attempt.settledAt = now;
}

/**
 * The jobs as they are kept.
 *
 * @throws {InvalidInputError} when there are too many, or one needs another that is not there or needs it too
 */
export function jobSources(init: Pick<RunInit, "conclusion" | "jobs">): JobSource[] {
  const jobs = init.jobs ?? defaultJobs(init);
  if (jobs.length > maximumJobs) {
    throw new InvalidInputError(
      `a run with ${jobs.length} jobs: at most ${maximumJobs} are possible, split it into several runs.`,
      { property: "jobs", value: jobs },
    );
  }
  const sources = jobs.map((job) => jobSource(job));
  jobOrder(sources);
  return sources;
}

function defaultJobs({ conclusion }: Pick<RunInit, "conclusion">): JobInit[] {
  const list = (
    Array.isArray(conclusion) ? conclusion : [conclusion ?? "success"]
  ) as RunConclusion[];
  if (list.includes("startup_failure")) return [];
  return [
    {
      name: "build",
      conclusion: list.map((one) =>
        one === "stale" || one === "startup_failure" ? "cancelled" : one,
      ),
    },
  ];
}

function jobSource(job: JobInit): JobSource {
  const { environment, needs } = job;
  return {
    name: job.name,
    ...(job.steps === undefined ? {} : { steps: job.steps.map(stepSource) }),
    ...(job.conclusion === undefined ? {} : { conclusion: job.conclusion }),
    ...(needs === undefined ? {} : { needs: typeof needs === "string" ? [needs] : [...needs] }),
    ...(job.always === undefined ? {} : { always: job.always }),
    ...(job.labels === undefined ? {} : { labels: [...job.labels] }),
    ...(job.runner_name === undefined ? {} : { runnerName: job.runner_name }),
    ...(environment === undefined
      ? {}
      : { environment: typeof environment === "string" ? environment : environment.name }),
    ...(job.queued_seconds === undefined ? {} : { queuedSeconds: job.queued_seconds }),
    ...(job.timeout_minutes === undefined ? {} : { timeoutSeconds: job.timeout_minutes * 60 }),
    ...(job.lost_runner === undefined ? {} : { lostRunner: job.lost_runner }),
  };
}

function stepSource(step: NonNullable<JobInit["steps"]>[number]): StepSource {
  if (typeof step === "string") return { name: step };
  // What is undefined is as good as left out, and a snapshot does not hold it.
  const entries = Object.entries(step).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as unknown as StepSource;
}

/** The environments a run's jobs name, with their protection. */
export function environmentsOf(init: Pick<RunInit, "jobs">): EnvironmentInit[] {
  return (init.jobs ?? []).flatMap(({ environment }) => {
    if (environment === undefined) return [];
    return [typeof environment === "string" ? { name: environment } : environment];
  });
}

/** An environment as it is kept; somebody has to review it when nothing else protects it. */
export function environmentRecord(
  init: EnvironmentInit,
  id: number,
  now: number,
): EnvironmentRecord {
  const other = (init.wait_timer ?? 0) > 0 || init.protection_rule === true;
  return {
    id,
    name: init.name,
    waitTimer: init.wait_timer ?? 0,
    reviewers: [...(init.reviewers ?? (other ? [] : ["octocat"]))],
    protectionRule: init.protection_rule ?? false,
    createdAt: now,
  };
}

/** `.github/workflows/…` of a file name. */
export function workflowPathOf(workflow: string | undefined): string {
  const file = workflow ?? "ci.yml";
  // What GitHub calls the file of a run that could not start.
  if (file === "BuildFailed") return file;
  return file.includes("/") ? file : `.github/workflows/${file}`;
}

export function nameOf(path: string): string {
  const stem = path.replace(/^.*\//, "").replace(/\.ya?ml$/, "");
  return stem === "ci" ? "CI" : `${stem.charAt(0).toUpperCase()}${stem.slice(1)}`;
}

const titles = [
  "Update README.md",
  "Fix the flaky login test",
  "Bump the dependencies",
  "Add dark mode",
  "Release 2.4.0",
  "Cache the build between jobs",
  "Drop Node.js 18",
  "Retry the upload on 5xx",
];
