import type { Job, WorkflowRun } from "@workflow-runs/core";
import {
  isBlocked,
  isFinished,
  type PollRetry,
  watchJobs,
  type WatchOptions,
} from "@workflow-runs/watch";
import { ExitCode } from "../exit-code.ts";
import { note, printJsonLine, printLines } from "../print.ts";
import { currentLine, jobChanges, type Told } from "../render/job-changes.ts";
import { blockedBy, runHead } from "../render/run-summary.ts";
import { runTime } from "../render/run-time.ts";
import type { Session } from "../session.ts";
import type { Colors } from "../terminal/colors.ts";
import { duration } from "../terminal/duration.ts";
import { isSuccess, stateColor, stateSymbol, stateWord } from "../terminal/state.ts";
import { createStatusLine, type StatusLine } from "../terminal/status-line.ts";
import { plainLine } from "../terminal/plain.ts";
import { type CommandFactory, runDescription, withExamples } from "./command.ts";
import { type OpenRun, openRun } from "./open-run.ts";
import { milliseconds, pollInterval } from "./option-values.ts";
import { pendingOf } from "./view.ts";
import { viewOf } from "./view-of.ts";

interface Options {
  timeout?: number;
  interval?: number;
}

/** `watch`: each change of a run and its jobs, until it ends. */
export const watch: CommandFactory = (command, session) =>
  withExamples(command, [
    ["watch", "the run of HEAD"],
    ["watch 42 --timeout 30m && ./deploy", "go on only when it succeeded"],
  ])
    .argument("[run]", runDescription)
    .option("-t, --timeout <duration>", "give up after 90s, 10m, 1h30m", milliseconds)
    .option(
      "-i, --interval <duration>",
      "time between polls, 1s or more (default: 3s to 1m, by the run's age)",
      pollInterval,
    )
    .action(async (text: string | undefined, options: Options, command) => {
      const place = await openRun(session, command, text);
      return watchAttempt(session, place, place.run.run_attempt ?? 1, options);
    });

/** Watches a run from this attempt on, tells each change, and sets the exit code by its end. */
export async function watchAttempt(
  session: Session,
  place: OpenRun,
  attempt: number,
  { timeout, interval }: Options,
): Promise<void> {
  const { github, params, options, colors, followUp } = place;
  const status = createStatusLine(session.context.stderr);
  const isNew = (run: WorkflowRun): boolean => (run.run_attempt ?? 1) >= attempt;
  let told: Told = new Map();
  let state = "";
  let hasLines = false;
  let current = (): string => "";
  try {
    const changes = watchJobs(github, params, {
      ...pace(session, status, () => current()),
      ...(timeout !== undefined && { timeout }),
      ...(interval !== undefined && { interval }),
      until: (run) => isFinished(run) && isNew(run),
    });
    for await (const { run, jobs, changed } of changes) {
      // Right after a re-run GitHub may still show the attempt before.
      if (!isNew(run)) continue;
      const view = viewOf(session, colors);
      await status.clear();
      if (options.json) await printJsonLine(session, { run, jobs: changed });
      else {
        if (state === "") await printLines(session, [...runHead(run, jobs, view), ""]);
        const { lines, ...next } = jobChanges(jobs, told, view);
        told = next.told;
        if (stateWord(run) !== state && isBlocked(run)) {
          const pending = await pendingOf(github, params, run, jobs, session.context.signal);
          lines.push(
            ...blockedBy(run, pending, followUp).map((line) => colors.yellow(`! ${line}`)),
          );
        }
        hasLines ||= lines.length > 0;
        if (isFinished(run)) lines.push(...(hasLines ? [""] : []), endLine(run, jobs, colors));
        await printLines(session, lines);
      }
      state = stateWord(run);
      if (isFinished(run)) session.exitCode = isSuccess(run) ? ExitCode.ok : ExitCode.runFailed;
      const started = Date.parse(run.run_started_at ?? run.created_at);
      current = () => currentLine(run, jobs, session.context.now() - started);
    }
  } finally {
    await status.clear().catch(() => {});
  }
}

/** The pace of a watch in the terminal: between two polls the status line counts the seconds. */
export function pace(
  { context }: Session,
  status: StatusLine,
  line: () => string,
): Pick<WatchOptions, "signal" | "now" | "sleep" | "onRetry"> {
  const retries: PollRetry[] = [];
  return {
    signal: context.signal,
    now: context.now,
    onRetry: (retry) => retries.push(retry),
    sleep: async (ms, signal) => {
      for (const retry of retries.splice(0)) {
        await status.clear();
        await note({ context }, plainLine(retryLine(retry)));
      }
      const slice = context.stderr.isTTY ? 1_000 : ms;
      for (let left = ms; left > 0; left -= slice) {
        await status.show(line());
        await context.sleep(Math.min(slice, left), signal);
      }
    },
  };
}

function retryLine({ error, kind, retryIn }: PollRetry): string {
  const reason = error instanceof Error ? error.message : String(error);
  const next = duration(retryIn);
  return kind === "rate-limit"
    ? `The rate limit is used up; going on in ${next}.`
    : `${reason}. Trying again in ${next}.`;
}

function endLine(run: WorkflowRun, jobs: readonly Job[], colors: Colors): string {
  const color = stateColor(run, colors);
  const took = duration(runTime(run, jobs, 0));
  const attempt = run.run_attempt ?? 1;
  return `${color(stateSymbol(run))} Run ${run.id}, attempt ${attempt}: ${color(stateWord(run))}${took && ` in ${took}`}`;
}
