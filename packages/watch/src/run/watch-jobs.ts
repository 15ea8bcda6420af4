import type { CallOptions, Client, Job, WorkflowRun } from "@workflow-runs/core";
import { readJobsPages } from "@workflow-runs/core/support";
import {
  type BoundRunParameters,
  checkArguments,
  type RunParameters,
  type RunParametersOf,
  type WatchRunOptions,
  watchRunOptions,
} from "../options.ts";
import { conditional } from "../poll/conditional.ts";
import { classifyFailure } from "../poll/failure.ts";
import { defaultMaxOutage, pollUntil, settle } from "../poll/poll-until.ts";
import { isFinished, jobKey } from "../run-state.ts";
import { jobsAreAhead } from "./jobs-ahead.ts";
import { runPoll, type RunSnapshot } from "./watch-run.ts";

/** The part of core's client that watching a run's jobs needs: of the client, or of one of its repositories. */
export type RunAndJobsClient = Pick<Client, "getWorkflowRun" | "listJobsForWorkflowRun">;

/** The run and all its jobs at one moment. */
export interface JobsChange {
  /** The run. */
  run: WorkflowRun;
  /** Every job of the latest attempt, in GitHub's order. */
  jobs: Job[];
  /** Those whose status, conclusion or steps are not what they were in the change before; all, in the first. */
  changed: Job[];
  /** Why `jobs` are older than `run`: the last request for them failed with this error. Absent when both are of now. */
  jobsError?: unknown;
}

interface JobsSnapshot extends RunSnapshot {
  readonly jobs: Job[];
  readonly keys: ReadonlyMap<number, string>;
  /** All of `keys` in one. */
  readonly jobsKey: string;
}

/**
 * Like `watchRun`, with the jobs: yields at each change of the run or of a job's or step's status or conclusion.
 * Each poll is one conditional request for the run and one per hundred jobs. The two fit together: when the
 * run moves between them, it is requested again. When the jobs cannot be read, the run is reported all the same, with
 * the jobs as last read and `jobsError`; a finished run whose jobs cannot be read is waited for until `maxOutage`.
 *
 * @throws What `watchRun` throws.
 * @see https://docs.github.com/rest/actions/workflow-jobs#list-jobs-for-a-workflow-run
 */
export async function* watchJobs<C extends RunAndJobsClient>(
  client: C,
  parameters: RunParametersOf<C>,
  options: WatchRunOptions = {},
): AsyncGenerator<JobsChange, JobsChange, undefined> {
  checkArguments("watchJobs", client, parameters, options, watchRunOptions);
  const { until = isFinished, now = Date.now, maxOutage = defaultMaxOutage } = options;
  const pollRun = runPoll(client, parameters, now);
  const pollJobs = jobsPoll(client, parameters);
  let last: JobsSnapshot | undefined;
  let failingSince: number | undefined;

  const poll = async (callOptions: CallOptions): Promise<JobsSnapshot> => {
    // The run first: when it is completed, the jobs requested after it are final too.
    let look = await pollRun(callOptions);
    for (;;) {
      const read = await settle(pollJobs(callOptions));
      const failed = "error" in read ? read : undefined;
      // Without the jobs the rest of the poll goes on, unless the error will not pass.
      if (failed && classifyFailure(failed.error, now()).kind === "fatal") throw failed.error;
      const jobs = "error" in read ? (last?.jobs ?? []) : read.value;
      const keys = new Map(jobs.map((job) => [job.id, jobKey(job)]));
      const jobsKey = [...keys].flat().join(" ");
      // Jobs that show what they showed at the last poll cannot have overtaken a run requested since.
      if (failed === undefined && jobsKey !== last?.jobsKey && jobsAreAhead(look.run, jobs)) {
        const shown = look.key;
        look = await pollRun(callOptions);
        if (look.key !== shown) continue;
      }
      failingSince = failed && (failingSince ?? now());
      const key = `${look.key} ${jobsKey} ${failed === undefined}`;
      last = { ...look, jobs, keys, jobsKey, key, failed };
      return last;
    }
  };
  const ends = ({ run, failed }: JobsSnapshot): boolean =>
    until(run) && (failed === undefined || now() - failingSince! >= maxOutage);

  let before: ReadonlyMap<number, string> = new Map();
  const show = ({ run, jobs, keys, failed }: JobsSnapshot): JobsChange => {
    const changed = jobs.filter((job) => before.get(job.id) !== keys.get(job.id));
    before = keys;
    return { run, jobs, changed, ...(failed && { jobsError: failed.error }) };
  };
  return yield* pollUntil({ caller: "watchJobs", poll, ends, show }, options);
}

function jobsPoll(
  client: RunAndJobsClient,
  parameters: BoundRunParameters,
): (options: CallOptions) => Promise<Job[]> {
  // What is left out, the client is bound to and fills in.
  const { owner, repo, run_id } = parameters as RunParameters;
  const pages: ReturnType<typeof jobsPage>[] = [];
  return (options) =>
    readJobsPages((page) =>
      (pages[page - 1] ??= jobsPage(client, { owner, repo, run_id }, page))(options),
    );
}

function jobsPage(client: RunAndJobsClient, parameters: RunParameters, page: number) {
  return conditional((headers, options: CallOptions) =>
    client.listJobsForWorkflowRun.withResponse(
      { ...parameters, per_page: 100, page },
      { ...options, headers },
    ),
  );
}
