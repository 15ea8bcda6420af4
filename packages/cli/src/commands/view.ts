import type { Client, Job, PendingDeployment, WorkflowRun } from "@workflow-runs/core";
import { paginate } from "@workflow-runs/pagination";
import { ExitCode } from "../exit-code.ts";
import { printJson, printLines } from "../print.ts";
import { annotationLines } from "../render/annotation-lines.ts";
import { jobLines, nextStep, runHead } from "../render/run-summary.ts";
import { isSuccess } from "../terminal/state.ts";
import { annotationsOf } from "./annotations.ts";
import { type CommandFactory, runDescription, withExamples } from "./command.ts";
import { openRun } from "./open-run.ts";
import { positiveInteger } from "./option-values.ts";
import { viewOf } from "./view-of.ts";

interface Options {
  attempt?: number;
  steps?: boolean;
  exitStatus?: boolean;
  web?: boolean;
  log?: boolean;
  logFailed?: boolean;
}

/** `view`: one run with its jobs, and the steps that failed. */
export const view: CommandFactory = (command, session) =>
  withExamples(command, [
    ["view failed", "the newest that failed, of HEAD or its branch"],
    ["view 42 --steps --attempt 1", "all steps of its first attempt"],
  ])
    .argument("[run]", runDescription)
    .option("-a, --attempt <number>", "an earlier attempt", positiveInteger)
    .option("--steps", "all steps of all jobs")
    .option("--log", "what its jobs wrote instead, as `logs`")
    .option("--log-failed", "why it failed instead, as `explain`")
    .option("--exit-status", "exit code 3 when the run did not succeed")
    .option("-w, --web", "show it in the browser instead")
    .action(
      async (
        text: string | undefined,
        { attempt, steps = false, exitStatus, web, log, logFailed }: Options,
        command,
      ) => {
        const { signal } = session.context;
        const target = await openRun(session, command, text);
        const { github, run: latest, params, attempt_number, options, colors, followUp } = target;
        if (web) {
          await session.context.openPage(latest.html_url);
          return printLines(session, [latest.html_url]);
        }
        const requested = attempt ?? attempt_number;
        if (log || logFailed) {
          if (exitStatus && latest.status === "completed" && !isSuccess(latest))
            session.exitCode = ExitCode.runFailed;
          const { showLogs } = await import("./logs.ts");
          return showLogs(session, target, requested, { failed: logFailed ?? false });
        }
        const run =
          requested === undefined || requested === latest.run_attempt
            ? latest
            : await github.getWorkflowRunAttempt(
                { ...params, attempt_number: requested },
                { signal },
              );
        const jobs = await jobsOf(github, params, requested, signal);
        const pending = await pendingOf(github, params, run, jobs, signal);
        if (exitStatus && run.status === "completed" && !isSuccess(run)) {
          session.exitCode = ExitCode.runFailed;
        }
        const annotations = await annotationsOf(session, target, jobs, signal);
        if (options.json) {
          return printJson(session, { run, jobs, pending_deployments: pending, annotations });
        }
        const look = viewOf(session, colors);
        const next = requested === undefined ? nextStep(run, jobs, pending, followUp) : [];
        return printLines(session, [
          ...runHead(run, jobs, look),
          "",
          ...(jobs.length === 0 ? ["No jobs."] : jobLines(jobs, look, steps)),
          ...annotationLines(annotations, look),
          ...(next.length === 0 ? [] : ["", ...next]),
        ]);
      },
    );

/** Every job of an attempt, or of the latest. */
export async function jobsOf(
  github: Client,
  params: { owner: string; repo: string; run_id: number },
  attempt_number: number | undefined,
  signal: AbortSignal,
): Promise<Job[]> {
  return attempt_number === undefined
    ? paginate(github, "listJobsForWorkflowRun", params, { signal }).toArray()
    : paginate(
        github,
        "listJobsForWorkflowRunAttempt",
        { ...params, attempt_number },
        { signal },
      ).toArray();
}

/** What a waiting run's deployments wait for; no request is sent for any other run. */
export async function pendingOf(
  github: Client,
  params: { owner: string; repo: string; run_id: number },
  run: WorkflowRun,
  jobs: readonly Job[],
  signal: AbortSignal,
): Promise<PendingDeployment[]> {
  const waiting = run.status === "waiting" || jobs.some(({ status }) => status === "waiting");
  return waiting ? github.getPendingDeploymentsForRun(params, { signal }) : [];
}
