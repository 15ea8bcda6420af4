import type { Job } from "@workflow-runs/core";
import { scanHead, scanLog } from "../job-log.ts";
import type { Readable } from "../readable.ts";
import { type ArchivedJob, archiveLayout } from "../layout/archive-layout.ts";
import { type ArchivedIdentity, matchJobs } from "../layout/match-jobs.ts";
import type { JobScan, JobScanner } from "../steps/job-scan.ts";
import { CorruptArchiveError } from "../zip/errors.ts";
import type { Limits } from "../zip/limits.ts";

/** Which jobs an archive holds, and which of the API's they are. */
export interface Assignment {
  /** The jobs of the archive, in its order, without GitHub's notes on the strategy. */
  readonly jobs: readonly ArchivedJob[];
  /** Paths of the notes on the strategy. */
  readonly strategies: ReadonlySet<string>;
  /** The API's job of a job of the archive, where no other is possible. */
  readonly pairs: ReadonlyMap<ArchivedJob, Job>;
  /** Why a job of the archive belongs to none of the API's. */
  readonly unplaced: ReadonlyMap<ArchivedJob, string>;
  /** What was read of whole logs. */
  readonly scans: ReadonlyMap<ArchivedJob, JobScan>;
}

/** How an archive's logs are reached. */
export interface AssignOptions {
  readonly read: (path: string) => Readable;
  readonly limits: Limits;
  /** The API's jobs, when they are known. */
  readonly api: readonly Job[] | undefined;
  /** Without the API: whether the whole logs are read for their steps. */
  readonly split: boolean;
  /** Whether an entry that is damaged says nothing, and its job's own reader learns of it. */
  readonly damaged: boolean;
}

/** Sorts an archive's entries into jobs, and puts these to the API's. */
export async function assignJobs(
  paths: readonly string[],
  options: AssignOptions,
): Promise<Assignment> {
  const layout = archiveLayout(paths);
  if (options.api) return matched(layout, options.api, options);
  const scans = new Map<ArchivedJob, JobScan>();
  // Without the API and without step files, only the whole log knows the steps.
  if (options.split)
    for (const job of layout.jobs)
      if (job.log && !job.folder?.steps.length)
        await ifWhole(options, job.log, async (log) => {
          scans.set(job, await scanLog(log, options.limits));
        });
  const strategies = new Set([...layout.strategies, ...notes(scans)]);
  return {
    jobs: withoutNotes(layout.jobs, strategies),
    strategies,
    pairs: new Map(),
    unplaced: new Map(),
    scans,
  };
}

/** Pairs by names; only where these leave a choice, or find nothing, are the logs' first lines read. */
async function matched(
  layout: ReturnType<typeof archiveLayout>,
  api: readonly Job[],
  options: AssignOptions,
): Promise<Assignment> {
  const headOf = async (path: string | undefined) => {
    let head: JobScanner["head"] | undefined;
    if (path !== undefined)
      await ifWhole(options, path, async (log) => {
        ({ head } = await scanHead(log, options.limits));
      });
    return head;
  };
  const byName = matchJobs(layout.jobs, api);
  const heads = new Map<ArchivedJob, Pick<JobScan, "strategy">>();
  const identities = new Map<ArchivedJob, ArchivedIdentity>();
  for (const [index, job] of layout.jobs.entries()) {
    if (byName.pairs.has(index)) {
      identities.set(job, { name: job.name });
      continue;
    }
    const log = job.log ?? job.folder?.steps[0]?.path;
    const head = await headOf(log);
    const system = await headOf(job.folder?.system);
    if (head) heads.set(job, head);
    if (head?.strategy) continue;
    identities.set(job, {
      name: job.name,
      jobName: head?.jobName,
      runnerName: head?.runnerName ?? (system ? system.runnerName : undefined),
    });
  }
  const { pairs, ambiguous } = matchJobs([...identities.values()], api);
  const known = [...identities.keys()];
  const strategies = new Set([...layout.strategies, ...notes(heads)]);
  const jobs = withoutNotes(layout.jobs, strategies);
  const paired = new Map(
    [...pairs].map(([index, at]) => [known[index] as ArchivedJob, api[at] as Job]),
  );
  const unplaced = new Map<ArchivedJob, string>();
  for (const job of jobs)
    if (!paired.has(job)) {
      const candidates = ambiguous.get(known.indexOf(job)) ?? [];
      unplaced.set(
        job,
        candidates.length > 0
          ? `it could be the log of ${candidates.map((at) => `job ${api[at]?.id}`).join(" or ")}`
          : "the API has no job of this name that ran in this attempt",
      );
    }
  return { jobs, strategies, pairs: paired, unplaced, scans: new Map() };
}

/** Reads a log for what it says of itself, if it can be read. */
async function ifWhole(
  { read, damaged }: AssignOptions,
  path: string,
  use: (log: Readable) => Promise<void>,
): Promise<void> {
  try {
    await use(read(path));
  } catch (error) {
    if (!damaged || !(error instanceof CorruptArchiveError)) throw error;
  }
}

function notes(scans: ReadonlyMap<ArchivedJob, Pick<JobScan, "strategy">>): string[] {
  return [...scans].flatMap(([{ log }, { strategy }]) => (strategy && log ? [log] : []));
}

function withoutNotes(
  jobs: readonly ArchivedJob[],
  strategies: ReadonlySet<string>,
): readonly ArchivedJob[] {
  return jobs.filter(({ log }) => log === undefined || !strategies.has(log));
}
