import type { Job } from "@workflow-runs/core";
import { openJobLog, whyMissing } from "@workflow-runs/logs";
import { isFinished, watchJobs } from "@workflow-runs/watch";
import { ExitCode } from "../exit-code.ts";
import { note } from "../print.ts";
import { missingLog } from "../render/missing-log.ts";
import { downloadLine } from "../render/download-line.ts";
import { currentLine } from "../render/job-changes.ts";
import { outputColors, type Session } from "../session.ts";
import { plainLine } from "../terminal/plain.ts";
import { isSuccess, stateWord } from "../terminal/state.ts";
import { createStatusLine, type StatusLine } from "../terminal/status-line.ts";
import { createTextWriter } from "../text-writer.ts";
import { noteJobError } from "./job-errors.ts";
import type { LogsOptions } from "./logs-options.ts";
import { noJob } from "./open-logs.ts";
import type { OpenRun } from "./open-run.ts";
import { printJobLog } from "./print-job-log.ts";
import { pace } from "./watch.ts";

/**
 * Prints each job's log as soon as the job ends, until the run does, and sets the exit code by its end. GitHub's
 * API has no log of a job that still runs.
 */
export async function followLogs(
  session: Session,
  target: OpenRun,
  flags: LogsOptions,
): Promise<void> {
  const { github, params, run: first } = target;
  const wanted = flags.job ?? target.job_id?.toString();
  const isWanted = ({ name, id }: Job): boolean =>
    wanted === undefined || wanted === name || wanted === String(id);
  const status = createStatusLine(session.context.stderr);
  const printed = new Set<number>();
  let current = (): string => "";
  try {
    const changes = watchJobs(
      github,
      params,
      pace(session, {
        tick: async () => status.show(current()),
        note: async (text) => {
          await status.clear();
          await note(session, plainLine(text));
        },
      }),
    );
    for await (const { run, jobs } of changes) {
      for (const job of jobs) {
        const ran = job.status === "completed" && job.conclusion !== "skipped";
        if (!ran || !isWanted(job) || printed.has(job.id)) continue;
        printed.add(job.id);
        try {
          await printJob(session, target, job, flags, status);
        } catch (error) {
          await status.clear();
          const missing = whyMissing(job, error, session.context.now());
          const why = missingLog({ name: job.name, api: job, missing });
          if (why === undefined) await noteJobError(session, job, error);
          else await note(session, why);
        }
      }
      const started = Date.parse(run.run_started_at ?? run.created_at);
      current = () => currentLine(run, jobs, session.context.now() - started);
      if (!isFinished(run)) continue;
      await status.clear();
      // Before the run's end it could still have come.
      if (wanted !== undefined && !jobs.some((job) => isWanted(job))) throw noJob(wanted, jobs);
      if (printed.size === 0) await note(session, `Run ${first.id} has no finished job to show.`);
      await note(session, `Run ${run.id}: ${stateWord(run)}.`);
      // Of a run that succeeded, a log that could not be read has set it.
      if (!isSuccess(run)) session.exitCode = ExitCode.runFailed;
    }
  } finally {
    await status.clear().catch(() => {});
  }
}

async function printJob(
  session: Session,
  { github, params: { owner, repo }, options }: OpenRun,
  job: Job,
  { timestamps = false, step, tail, grep }: LogsOptions,
  status: StatusLine,
): Promise<void> {
  const { signal, stdout, fetch } = session.context;
  const log = await openJobLog(
    github,
    { owner, repo, job_id: job.id },
    {
      job,
      signal,
      fetch,
      onProgress: (progress) => {
        // Drawing is not worth waiting for.
        status.show(downloadLine(progress)).catch(() => {});
      },
    },
  );
  await status.clear();
  const writer = createTextWriter(stdout);
  const colors = outputColors(session, options);
  const json = options.json ? session : undefined;
  const look = { colors, timestamps, json, headings: "job", signal, step, tail, grep } as const;
  try {
    await printJobLog(writer, log, look);
  } finally {
    await writer.end();
  }
  const why = missingLog(log);
  if (why !== undefined) await note(session, why);
}
