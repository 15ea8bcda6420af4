import { seeded, seededHex } from "../rules/seeded.ts";
import type { JobTimes, StepTimes } from "../rules/job-times.ts";
import type { RunRecord } from "../state/records.ts";

/** The lines a step prints, without timestamps; a line with a newline continues without one. */
export function* stepText(step: StepTimes, job: JobTimes, run: RunRecord): Generator<string> {
  const frame = stepFrame(step);
  const debug = isDebugged(job, run);
  if (debug && frame !== "setup") yield* debugBefore(step);
  if (frame === "setup") yield* setUpText(job);
  else if (frame === "post") yield "Post job cleanup.";
  else if (frame === "complete") yield "Cleaning up orphan processes";
  else yield* runText(step, job, run);
  if (step.log === undefined) {
    if (frame === "run") yield* madeUpText(step, run);
  } else {
    for (const line of step.log.replace(/\r?\n$/, "").split(/\r?\n/)) {
      // As in workflow commands: a message of several lines has one timestamp.
      yield line.startsWith("##[") ? line.replaceAll("%0A", "\n") : line;
    }
  }
  if (step.conclusion === "failure" && !(step.log ?? "").includes("##[error]")) {
    yield "##[error]Process completed with exit code 1.";
  }
  if (step.conclusion === "cancelled") yield "##[error]The operation was canceled.";
  if (debug && frame !== "setup") yield `##[debug]Finishing: ${step.name}`;
}

/** Whether the attempt that ran the job has debug logging. */
export function isDebugged(job: JobTimes, run: RunRecord): boolean {
  return run.attempts[job.ranIn - 1]?.debug === true;
}

function* debugBefore({ name, always }: StepTimes): Generator<string> {
  yield `##[debug]Evaluating condition for step: '${name}'`;
  yield `##[debug]Evaluating: ${always ? "always()" : "success()"}`;
  yield "##[debug]=> true";
  yield "##[debug]Result: true";
  yield `##[debug]Starting: ${name}`;
}

function stepFrame({ name }: StepTimes): "setup" | "post" | "complete" | "run" {
  if (name === "Set up job") return "setup";
  if (name === "Complete job") return "complete";
  return name.startsWith("Post ") ? "post" : "run";
}

function* setUpText(job: JobTimes): Generator<string> {
  const hosted = job.plan.runnerName.startsWith("GitHub Actions");
  yield "Current runner version: '2.331.0'";
  if (hosted) {
    yield* group("Runner Image Provisioner", ["Hosted Compute Agent", "Version: 20260213.493"]);
    yield* group("Operating System", operatingSystem(job));
    yield* group("Runner Image", [
      `Image: ${job.plan.labels[0] ?? "ubuntu-latest"}`,
      "Version: 20260224.36.1",
    ]);
  } else {
    yield `Runner name: '${job.plan.runnerName}'`;
    yield "Runner group name: 'Default'";
    yield `Machine name: '${job.plan.runnerName}'`;
  }
  yield* group("GITHUB_TOKEN Permissions", ["Contents: read", "Metadata: read", "Packages: read"]);
  yield "Secret source: Actions";
  yield "Prepare workflow directory";
  yield "Prepare all required actions";
  const actions = job.steps
    .map(({ name }) => /^Run ([\w.-]+\/[\w./-]+@\S+)$/.exec(name)?.[1])
    .filter((action) => action !== undefined);
  if (actions.length > 0) yield "Getting action download info";
  for (const action of new Set(actions)) {
    yield `Download action repository '${action}' (SHA:${seededHex(40, "action", action)})`;
  }
  yield `Complete job name: ${job.plan.name}`;
}

function operatingSystem(job: JobTimes): string[] {
  const label = job.plan.labels.join(" ").toLowerCase();
  if (label.includes("windows"))
    return ["Microsoft Windows Server 2025", "10.0.26100", "Datacenter"];
  if (label.includes("macos")) return ["macOS", "15.7.3", "24G419"];
  return ["Ubuntu", "24.04.3", "LTS"];
}

function* runText(step: StepTimes, job: JobTimes, run: RunRecord): Generator<string> {
  const command = step.name.replace(/^Run /, "");
  yield `##[group]Run ${command}`;
  if (/@\S+$/.test(command)) {
    yield "with:";
    yield `  repository: ${run.headRepository ?? "ghost/deleted"}`;
    yield "  token: ***";
  } else {
    yield `\u001b[36;1m${command}\u001b[0m`;
    yield job.plan.labels.join(" ").includes("windows")
      ? "shell: C:\\Program Files\\PowerShell\\7\\pwsh.EXE -command \". '{0}'\""
      : "shell: /usr/bin/bash -e {0}";
  }
  yield "##[endgroup]";
}

function* madeUpText(step: StepTimes, run: RunRecord): Generator<string> {
  const count = step.lines ?? 2 + (seeded("lines", run.id, step.name) % 6);
  for (let index = 1; index <= count; index += 1) {
    const ms = seeded("ms", run.id, step.name, index) % 900;
    yield `${step.conclusion === "failure" && index === count ? "not ok" : "ok"} ${index} - ${step.name} (${ms} ms)`;
  }
}

function* group(title: string, lines: readonly string[]): Generator<string> {
  yield `##[group]${title}`;
  yield* lines;
  yield "##[endgroup]";
}
