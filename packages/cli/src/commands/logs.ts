import type { JobLog } from "@workflow-runs/logs";
import { ExitCode } from "../exit-code.ts";
import { note } from "../print.ts";
import { missingLog } from "../render/missing-log.ts";
import { globalOptions, outputColors, type GlobalOptions, type Session } from "../session.ts";
import { UsageError } from "../stop-reasons.ts";
import { plain } from "../terminal/plain.ts";
import { createTextWriter } from "../text-writer.ts";
import { type CommandFactory, runDescription, withExamples } from "./command.ts";
import { printExplanation } from "./explain.ts";
import { extractLogs } from "./extract-logs.ts";
import { followLogs } from "./follow-logs.ts";
import { noteJobError } from "./job-errors.ts";
import { isLogFile, openLogFile } from "./log-files.ts";
import { chooseJobs, isMissing, openLogs, type OpenedLogs, orWithoutJobs } from "./open-logs.ts";
import { openRun, type OpenRun } from "./open-run.ts";
import type { LogsOptions } from "./logs-options.ts";
import { lineCount, positiveInteger, regularExpression } from "./option-values.ts";
import { isStep, printJobLog } from "./print-job-log.ts";
import { searchLogs } from "./search-logs.ts";

/** `logs`: what a run's jobs and steps wrote. */
export const logs: CommandFactory = (command, session) =>
  withExamples(command, [
    ["logs 42 --job build --tail 50", "the end of one job"],
    ["logs --grep 'ECONNRESET' --last 50", "since when it fails like that"],
    ["logs 42 -o logs", "the archive's files, in a folder"],
    ["logs run.zip --failed", "why the run of a downloaded archive failed"],
  ])
    .argument(
      "[run]",
      `${runDescription}; or a file: an archive (.zip), or a job's log (.txt, .log)`,
    )
    .option("--failed", "why it failed, as `explain` tells it")
    .option("-f, --follow", "each job's log as soon as the job ends, until the run does")
    .option("-j, --job <id or name>", "only this job")
    .option("-S, --step <number or name>", "only this step of each job")
    .option("-n, --tail <lines>", "only the last lines of each job", lineCount)
    .option(
      "-g, --grep <pattern>",
      "only lines that match this regular expression",
      regularExpression,
    )
    .option(
      "--last <number>",
      "with --grep: which of so many runs of the same workflow and branch have such lines",
      positiveInteger,
    )
    .option("-a, --attempt <number>", "an earlier attempt", positiveInteger)
    .option(
      "-C, --context <lines>",
      "with --failed: lines before and after each that says why",
      lineCount,
    )
    .option("--max-chars <number>", "with --failed: how much to print at most", positiveInteger)
    .option("-t, --timestamps", "the time before each line")
    .option("-o, --output <folder>", "write the archive's files into a folder instead")
    .action(async (text: string | undefined, flags: LogsOptions, command) => {
      checkFlags(flags);
      if (isLogFile(text)) {
        const options = globalOptions(command);
        return printLogs(session, options, await openLogFile(text), flags, flags.job);
      }
      const target = await openRun(session, command, text);
      if (flags.follow) return followLogs(session, target, flags);
      if (flags.grep !== undefined && flags.last !== undefined) {
        const job = flags.job ?? (await jobOfUrl(session, target));
        return searchLogs(session, target, flags.grep, flags.last, { ...flags, job });
      }
      const attempt_number = flags.attempt ?? target.attempt_number;
      if (flags.output !== undefined) {
        const { output } = flags;
        return orWithoutJobs(session, target, attempt_number, () =>
          extractLogs(session, target, attempt_number, output),
        );
      }
      return showLogs(session, target, attempt_number, flags);
    });

/** Name of the job that RUN's URL names: in other runs it has another id. */
async function jobOfUrl(
  { context: { signal } }: Session,
  { github, params: { owner, repo }, job_id }: OpenRun,
): Promise<string | undefined> {
  if (job_id === undefined) return undefined;
  return (await github.getJobForWorkflowRun({ owner, repo, job_id }, { signal })).name;
}

