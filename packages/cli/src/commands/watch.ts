import type { WorkflowRun } from "@workflow-runs/core";
import {
  isFinished,
  type PollRetry,
  watchJobs,
  type WatchOptions,
  watchRuns,
} from "@workflow-runs/watch";
import { ExitCode } from "../exit-code.ts";
import { isCertificateProblem } from "../network/connection-problem.ts";
import { note, printLines } from "../print.ts";
import { didNotStart } from "../render/run-summary.ts";
import { openTarget, type Session, type OpenTarget } from "../session.ts";
import { UsageError } from "../stop-reasons.ts";
import { headOf } from "../target/git-head.ts";
import { commitSha } from "../target/resolve-run.ts";
import { parseRunArgument } from "../target/run-argument.ts";
import { duration } from "../terminal/duration.ts";
import { isSuccess } from "../terminal/state.ts";
import { type CommandFactory, runDescription, withExamples } from "./command.ts";
import { printExplanation } from "./explain.ts";
import { openLogs } from "./open-logs.ts";
import { knownRun, type OpenRun, openRun } from "./open-run.ts";
import { milliseconds, pollInterval, positiveInteger } from "./option-values.ts";
import { rawGet } from "./raw-get.ts";
import { type WatchReporter, watchReporter } from "./watch-reporter.ts";

interface Options {
  timeout?: number;
  interval?: number;
  pr?: number;
}

/** How much of the reasons is printed at the end; `explain` prints all. */
const explanationLength = 4_000;

/** `watch`: a run, or all runs of a commit, until they end. */
export const watch: CommandFactory = (command, session) =>
  withExamples(command, [
    ["watch", "all runs of HEAD, right after a push too"],
    ["watch 42 --timeout 30m && ./deploy", "go on only when it succeeded"],
    ["watch --pr 123", "all runs of a pull request's last commit"],
  ])
    .argument(
      "[run]",
      `${runDescription.replace(/; default:.*/, "")}; of a commit all its runs; default: all runs of HEAD`,
    )
    .option("--pr <number>", "all runs of the last commit of this pull request", positiveInteger)
    .option("-t, --timeout <duration>", "give up after 90s, 10m, 1h30m", milliseconds)
    .option("--exit-status", "as gh has it; here the exit code always tells how it ended")
    .option(
      "-i, --interval <duration>",
      "time between polls, 1s or more (default: 3s to 1m, by the run's age)",
      pollInterval,
    )
    .action(async (text: string | undefined, options: Options, command) => {
      const argument = parseRunArgument(text);
      if (argument.kind !== "head" && argument.kind !== "commit") {
        if (options.pr !== undefined)
          throw new UsageError("--pr and RUN cannot be used together; leave one out.");
        const target = await openRun(session, command, text);
        return watchAttempt(session, target, target.run.run_attempt ?? 1, options);
      }
      const repository = "repository" in argument ? argument.repository : undefined;
      const target = await openTarget(session, command, repository);
      const { context } = session;
      const search = { ...target, context, changes: false };
      const sha =
        options.pr === undefined
          ? argument.kind === "commit"
            ? await commitSha(search, argument.sha)
            : (await headOf(context, target))?.sha
          : await headOfPull(target, options.pr, context.signal);
      if (sha !== undefined) return watchCommit(session, target, sha, options);
      throw new UsageError(
        `Say which run: its id or URL, latest, or --pr. Only in a clone of ${target.owner}/${target.repo} it may be left out, and all runs of HEAD are watched.`,
      );
    });

/** The last commit of a pull request. */
async function headOfPull(target: OpenTarget, pull: number, signal: AbortSignal): Promise<string> {
  const data = await rawGet(target, `/pulls/${pull}`, signal);
  const { sha } = Object(Object(data).head) as { sha?: unknown };
  if (typeof sha === "string") return sha;
  throw new UsageError(
    `${target.owner}/${target.repo} has no pull request ${pull}, or the token cannot see it.`,
  );
}

/** Watches a run from this attempt on, tells each change, and sets the exit code by its end. */
export async function watchAttempt(
  session: Session,
  target: OpenRun,
  attempt: number,
  options: Options,
): Promise<void> {
  const isNew = (run: WorkflowRun): boolean => (run.run_attempt ?? 1) >= attempt;
  const reporter = watchReporter(session, target, false);
  let last: WorkflowRun | undefined;
  try {
    const changes = watchJobs(target.github, target.params, {
      ...pace(session, reporter),
      ...limits(options),
      until: (run) => isFinished(run) && isNew(run),
    });
    for await (const { run, jobs, changed } of changes) {
      // Right after a re-run GitHub may still show the attempt before.
      if (!isNew(run)) continue;
      last = run;
      await reporter.change(run, jobs, changed);
    }
  } finally {
    await reporter.end().catch(() => {});
  }
  await conclude(session, target, last === undefined ? [] : [last]);
}

