import { explain as explainLogs, type JobLog } from "@workflow-runs/logs";
import { jsonText, note } from "../print.ts";
import { failureJson } from "../render/log-json.ts";
import { missingLog } from "../render/missing-log.ts";
import { explanationLines } from "../render/log-text.ts";
import { globalOptions, type GlobalOptions, outputColors, type Session } from "../session.ts";
import { plainLine } from "../terminal/plain.ts";
import { createTextWriter } from "../text-writer.ts";
import { type CommandFactory, runDescription, withExamples } from "./command.ts";
import { isLogFile, openLogFile } from "./log-files.ts";
import { chooseJobs, type OpenedLogs, openLogs } from "./open-logs.ts";
import { openRun } from "./open-run.ts";
import { lineCount, positiveInteger } from "./option-values.ts";

interface Options {
  attempt?: number;
  job?: string;
  context?: number;
  maxChars?: number;
}

/** `explain`: why a run failed. */
export const explain: CommandFactory = (command, session) =>
  withExamples(command, [
    ["explain", "why the run of HEAD failed"],
    ["explain 42 --max-chars 4000 | llm", "for an agent with little room"],
    ["explain 42 --jq .reason", "one line for each failing step"],
  ])
    .argument(
      "[run]",
      `${runDescription}; or a file: an archive (.zip), or a job's log (.txt, .log)`,
    )
    .option("-a, --attempt <number>", "an earlier attempt", positiveInteger)
    .option("-j, --job <id or name>", "only this job")
    .option("-C, --context <lines>", "lines before and after each that says why", lineCount)
    .option("--max-chars <number>", "how much to print at most (default: 16000)", positiveInteger)
    .action(async (text: string | undefined, flags: Options, command) => {
      if (isLogFile(text)) {
        return explainOpened(session, globalOptions(command), await openLogFile(text), flags);
      }
      const target = await openRun(session, command, text);
      const opened = await openLogs(session, target, flags.attempt ?? target.attempt_number);
      const job = flags.job ?? target.job_id?.toString();
      return explainOpened(session, target.options, opened, { ...flags, job });
    });

async function explainOpened(
  session: Session,
  options: GlobalOptions,
  opened: OpenedLogs,
  flags: Omit<Options, "job"> & { job?: string | undefined },
): Promise<void> {
  try {
    const jobs = chooseJobs(opened, flags.job);
    const goesOn = opened.waiting !== undefined;
    return await printExplanation(session, options, jobs, { ...flags, goesOn });
  } finally {
    await opened.close();
  }
}

/** How an explanation is printed, and of what. */
interface ExplanationLook extends Pick<Options, "context" | "maxChars"> {
  /** Which job was wanted; undefined for all. */
  job?: string | undefined;
  /** Whether the run goes on. */
  goesOn?: boolean;
}

/** Prints why these jobs failed, as text or a line of JSON for each failing step. */
export async function printExplanation(
  session: Session,
  options: Pick<GlobalOptions, "json" | "color">,
  jobs: readonly JobLog[],
  { context, maxChars, job, goesOn = false }: ExplanationLook,
): Promise<void> {
  const { signal, stdout } = session.context;
  const { text, failures } = await explainLogs({ jobs }, { context, maxChars, signal });
  const writer = createTextWriter(stdout);
  if (options.json) {
    for (const failure of failures) await writer.text(jsonText(session, failureJson(failure)));
  } else if (failures.length > 0) {
    const colors = outputColors(session, options);
    const width = stdout.columns || undefined;
    for (const line of text
      .split("\n")
      .flatMap((each) => explanationLines(each, { colors, width }))) {
      await writer.line(line);
    }
  }
  await writer.end();
  if (failures.length > 0) return;
  const missing = jobs.map((job) => missingLog(job)).filter((why) => why !== undefined);
  for (const why of missing) await note(session, why);
  await note(session, nothingFailed(jobs, job !== undefined, goesOn));
}

const unsuccessful = new Set(["failure", "timed_out", "cancelled", "startup_failure"]);

/** What there is to say of jobs without a failing step. */
function nothingFailed(jobs: readonly JobLog[], isChosen: boolean, goesOn: boolean): string {
  const named = (some: readonly JobLog[]) => some.map(({ name }) => plainLine(name)).join(", ");
  const bad = jobs.filter(({ conclusion }) => unsuccessful.has(conclusion ?? ""));
  if (bad.length > 0) {
    const verb = bad.length === 1 ? "the job" : "the jobs";
    return `No log says why ${verb} did not succeed: ${named(bad)}.`;
  }
  const where = isChosen && jobs.length > 0 ? ` in the job ${named(jobs)}` : "";
  if (jobs.length > 0 && jobs.every(({ api }) => api === undefined))
    return `No step has an \`##[error]\` line${where}.`;
  return goesOn ? `No step has failed so far${where}.` : `No step failed${where}.`;
}
