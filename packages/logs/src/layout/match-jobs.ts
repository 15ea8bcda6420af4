import { canBeNamed } from "./job-name.ts";

/** A job of the archive, by what may identify it. */
export interface ArchivedIdentity {
  /** Its name in the archive. */
  readonly name: string;
  /** The whole name, from its log. */
  readonly jobName?: string | undefined;
  /** The runner's name, from its log. */
  readonly runnerName?: string | undefined;
}

/** A job of the API, by what may identify it. */
export interface ApiIdentity {
  readonly name: string;
  readonly runner_name: string | null;
  readonly conclusion: string | null;
  readonly status: string;
}

/** Which jobs of the archive are which of the API's, as indexes into the two lists. */
export interface JobMatch {
  /** Archive → API, where only one pairing is possible. */
  readonly pairs: ReadonlyMap<number, number>;
  /** Jobs of the archive for which several jobs of the API remain possible, with those. */
  readonly ambiguous: ReadonlyMap<number, readonly number[]>;
}

/**
 * Pairs the jobs of an archive with the API's by name, and where names do not decide by the whole name and the
 * runner in the log. What remains possible in two ways is left open: it is never guessed.
 */
export function matchJobs(
  archived: readonly ArchivedIdentity[],
  api: readonly ApiIdentity[],
): JobMatch {
  const candidates = new Map(
    archived.map((job, index) => [
      index,
      api.flatMap((other, at) => (possible(job, other) ? [at] : [])),
    ]),
  );
  const pairs = new Map<number, number>();
  for (let changed = true; changed;) {
    changed = false;
    for (const [index, options] of candidates) {
      const [only, ...others] = options;
      if (only === undefined || others.length > 0) continue;
      const rivals = [...candidates].filter(([, list]) => list.length === 1 && list[0] === only);
      if (rivals.length > 1) {
        // Two logs for one job: the one that knows its name and runner has it, if it is alone in that.
        const sure = rivals.filter(([rival]) => identified(archived[rival], api[only]));
        if (sure.length !== 1 || sure[0]?.[0] !== index) continue;
      }
      pairs.set(index, only);
      candidates.delete(index);
      for (const [rival, list] of candidates)
        candidates.set(
          rival,
          list.filter((at) => at !== only),
        );
      changed = true;
      break;
    }
  }
  return { pairs, ambiguous: new Map([...candidates].filter(([, list]) => list.length > 0)) };
}

function possible({ name, jobName, runnerName }: ArchivedIdentity, other: ApiIdentity): boolean {
  if (other.conclusion === "skipped") return false;
  if (jobName !== undefined ? jobName !== other.name : !canBeNamed(name, other.name)) return false;
  return runnerName === undefined || !other.runner_name || runnerName === other.runner_name;
}

function identified(job: ArchivedIdentity | undefined, other: ApiIdentity | undefined): boolean {
  return (
    job?.jobName !== undefined &&
    job.jobName === other?.name &&
    job.runnerName !== undefined &&
    job.runnerName === other.runner_name
  );
}
