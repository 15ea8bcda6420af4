import type { Job } from "@workflow-runs/core";
import { runLogs } from "./archive/archive-logs.ts";
import type { JobLog, RunLogs } from "./model.ts";

/** How the attempts of a run are reached. */
export interface Attempts {
  /** The number of the attempt that is open. */
  readonly latest: number;
  readonly listJobs: (attempt: number) => Promise<Job[]>;
  readonly open: (attempt: number, jobs: Job[]) => Promise<RunLogs | undefined>;
}

/**
 * Adds from earlier attempts the jobs that a re-run left out: `Re-run failed jobs` runs some of the jobs again, and
 * only those are in its archive.
 *
 * @see https://docs.github.com/en/actions/how-tos/manage-workflow-runs/re-run-workflows-and-jobs
 */
export async function withEarlierAttempts(
  opened: RunLogs,
  { latest, listJobs, open }: Attempts,
): Promise<RunLogs> {
  const all = [opened];
  const jobs = [...opened.jobs];
  for (let attempt = latest - 1; attempt >= 1; attempt--) {
    const listed = await listJobs(attempt);
    const absent = listed.filter(({ name }) => !jobs.some((job) => job.name === name));
    if (absent.length === 0 && !jobs.some((job) => isLeftOut(job))) continue;
    const earlier = await open(attempt, listed);
    if (!earlier) continue;
    all.push(earlier);
    for (const [index, job] of jobs.entries()) {
      const same = isLeftOut(job) && sameJob(job, jobs, earlier.jobs);
      if (same) jobs[index] = same;
    }
    jobs.push(...earlier.jobs.filter(({ api }) => absent.some(({ id }) => id === api?.id)));
  }
  const close = async (): Promise<void> => {
    for (const logs of all) await logs.close();
  };
  return runLogs({ jobs, entries: all.flatMap(({ entries }) => entries), close });
}

function isLeftOut({ origin, missing }: JobLog): boolean {
  return origin === "job-log" || (missing !== undefined && missing !== "never-began");
}

/**
 * The job's log in an earlier attempt. A job that did not run again is listed with a new id and its old times; so it
 * is the one of that id, of that name and start, or of a name that only one job has.
 */
function sameJob(
  job: JobLog,
  now: readonly JobLog[],
  earlier: readonly JobLog[],
): JobLog | undefined {
  const named = earlier.filter(({ origin, name }) => origin === "archive" && name === job.name);
  const byId = named.find(({ api }) => api?.id === job.api?.id);
  if (byId) return byId;
  const atOnce = named.filter(({ api }) => api?.started_at === job.api?.started_at);
  if (atOnce.length === 1) return atOnce[0];
  const alone = now.filter(({ name }) => name === job.name).length === 1;
  return alone && named.length === 1 ? named[0] : undefined;
}
