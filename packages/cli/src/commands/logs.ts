import { NotFoundError } from "@workflow-runs/core";
import { type JobLog, openRunLogs, type RunLogs } from "@workflow-runs/logs";
import { jsonText, note } from "../print.ts";
import { downloadLine } from "../render/download-line.ts";
import { failureJson } from "../render/log-json.ts";
import { failureText } from "../render/log-text.ts";
import { didNotStart } from "../render/run-summary.ts";
import { outputColors, type Session } from "../session.ts";
import { UsageError } from "../stop-reasons.ts";
import { createStatusLine } from "../terminal/status-line.ts";
import { plain } from "../terminal/plain.ts";
import { createTextWriter } from "../text-writer.ts";
import { type CommandFactory, runDescription, withExamples } from "./command.ts";
import { extractLogs } from "./extract-logs.ts";
import { followLogs } from "./follow-logs.ts";
import { type OpenRun, openRun } from "./open-run.ts";
import { lineCount, positiveInteger } from "./option-values.ts";
import { printJobLog } from "./print-job-log.ts";
import { jobsOf } from "./view.ts";

/** The options of `logs`. */
export interface LogsOptions {
  failed?: boolean;
  follow?: boolean;
  job?: string;
  attempt?: number;
  context: number;
  timestamps?: boolean;
  output?: string;
}

/** The run has not completed, or never started, so there is no archive of its logs. */
export class NoLogsError extends Error {
  override readonly name = "NoLogsError";
}

/** `logs`: what a run's jobs and steps wrote. */
export const logs: CommandFactory = (command, session) =>
  withExamples(command, [
    ["logs --failed", "what went wrong in the run of HEAD"],
    ["logs 42 --job build --timestamps", "one job, with times"],
  ])
    .argument("[run]", runDescription)
    .option("--failed", "only the failing steps: their errors, and the lines before each")
    .option("-f, --follow", "each job's log as soon as the job ends, until the run does")
    .option("-j, --job <id or name>", "only this job")
    .option("-a, --attempt <number>", "an earlier attempt", positiveInteger)
    .option("-C, --context <lines>", "with --failed: how many lines before an error", lineCount, 10)
    .option("-t, --timestamps", "the time before each line")
    .option("-o, --output <folder>", "write the archive's files into a folder instead")
    .action(async (text: string | undefined, flags: LogsOptions, command) => {
      checkFlags(flags);
      const place = await openRun(session, command, text);
      if (flags.follow) return followLogs(session, place, flags);
      const { run } = place;
      const attempt_number = flags.attempt ?? place.attempt_number;
      if (run.status !== "completed" && attempt_number === undefined) {
        throw new NoLogsError(
          `Run ${run.id} has not completed yet (${run.status}), and GitHub gives its logs only then; --follow shows each job's log as the job ends.`,
        );
      }
      if (flags.output !== undefined) {
        const { output } = flags;
        return orWithoutJobs(session, place, attempt_number, () =>
          extractLogs(session, place, attempt_number, output),
        );
      }
      const wanted = flags.job ?? place.job_id?.toString();
      const opened = await orWithoutJobs(session, place, attempt_number, () =>
        download(session, place, attempt_number),
      );
      try {
        const only = chooseJobs(opened, wanted);
        if (flags.failed) await printFailures(session, place, opened, only, flags);
        else await printJobs(session, place, only, flags);
      } finally {
        await opened.close();
      }
    });

function checkFlags({ follow, failed, attempt, output, job }: LogsOptions): void {
  const clash = follow
    ? [failed && "--failed", attempt && "--attempt", output && "--output"]
    : output === undefined
      ? []
      : [failed && "--failed", job && "--job"];
  const other = clash.find(Boolean);
  if (typeof other === "string") {
    throw new UsageError(
      `${follow ? "--follow" : "--output"} and ${other} cannot be used together; leave one out.`,
    );
  }
}

/** Where GitHub has no archive: whether that is because the attempt has no jobs. */
async function orWithoutJobs<Result>(
  { context: { signal } }: Session,
  { github, params, run }: OpenRun,
  attempt_number: number | undefined,
  read: () => Promise<Result>,
): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    const jobs = await jobsOf(github, params, attempt_number, signal);
    throw jobs.length === 0 ? new NoLogsError(didNotStart(run).join("\n")) : error;
  }
}

async function download(
  { context }: Session,
  { github, params }: OpenRun,
  attempt_number: number | undefined,
): Promise<RunLogs> {
  const status = createStatusLine(context.stderr);
  try {
    return await openRunLogs(
      github,
      { ...params, attempt_number },
      {
        signal: context.signal,
        fetch: context.fetch,
        onProgress: (progress) => {
          // Drawing is not worth waiting for.
          status.show(downloadLine(progress)).catch(() => {});
        },
      },
    );
  } finally {
    await status.clear().catch(() => {});
  }
}

function chooseJobs({ jobs }: RunLogs, wanted: string | undefined): readonly JobLog[] {
  if (wanted === undefined) return jobs;
  const found = jobs.filter(({ name, api }) => name === wanted || String(api?.id) === wanted);
  if (found.length > 0) return found;
  const names = jobs.map(({ name, api }) => plain(name) + (api ? ` (${api.id})` : ""));
  throw new UsageError(
    `The run has no job ${JSON.stringify(wanted)}; it has ${names.join(", ") || "none"}.`,
  );
}

async function printFailures(
  session: Session,
  { run, options }: OpenRun,
  opened: RunLogs,
  only: readonly JobLog[],
  { context, timestamps = false }: LogsOptions,
): Promise<void> {
  const colors = outputColors(session, options);
  const writer = createTextWriter(session.context.stdout);
  let count = 0;
  for await (const failure of opened.failures({ context, signal: session.context.signal })) {
    if (!only.includes(failure.job)) continue;
    if (options.json) await writer.text(jsonText(session, failureJson(failure)));
    else {
      if (count > 0) await writer.line("");
      for (const line of failureText(failure, { colors, timestamps })) await writer.line(line);
    }
    count += 1;
  }
  await writer.end();
  if (count === 0)
    await note(session, `No step of run ${run.id} failed (${run.conclusion ?? run.status}).`);
}

async function printJobs(
  session: Session,
  { options }: OpenRun,
  jobs: readonly JobLog[],
  { timestamps = false }: LogsOptions,
): Promise<void> {
  const { signal, stdout } = session.context;
  const writer = createTextWriter(stdout);
  const colors = outputColors(session, options);
  const json = options.json ? session : undefined;
  for (const job of jobs)
    await printJobLog(writer, job, { colors, timestamps, json, headings: "steps", signal });
  await writer.end();
}
