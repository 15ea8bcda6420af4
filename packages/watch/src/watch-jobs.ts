import type { CallOptions, Client, Job, WorkflowRun } from "@workflow-runs/core";
import { conditional } from "./conditional.ts";
import { jobsAreAhead } from "./jobs-ahead.ts";
import { observe, type Observation } from "./observe.ts";
import { checkArguments } from "./option-check.ts";
import {
  type BoundRunParameters,
  type RunParameters,
  type RunParametersOf,
  WATCH_OPTIONS,
  type WatchOptions,
} from "./options.ts";
import { jobKey } from "./run-state.ts";
import { runPoll } from "./watch-run.ts";

/** The part of core's client that watching a run's jobs needs: of the client, or of one of its repositories. */
export type JobsClient = Pick<Client, "getWorkflowRun" | "listJobsForWorkflowRun">;

/** The run and all its jobs at one moment. */
export interface JobsChange {
  /** The run. */
  run: WorkflowRun;
  /** Every job of the latest attempt, in GitHub's order. */
  jobs: Job[];
  /** Those whose status, conclusion or steps are not what they were in the change before; all, in the first. */
  changed: Job[];
}

const PER_PAGE = 100;

/**
 * Like `watchRun`, with the jobs: yields at each change of the run or of a job's or step's status or conclusion.
 * Each poll is one conditional request for the run and one per hundred jobs. The two fit together: when the
 * run moves between them, it is looked at again.
 *
 * @throws What `watchRun` throws.
 * @see https://docs.github.com/rest/actions/workflow-jobs#list-jobs-for-a-workflow-run
 */
export async function* watchJobs<C extends JobsClient>(
  client: C,
  params: RunParametersOf<C>,
  options: WatchOptions = {},
): AsyncGenerator<JobsChange, JobsChange, undefined> {
  checkArguments("watchJobs", params, options, WATCH_OPTIONS);
  const pollRun = runPoll(client, params);
  const pollJobs = jobsPoll(client, params);
  let lastJobs: string | undefined;
  const observations = observe(async (callOptions) => {
    // The run first: when it is completed, the jobs asked for after it are final too.
    let { run, key } = await pollRun(callOptions);
    for (;;) {
      const jobs = await pollJobs(callOptions);
      const keys = new Map(jobs.map((job) => [job.id, jobKey(job)]));
      const jobsKey = [...keys].flat().join(" ");
      // Jobs that show what they showed at the last poll cannot have overtaken a run asked for since.
      if (jobsKey !== lastJobs && jobsAreAhead(run, jobs)) {
        const shown = key;
        ({ run, key } = await pollRun(callOptions));
        if (key !== shown) continue;
      }
      lastJobs = jobsKey;
      return { run, jobs, keys, key: `${key} ${jobsKey}` };
    }
  }, options);

  let before = new Map<number, string>();
  for (;;) {
    const { done, value } = await observations.next();
    const { run, jobs, keys }: Observation & { jobs: Job[]; keys: Map<number, string> } = value;
    const changed = jobs.filter((job) => before.get(job.id) !== keys.get(job.id));
    before = keys;
    if (done === true) return { run, jobs, changed };
    yield { run, jobs, changed };
  }
}

function jobsPoll(
  client: JobsClient,
  params: BoundRunParameters,
): (options: CallOptions) => Promise<Job[]> {
  // What is left out, the client is bound to and fills in.
  const { owner, repo, run_id } = params as RunParameters;
  const pages: ReturnType<typeof jobsPage>[] = [];
  return async (options) => {
    const jobs = new Map<number, Job>();
    for (let page = 1; ; page += 1) {
      const get = (pages[page - 1] ??= jobsPage(client, { owner, repo, run_id }, page));
      const { data } = await get(options);
      for (const job of data.jobs) jobs.set(job.id, job);
      if (data.jobs.length < PER_PAGE || page * PER_PAGE >= data.total_count) break;
    }
    return [...jobs.values()];
  };
}

function jobsPage(client: JobsClient, params: RunParameters, page: number) {
  return conditional((headers, options: CallOptions) =>
    client.listJobsForWorkflowRun.withResponse(
      { ...params, per_page: PER_PAGE, page },
      { ...options, headers },
    ),
  );
}
