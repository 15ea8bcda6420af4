import type { Job, WorkflowRun } from "@workflow-runs/core";
import { isBlocked, isFinished } from "@workflow-runs/watch";
import { note, printJsonLine, printLines } from "../print.ts";
import { currentLine, jobChanges, type ReportedStates } from "../render/job-changes.ts";
import { blockedBy, runHead } from "../render/run-summary.ts";
import { runTime } from "../render/run-time.ts";
import { watchScreen } from "../render/watch-screen.ts";
import type { Session, OpenTarget } from "../session.ts";
import type { Colors } from "../terminal/colors.ts";
import { duration } from "../terminal/duration.ts";
import { createLiveDisplay } from "../terminal/live-display.ts";
import { plain, plainLine } from "../terminal/plain.ts";
import { stateColor, stateSymbol, stateWord } from "../terminal/state.ts";
import { createStatusLine } from "../terminal/status-line.ts";
import { truncate, wrapWords } from "../terminal/text-width.ts";
import { earlierRuns } from "./watch-estimates.ts";
import { pendingOf } from "./view.ts";
import { viewOf } from "./view-of.ts";

/** Shows a person or a program what a watch sees. */
export interface WatchReporter {
  /** A run or some of its jobs changed. */
  change(run: WorkflowRun, jobs: readonly Job[], changed: readonly Job[]): Promise<void>;
  /** A second went by. */
  tick(): Promise<void>;
  /** Something to know beside the runs. */
  note(text: string): Promise<void>;
  /** The watch ended, well or not. */
  end(): Promise<void>;
}

/** What suits the output: JSON where it is wanted, a live picture on a terminal that can draw, else a line for each change. */
export function watchReporter(
  session: Session,
  target: OpenTarget,
  several: boolean,
): WatchReporter {
  const { stdout, env } = session.context;
  if (target.options.json) return jsonReporter(session);
  const isLive = stdout.isTTY && session.context.stderr.isTTY && env["TERM"] !== "dumb";
  return isLive ? liveReporter(session, target) : plainReporter(session, target, several);
}

function jsonReporter(session: Session): WatchReporter {
  return {
    change: async (run, _jobs, changed) => printJsonLine(session, { run, jobs: changed }),
    tick: async () => {},
    note: async (text) => note(session, plainLine(text)),
    end: async () => {},
  };
}

/** A line for each job that starts, ends or waits, and for the end of each run. */
function plainReporter(session: Session, target: OpenTarget, several: boolean): WatchReporter {
  const { colors, followUp, github } = target;
  const { signal } = session.context;
  const status = createStatusLine(session.context.stderr);
  const states = new Map<number, { reported: ReportedStates; state: string; hasLines: boolean }>();
  let current = (): string => "";
  return {
    async change(run, jobs) {
      const view = viewOf(session, colors);
      await status.clear();
      const before = states.get(run.id);
      if (before === undefined) {
        await printLines(session, [...runHead(run, jobs, view), ""]);
      }
      const { reported, lines } = jobChanges(jobs, before?.reported ?? new Map(), view);
      const state = stateWord(run);
      const prefix = several ? `${plain(run.name || String(run.id))}: ` : "";
      if (state !== before?.state && isBlocked(run)) {
        const pending = await pendingOf(
          github,
          { owner: target.owner, repo: target.repo, run_id: run.id },
          run,
          jobs,
          signal,
        );
        lines.push(...blockedBy(run, pending, followUp).map((line) => colors.yellow(`! ${line}`)));
      }
      const hasLines = before?.hasLines === true || lines.length > 0;
      const end = isFinished(run) && state !== before?.state;
      states.set(run.id, { reported, state, hasLines });
      await printLines(session, [
        ...lines.map((line) => prefix + line),
        ...(end && hasLines && !several ? [""] : []),
        ...(end ? wrapWords(endLine(run, jobs, colors, prefix), view.width) : []),
      ]);
      const started = Date.parse(run.run_started_at ?? run.created_at);
      current = () => currentLine(run, jobs, session.context.now() - started);
    },
    tick: async () => status.show(current()),
    async note(text) {
      await status.clear();
      await note(session, plainLine(text));
    },
    end: async () => status.clear(),
  };
}

/** One picture of all runs, drawn over on standard error; standard output gets how they ended. */
function liveReporter(session: Session, target: OpenTarget): WatchReporter {
  const { context } = session;
  const { colors, followUp, github, owner, repo } = target;
  const display = createLiveDisplay(context.stderr);
  const earlier = earlierRuns(target, context.signal);
  const runs = new Map<number, { run: WorkflowRun; jobs: readonly Job[] }>();
  const blocked = new Map<number, { state: string; lines: string[] }>();
  let said = "";
  const draw = async (): Promise<void> => {
    const view = viewOf(session, colors);
    const { width, now } = view;
    const shown = [...runs.values()].map(({ run, jobs }) => ({
      run,
      jobs,
      estimate: earlier.estimate(run, now),
    }));
    const below = [
      ...[...blocked.values()].flatMap(({ lines }) => lines),
      ...(said ? [said] : []),
    ].map((line) => colors.yellow(width === undefined ? line : truncate(line, width)));
    const height = context.stdout.rows ? context.stdout.rows - 1 : undefined;
    const room = height === undefined ? undefined : Math.max(1, height - below.length);
    await display.show([...watchScreen(shown, view, room), ...below].slice(0, height));
  };
  return {
    async change(run, jobs) {
      runs.set(run.id, { run, jobs });
      if (!isFinished(run)) earlier.load(run);
      const state = stateWord(run);
      if (!isBlocked(run)) blocked.delete(run.id);
      else if (blocked.get(run.id)?.state !== state) {
        const params = { owner, repo, run_id: run.id };
        const pending = await pendingOf(github, params, run, jobs, context.signal);
        const lines = blockedBy(run, pending, followUp).map((line) => `! ${line}`);
        blocked.set(run.id, { state, lines });
      }
      said = "";
      await draw();
    },
    tick: draw,
    async note(text) {
      said = plainLine(text);
      await draw();
    },
    async end() {
      if (runs.size > 0 && !context.signal.aborted) await draw();
      await display.end();
      const finished = [...runs.values()].filter(({ run }) => isFinished(run));
      await printLines(
        session,
        finished.flatMap(({ run, jobs }) =>
          wrapWords(endLine(run, jobs, colors, ""), viewOf(session, colors).width),
        ),
      );
    },
  };
}

function endLine(run: WorkflowRun, jobs: readonly Job[], colors: Colors, prefix: string): string {
  const color = stateColor(run, colors);
  const took = duration(runTime(run, jobs, 0));
  const attempt = run.run_attempt ?? 1;
  return `${color(stateSymbol(run))} ${prefix}Run ${run.id}, attempt ${attempt}: ${color(stateWord(run))}${took && ` in ${took}`}`;
}