/** Prints what the jobs of a run wrote, or why they failed. */
export async function showLogs(
  session: Session,
  target: OpenRun,
  attempt_number: number | undefined,
  flags: LogsOptions,
): Promise<void> {
  const opened = await openLogs(session, target, attempt_number);
  const job = flags.job ?? target.job_id?.toString();
  return printLogs(session, target.options, opened, flags, job);
}

function checkFlags(flags: LogsOptions): void {
  const { follow, failed, attempt, output, job, step, tail, grep, last } = flags;
  if (last !== undefined && grep === undefined) {
    throw new UsageError("--last needs --grep: it searches the logs of several runs.");
  }
  const mode = [
    follow && "--follow",
    output !== undefined && "--output",
    failed && "--failed",
    last !== undefined && "--last",
  ].find((each) => typeof each === "string");
  const clashes: Record<string, (string | false | undefined)[]> = {
    "--follow": [
      failed && "--failed",
      attempt !== undefined && "--attempt",
      output !== undefined && "--output",
      last !== undefined && "--last",
    ],
    "--output": [
      failed && "--failed",
      job !== undefined && "--job",
      step !== undefined && "--step",
      tail !== undefined && "--tail",
      grep !== undefined && "--grep",
    ],
    "--failed": [
      step !== undefined && "--step",
      tail !== undefined && "--tail",
      grep !== undefined && "--grep",
    ],
    "--last": [attempt !== undefined && "--attempt", tail !== undefined && "--tail"],
  };
  const other = (clashes[mode ?? ""] ?? []).find((each) => typeof each === "string");
  if (other) throw new UsageError(`${mode} and ${other} cannot be used together; leave one out.`);
}

async function printLogs(
  session: Session,
  options: GlobalOptions,
  opened: OpenedLogs,
  flags: LogsOptions,
  job: string | undefined,
): Promise<void> {
  try {
    const only = chooseJobs(opened, job);
    const goesOn = opened.waiting !== undefined;
    if (flags.failed) await printExplanation(session, options, only, { ...flags, job, goesOn });
    else await printJobs(session, options, only, flags);
  } finally {
    await opened.close();
  }
}

async function printJobs(
  session: Session,
  options: GlobalOptions,
  jobs: readonly JobLog[],
  flags: LogsOptions,
): Promise<void> {
  const { timestamps = false, step, tail, grep } = flags;
  const { signal, stdout } = session.context;
  if (
    step !== undefined &&
    jobs.length > 0 &&
    !jobs.some(({ steps }) => steps.some((each) => isStep(each, step)))
  ) {
    const names = [
      ...new Set(
        jobs.flatMap(({ steps }) => steps.map(({ number, name }) => `${number}. ${plain(name)}`)),
      ),
    ];
    throw new UsageError(
      `No job has the step ${JSON.stringify(step)}; there are ${names.join(", ") || "none"}.`,
    );
  }
  const writer = createTextWriter(stdout);
  const colors = outputColors(session, options);
  const json = options.json ? session : undefined;
  const look = { colors, timestamps, json, headings: "steps", signal, step, tail, grep } as const;
  const isSkipped = ({ api }: JobLog): boolean => api?.conclusion === "skipped";
  // Where others have a log, that these have none goes without saying.
  const noteSkipped = jobs.every((job) => isSkipped(job));
  const missing: string[] = [];
  const failed: [JobLog, unknown][] = [];
  let count = 0;
  try {
    for (const job of jobs) {
      try {
        count += await printJobLog(writer, job, look);
      } catch (error) {
        if (signal.aborted || (jobs.length === 1 && !isMissing(error))) throw error;
        if (!isMissing(error)) failed.push([job, error]);
        else missing.push(`Job ${job.api?.id ?? ""}, ${plain(job.name)}, has no log.`);
      }
      const why = missingLog(job);
      if (why !== undefined && (noteSkipped || !isSkipped(job))) missing.push(why);
    }
  } finally {
    await writer.end();
  }
  for (const text of missing) await note(session, text);
  if (grep !== undefined && count === 0) await noMatch(session, grep);
  for (const [{ api, name }, error] of failed)
    await noteJobError(session, { id: api?.id, name }, error);
}

/** Says that nothing was found, with the exit code that grep has for it. */
async function noMatch(session: Session, { source }: RegExp): Promise<void> {
  session.exitCode = ExitCode.error;
  await note(session, `No line matches ${source}.`);
}
