import type { WorkflowRun } from "@workflow-runs/core";
import { openRunLogs } from "@workflow-runs/logs";
import { paginate } from "@workflow-runs/pagination";
import { ExitCode } from "../exit-code.ts";
import { note, printJson, printLines } from "../print.ts";
import { matchLines, type RunMatches, sinceWhen } from "../render/matches-table.ts";
import type { Session } from "../session.ts";
import { mapConcurrently } from "./map-concurrently.ts";
import { isMissing } from "./open-logs.ts";
import type { OpenRun } from "./open-run.ts";
import { isStep, type LineFilter } from "./print-job-log.ts";
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
  const hasMatch = found.some(({ matches }) => matches > 0);
  // As grep has it.
  if (!hasMatch) session.exitCode = ExitCode.error;
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

async function matchesOf(
  { context: { signal, fetch } }: Session,
  { github, params }: OpenRun,
  run: WorkflowRun,
  { pattern, job, step }: { pattern: RegExp; job: string | undefined; step: string | undefined },
): Promise<RunMatches> {
  const result: RunMatches = { run, matches: 0, missing: false, first: null };
  try {
    await using logs = await openRunLogs(github, { ...params, run_id: run.id }, { signal, fetch });
    for (const each of logs.jobs) {
      if (job !== undefined && each.name !== job) continue;
      for await (const line of each.lines({ signal })) {
        if (step !== undefined && (line.step === undefined || !isStep(line.step, step))) continue;
        if (!pattern.test(line.text)) continue;
        result.matches += 1;
        result.first ??= { job: each.name, step: line.step?.name ?? null, text: line.text };
      }
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
    result.missing = true;
  }
  return result;
}