/** Watches all runs of a commit, those that appear later too. */
async function watchCommit(
  session: Session,
  target: OpenTarget,
  head_sha: string,
  options: Options,
): Promise<void> {
  const { github, owner, repo } = target;
  const stop = new AbortController();
  const signal = AbortSignal.any([session.context.signal, stop.signal]);
  const reporter = watchReporter(session, target, true);
  const followed = new Map<number, Promise<void>>();
  const follow = async (run_id: number): Promise<void> => {
    // The time limit is that of the whole.
    const { interval } = limits(options);
    const changes = watchJobs(
      github,
      { owner, repo, run_id },
      { ...pace(session, reporter), signal, ...(interval !== undefined && { interval }) },
    );
    for await (const { run, jobs, changed } of changes) await reporter.change(run, jobs, changed);
  };
  let runs: readonly WorkflowRun[] = [];
  try {
    await reporter.note(`Waiting for the runs of ${head_sha.slice(0, 7)}.`);
    const changes = watchRuns(
      github,
      { owner, repo, head_sha },
      { ...pace(session, reporter), ...limits(options), signal },
    );
    for await (const change of changes) {
      ({ runs } = change);
      for (const { id } of change.changed) {
        // One that was re-run meanwhile is followed again.
        const before = followed.get(id) ?? Promise.resolve();
        const now = before.then(async () => follow(id));
        // What ends one of them ends all, and is thrown below.
        now.catch((error: unknown) => stop.abort(error));
        followed.set(id, now);
      }
    }
    await Promise.all(followed.values());
  } catch (error) {
    stop.abort(error);
    await Promise.allSettled(followed.values());
    throw error;
  } finally {
    await reporter.end().catch(() => {});
  }
  await conclude(session, target, runs);
}

function limits({ timeout, interval }: Options): Pick<WatchOptions, "timeout" | "interval"> {
  return {
    ...(timeout !== undefined && { timeout }),
    ...(interval !== undefined && { interval }),
  };
}

/** Sounds the bell of a terminal, prints why what failed did, and sets the exit code. */
async function conclude(
  session: Session,
  target: OpenTarget,
  runs: readonly WorkflowRun[],
): Promise<void> {
  const failed = runs.filter((run) => !isSuccess(run));
  session.exitCode = failed.length === 0 ? ExitCode.ok : ExitCode.runFailed;
  const { stderr, env } = session.context;
  if (stderr.isTTY) await stderr.write(bell(env, failed.length === 0));
  if (target.options.json) return;
  for (const run of failed) {
    if (run.conclusion === "startup_failure") await printLines(session, ["", ...didNotStart(run)]);
    else await tellWhy(session, target, run);
  }
}

/** The bell, and a notification where the terminal shows one (OSC 9). */
function bell(env: Readonly<Record<string, string | undefined>>, succeeded: boolean): string {
  const shows = /^(iTerm\.app|WezTerm|ghostty|WarpTerminal)$/.test(env["TERM_PROGRAM"] ?? "");
  const text = `workflow-runs: ${succeeded ? "succeeded" : "did not succeed"}`;
  return shows ? `\u001B]9;${text}\u0007` : "\u0007";
}

async function tellWhy(session: Session, target: OpenTarget, run: WorkflowRun): Promise<void> {
  const { followUp, options } = target;
  const all = `All of it: ${followUp(`explain ${run.id}`)}`;
  try {
    const logs = await openLogs(session, knownRun(target, run), undefined);
    try {
      await printLines(session, [""]);
      await printExplanation(session, options, logs.jobs, { maxChars: explanationLength });
      await printLines(session, ["", all]);
    } finally {
      await logs.close();
    }
  } catch (error) {
    session.context.signal.throwIfAborted();
    // The run ended, and that is what the exit code says; why it did may be read later.
    await note(
      session,
      `Its logs cannot be read: ${(error as Error).message.split("\n")[0]}\n${all}`,
    );
  }
}

/** The pace of a watch: while it waits, every second is shown on a terminal. */
export function pace(
  { context }: Session,
  reporter: Pick<WatchReporter, "tick" | "note">,
): Pick<WatchOptions, "signal" | "now" | "sleep" | "onRetry"> {
  const retries: PollRetry[] = [];
  return {
    signal: context.signal,
    now: context.now,
    onRetry: (retry) => {
      if (isCertificateProblem(retry.error)) throw retry.error;
      retries.push(retry);
    },
    sleep: async (ms, signal) => {
      for (const retry of retries.splice(0)) await reporter.note(retryLine(retry));
      const slice = context.stderr.isTTY ? 1_000 : ms;
      for (let left = ms; left > 0; left -= slice) {
        await reporter.tick();
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
