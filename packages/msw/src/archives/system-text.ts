import type { JobTimes } from "../rules/job-times.ts";
import type { RepositoryRecord, RunRecord } from "../state/records.ts";
import type { LogStyle } from "./job-log.ts";
import { timestamp } from "./timestamp.ts";

/** `system.txt` of a job: what the service did before a runner took it. No BOM, even today. */
export function systemLog(
  job: JobTimes,
  run: RunRecord,
  repository: RepositoryRecord,
): Iterable<Uint8Array> {
  const hosted = job.plan.runnerName.startsWith("GitHub Actions");
  return lines(job, { bom: false, eol: "\n" }, [
    `Evaluating ${job.plan.name}.if`,
    "Evaluating: success()",
    "Result: true",
    ...(hosted
      ? [
          "Job is waiting for a hosted runner to come online.",
          `Job is about to start running on the hosted runner: ${job.plan.runnerName}`,
        ]
      : [`Job is about to start running on the runner: ${job.plan.runnerName} (repository)`]),
    ...requested(job, run, repository),
    "Waiting for a runner to pick up this job...",
  ]);
}

/** The log of a job's strategy, which older archives hold under a name much like the job's. */
export function strategyLog(key: string, job: JobTimes, style: LogStyle): Iterable<Uint8Array> {
  const variant = /\((.*)\)/.exec(job.plan.name)?.[1];
  const created = variant === undefined ? "__default" : `_${variant.replaceAll(/\W+/g, "_")}`;
  return lines(job, style, [
    `##[section]Starting: Prepare job ${key}`,
    "Evaluating strategy",
    `Creating job '${created}'`,
    "Evaluating timeout",
    "Evaluating cancel timeout",
    "Evaluating continue on error",
    "Evaluating target",
    `##[section]Finishing: Prepare job ${key}`,
  ]);
}

function requested(job: JobTimes, run: RunRecord, repository: RepositoryRecord): string[] {
  return [
    `Requested labels: ${job.plan.labels.join(", ")}`,
    `Job defined at: ${repository.owner}/${repository.name}/${run.workflowPath}@refs/heads/${run.branch ?? repository.defaultBranch}`,
  ];
}

function lines(job: JobTimes, { bom, eol }: LogStyle, texts: readonly string[]): Uint8Array[] {
  const text = texts
    .map((line, index) => `${timestamp(job.queuedAt + index * 10, 0)} ${line}${eol}`)
    .join("");
  return [new TextEncoder().encode(`${bom ? "\uFEFF" : ""}${text}`)];
}
