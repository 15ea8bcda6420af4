import type { WorkflowRun } from "@workflow-runs/core";
import { type JobLog, openRunLogs } from "@workflow-runs/logs";
import { paginate } from "@workflow-runs/pagination";
import { ExitCode } from "../exit-code.ts";
import { note, printJson, printLines } from "../print.ts";
import { matchLines, type RunMatches, sinceWhen } from "../render/matches-table.ts";
import type { Session } from "../session.ts";
import { UsageError } from "../stop-reasons.ts";
import { plain, plainLine } from "../terminal/plain.ts";
import { noteLogError } from "./job-errors.ts";
import { mapConcurrently } from "./map-concurrently.ts";
import { isMissing } from "./open-logs.ts";
import type { OpenRun } from "./open-run.ts";
import { isStep, type LineFilter, matchingLines } from "./print-job-log.ts";
import { viewOf } from "./view-of.ts";

/** How many archives are read at once. */
const concurrency = 3;

/** Searches the logs of the newest runs of the same workflow and branch: which have such a line, and since when. */
export async function searchLogs(
  session: Session,
  target: OpenRun,
  pattern: RegExp,
  last: number,
  { job, step }: LineFilter & { job?: string | undefined },
): Promise<void> {
  const { context } = session;
  const { github, params, run, options, colors } = target;
  const { owner, repo } = params;
  const runs = await paginate(
    github,
    "listWorkflowRuns",
    {
      owner,
      repo,
      workflow_id: run.workflow_id,
      ...(run.head_branch !== null && { branch: run.head_branch }),
      status: "completed",
    },
    { signal: context.signal },
  ).take(last);
  const found = await mapConcurrently(
    context,
    runs,
    { concurrency, doing: "Searching logs" },
    async (each) => matchesOf(session, target, each, { pattern, job, step }),
  );
  if (job !== undefined) checkJob(found, job);
  for (const { run, unread } of found)
    for (const [name, error] of unread)
      await noteLogError(
        session,
        `Run ${run.id}${name === undefined ? ": its logs" : `, ${plainLine(name)}: its log`}`,
        error,
      );
  const hasMatch = found.some(({ matches }) => matches > 0);
  // As grep has it.
  if (!hasMatch && session.exitCode === ExitCode.ok) session.exitCode = ExitCode.error;
  if (options.json) {
    if (!hasMatch) await note(session, sinceWhen(found));
    return printJson(
      session,
      found.map(({ run: { id, created_at, conclusion, head_sha }, matches, missing, first }) => ({
        run_id: id,
        created_at,
        conclusion,
        head_sha,
        has_logs: !missing,
        matches,
        first,
      })),
    );
  }
  await printLines(session, matchLines(found, viewOf(session, colors)));
  return note(session, sinceWhen(found));
}

/** Refuses a job that none of the runs has. */
function checkJob(found: readonly SearchedRun[], job: string): void {
  const names = [...new Set(found.flatMap(({ jobs }) => jobs.map(({ name }) => name)))];
  const isThere = found.some(({ jobs }) => jobs.some((each) => isJob(each, job)));
  // Of runs without logs nobody knows.
  if (names.length > 0 && !isThere)
    throw new UsageError(
      `None of these runs has the job ${JSON.stringify(job)}; they have ${names.map((name) => plain(name)).join(", ")}.`,
    );
}

function isJob({ name, api }: JobLog, wanted: string): boolean {
  return name === wanted || String(api?.id) === wanted;
}

/** What a search found, and what of it could not be read. */
interface SearchedRun extends RunMatches {
  jobs: readonly JobLog[];
  /** Names of jobs whose logs could not be read; undefined for all of them. */
  unread: [name: string | undefined, error: unknown][];
}

async function matchesOf(
  { context: { signal, fetch } }: Session,
  { github, params }: OpenRun,
  run: WorkflowRun,
  { pattern, job, step }: { pattern: RegExp; job: string | undefined; step: string | undefined },
): Promise<SearchedRun> {
  const result: SearchedRun = {
    run,
    matches: 0,
    missing: false,
    first: null,
    jobs: [],
    unread: [],
  };
  try {
    await using logs = await openRunLogs(github, { ...params, run_id: run.id }, { signal, fetch });
    result.jobs = logs.jobs;
    for (const each of logs.jobs) {
      if (job !== undefined && !isJob(each, job)) continue;
      try {
        for await (const batch of each.lines({ signal }).batches())
          for (const line of matchingLines(batch, pattern)) {
            if (step !== undefined && (line.step === undefined || !isStep(line.step, step)))
              continue;
            result.matches += 1;
            result.first ??= { job: each.name, step: line.step?.name ?? null, text: line.text };
          }
      } catch (error) {
        if (signal.aborted) throw error;
        result.unread.push([each.name, error]);
      }
    }
  } catch (error) {
    if (signal.aborted) throw error;
    result.missing = true;
    if (!isMissing(error)) result.unread.push([undefined, error]);
  }
  return result;
}
