import type { Job } from "@workflow-runs/core";
import { isFinished, watchJobs } from "@workflow-runs/watch";
import { ExitCode } from "../exit-code.ts";
import { note } from "../print.ts";
import { currentLine } from "../render/job-changes.ts";
import { logHeading, logLine } from "../render/log-text.ts";
import { rawLogLine } from "../render/raw-log-line.ts";
import { outputColors, type Session } from "../session.ts";
import { isSuccess, stateWord } from "../terminal/state.ts";
import { createStatusLine } from "../terminal/status-line.ts";
import { createTextWriter } from "../text-writer.ts";
import type { LogsOptions } from "./logs.ts";
import type { OpenRun } from "./open-run.ts";
import { pace } from "./watch.ts";

/**
 * Prints each job's log as soon as the job ends, until the run does, and sets the exit code by its end. GitHub's
 * API has no log of a job that still runs.
 */
export async function followLogs(
  session: Session,
  place: OpenRun,
  flags: LogsOptions,
): Promise<void> {
  const { github, params, run: first } = place;
  const status = createStatusLine(session.context.stderr);
  const printed = new Set<number>();
  let current = (): string => "";
  try {
    const changes = watchJobs(
      github,
      params,
      pace(session, status, () => current()),
    );
    for await (const { run, jobs } of changes) {
      for (const job of jobs) {
        const ran = job.status === "completed" && job.conclusion !== "skipped";
        const wanted =
          flags.job === undefined || flags.job === job.name || flags.job === String(job.id);
        if (!ran || !wanted || printed.has(job.id)) continue;
        printed.add(job.id);
        await status.clear();
        await printJob(session, place, job, flags);
      }
      const started = Date.parse(run.run_started_at ?? run.created_at);
      current = () => currentLine(run, jobs, session.context.now() - started);
      if (!isFinished(run)) continue;
      await status.clear();
      if (printed.size === 0) await note(session, `Run ${first.id} has no finished job to show.`);
      await note(session, `Run ${run.id}: ${stateWord(run)}.`);
      session.exitCode = isSuccess(run) ? ExitCode.ok : ExitCode.runFailed;
    }
  } finally {
    await status.clear().catch(() => {});
  }
}

async function printJob(
  session: Session,
  { github, params: { owner, repo }, options }: OpenRun,
  job: Job,
  { timestamps = false }: LogsOptions,
): Promise<void> {
  const { signal, stdout } = session.context;
  const response = await github.downloadJobLogsForWorkflowRun(
    { owner, repo, job_id: job.id },
    { signal },
  );
  const colors = outputColors(session, options);
  const writer = createTextWriter(stdout);
  if (!options.json) await writer.line(logHeading(job, undefined, colors));
  let number = 0;
  for await (const raw of rawLines(response)) {
    const line = rawLogLine(raw);
    number += 1;
    if (options.json) {
      const { level, text, timestamp } = line;
      const time = timestamp === undefined ? null : new Date(timestamp).toISOString();
      await writer.line(
        JSON.stringify({
          job: job.name,
          job_id: job.id,
          step: null,
          step_name: null,
          line: number,
          timestamp: time,
          level,
          text,
        }),
      );
      continue;
    }
    const text = logLine(line, { colors, timestamps });
    if (text !== undefined) await writer.line(text);
  }
  await writer.end();
}

/** The lines of a response, split at LF only, as the runner writes them. */
async function* rawLines(response: Response): AsyncGenerator<string, void, undefined> {
  if (response.body === null) return;
  let rest = "";
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}
