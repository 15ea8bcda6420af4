import type { Client } from "@workflow-runs/core";
import { note, printJson, printSentence } from "../print.ts";
import { runLabel } from "../render/run-title.ts";
import { UsageError } from "../stop-reasons.ts";
import { plain } from "../terminal/plain.ts";
import { type CommandFactory, runDescription, withExamples } from "./command.ts";
import { mayChange, openRun } from "./open-run.ts";
import { jobsOf } from "./view.ts";
import { watchAttempt } from "./watch.ts";

interface Options {
  failed?: boolean;
  job?: string;
  debugLogging?: boolean;
  watch?: boolean;
  yes?: boolean;
}

/** `rerun`: all jobs again, or those that failed, or one. */
export const rerun: CommandFactory = (command, session) =>
  withExamples(command, [
    ["rerun 42 --failed --watch", "the failed jobs, and watch"],
    ["rerun failed --job test", "one job of the run of HEAD that failed, after a question"],
  ])
    .argument("[run]", runDescription)
    .option("--failed", "only the jobs that failed, and those that need them")
    .option("-j, --job <id or name>", "only this job, and those that need it")
    .option("-d, --debug-logging", "with debug logging of runner and steps")
    .option("--watch", "watch the new attempt to its end")
    .option("-y, --yes", "do not ask")
    .action(async (text: string | undefined, flags: Options, command) => {
      if (flags.failed && flags.job !== undefined) {
        throw new UsageError("--failed and --job cannot be used together; leave one out.");
      }
      const { signal } = session.context;
      const target = await openRun(session, command, text, { changes: true });
      const { github, run, params, options, owner, repo, followUp } = target;
      const jobText = flags.job ?? target.job_id?.toString();
      const which = flags.failed
        ? "the failed jobs of {}"
        : jobText
          ? `the job ${jobText} of {}`
          : "{}";
      if (!(await mayChange(session, target, `Re-run ${which}`, flags.yes ?? false))) return;
      const body = flags.debugLogging ? { enable_debug_logging: true } : {};
      let what = "all jobs";
      let job_id: number | undefined;
      if (flags.failed) {
        what = "the failed jobs";
        await github.reRunWorkflowFailedJobs({ ...params, ...body }, { signal });
      } else if (jobText === undefined) {
        await github.reRunWorkflow({ ...params, ...body }, { signal });
      } else {
        const job = await findJob(github, params, jobText, signal);
        what = `the job ${plain(job.name)}`;
        job_id = job.id;
        await github.reRunJobForWorkflowRun({ owner, repo, job_id, ...body }, { signal });
      }
      const attempt = (run.run_attempt ?? 1) + 1;
      const said = `Re-running ${what} of run ${run.id}, ${runLabel(run)}, as attempt ${attempt}.`;
      if (flags.watch) {
        await note(session, said);
        return watchAttempt(session, target, attempt, {});
      }
      if (options.json) {
        return printJson(session, {
          run_id: run.id,
          run_attempt: attempt,
          ...(job_id !== undefined && { job_id }),
        });
      }
      return printSentence(session, said, `Follow it: ${followUp(`watch ${run.id}`)}`);
    });

/** The job with this id, or the only one with this name. */
async function findJob(
  github: Client,
  params: { owner: string; repo: string; run_id: number },
  text: string,
  signal: AbortSignal,
): Promise<{ id: number; name: string }> {
  const jobs = await jobsOf(github, params, undefined, signal);
  const found = jobs.filter(({ id, name }) => String(id) === text || name === text);
  const [job] = found;
  if (job !== undefined && found.length === 1) return job;
  const list = (found.length > 1 ? found : jobs).map(({ id, name }) => `${plain(name)} (${id})`);
  throw new UsageError(
    found.length > 1
      ? `The run has ${found.length} jobs called ${JSON.stringify(text)}; give an id: ${list.join(", ")}.`
      : `The run has no job ${JSON.stringify(text)}; it has ${list.join(", ") || "none"}.`,
  );
}
