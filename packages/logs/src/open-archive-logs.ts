import type { Job } from "@workflow-runs/core";
import { createCursors } from "./cursors.ts";
import { failuresOf } from "./reasons/failures.ts";
import { jobLog, type Readable, scanHead, scanLog } from "./job-log.ts";
import { type ArchivedJob, archiveLayout } from "./layout/archive-layout.ts";
import { entryRole } from "./layout/entry-role.ts";
import type { JobScan } from "./steps/job-scan.ts";
import { type ArchivedIdentity, matchJobs } from "./layout/match-jobs.ts";
import type { JobLog, LogEntry, RunLogs } from "./model.ts";
import { textOf } from "./text.ts";
import { type ByteSource, memorySource } from "./zip/byte-source.ts";
import type { Engine } from "./zip/engine.ts";
import type { Limits } from "./zip/limits.ts";
import { type ArchiveEntry, openArchive } from "./zip/random-archive.ts";

/** How an archive is read. */
export interface Reading {
  readonly engine: Engine;
  readonly limits: Limits;
  /** Whether to split job logs into steps without the API; default true. */
  readonly split?: boolean | undefined;
}

/** Opens an archive and puts its entries to jobs; with the API's jobs, when they are known. */
export async function openArchiveLogs(
  source: ByteSource,
  reading: Reading,
  api?: { jobs: readonly Job[]; fetchLog: (job: Job) => Readable },
): Promise<RunLogs> {
  const entries = await openArchive(source, reading.engine, reading.limits);
  const bytes = new Map(entries.map((entry) => [entry.path, () => entry.bytes()]));
  const layout = archiveLayout(entries.map(({ path }) => path));
  const cursors = createCursors();
  const scans = new Map<ArchivedJob, JobScan>();
  const read = (path: string) => bytes.get(path) as Readable;
  const strategies = new Set(layout.strategies);
  // Without the API and without step files, only the whole log knows the steps.
  if (!api && reading.split !== false)
    for (const job of layout.jobs)
      if (job.log && !job.folder?.steps.length)
        scans.set(job, await scanLog(read(job.log), reading.limits));
  const matched = api && (await match(layout.jobs, api.jobs, read, reading.limits));
  for (const [job, scan] of matched?.heads ?? scans)
    if (scan.strategy && job.log) strategies.add(job.log);
  const archived = layout.jobs.filter(({ log }) => log === undefined || !strategies.has(log));

  const owners = new Map<ArchivedJob, JobLog>();
  const reasons = new Map<ArchivedJob, string>();
  const make = (job: ArchivedJob, match?: Job) => {
    const made = jobLog({
      name: match?.name ?? scans.get(job)?.jobName ?? job.name,
      api: match,
      origin: "archive",
      log: job.log === undefined ? undefined : read(job.log),
      files: (job.folder?.steps ?? []).map((file) =>
        Object.assign({ bytes: read(file.path) }, file),
      ),
      scan: scans.get(job),
      limits: reading.limits,
      cursors,
    });
    owners.set(job, made);
    return made;
  };

  let jobs: JobLog[];
  if (api && matched) {
    for (const [job, options] of matched.ambiguous)
      reasons.set(
        job,
        `it could be the log of ${options.map(({ id }) => `job ${id}`).join(" or ")}`,
      );
    const found = new Map([...matched.pairs].map(([own, job]) => [job, own]));
    jobs = api.jobs.map((job) => {
      const own = found.get(job);
      if (own) return make(own, job);
      const ran = hasRun(job);
      return jobLog({
        name: job.name,
        api: job,
        origin: ran ? "job-log" : "none",
        log: ran ? api.fetchLog(job) : undefined,
        files: [],
        scan: undefined,
        limits: reading.limits,
        cursors,
      });
    });
    for (const job of archived)
      if (!owners.has(job) && !reasons.has(job))
        reasons.set(job, "the API has no job of this name that ran in this attempt");
  } else {
    jobs = archived.map((job) => make(job));
  }

  return {
    jobs,
    entries: entries.map((entry) => logEntry(entry, reading, placeOf(entry.path))),
    failures: (options) => failuresOf(jobs, options),
    close: async () => source.close?.(),
    [Symbol.asyncDispose]: async () => source.close?.(),
  };

  function placeOf(path: string): Pick<LogEntry, "role" | "job" | "unplaced"> {
    const { role } = entryRole(path);
    if (strategies.has(path)) return { role: "strategy", job: undefined, unplaced: undefined };
    if (role !== "job" && role !== "step" && role !== "system")
      return { role, job: undefined, unplaced: undefined };
    const owner = archived.find(
      ({ log, folder }) =>
        log === path || folder?.system === path || folder?.steps.some((file) => file.path === path),
    );
    const job = owner && owners.get(owner);
    return {
      role,
      job,
      unplaced: job
        ? undefined
        : ((owner && reasons.get(owner)) ?? "several jobs have the name of its folder"),
    };
  }
}

interface Matched {
  readonly pairs: ReadonlyMap<ArchivedJob, Job>;
  readonly ambiguous: ReadonlyMap<ArchivedJob, readonly Job[]>;
  /** What was read of logs whose names did not decide. */
  readonly heads: ReadonlyMap<ArchivedJob, JobScan>;
}

/** Whether a job that has ended was begun. One that was cancelled while it waited for a runner has times all the same. */
function hasRun({ conclusion, started_at, steps }: Job): boolean {
  if (conclusion === "cancelled" && steps?.length === 0) return false;
  return conclusion !== "skipped" && started_at !== null;
}

/** Pairs by names; only where these leave a choice, or find nothing, are the logs' first lines read. */
async function match(
  archived: readonly ArchivedJob[],
  jobs: readonly Job[],
  read: (path: string) => Readable,
  limits: Limits,
): Promise<Matched> {
  const byName = matchJobs(archived, jobs);
  const heads = new Map<ArchivedJob, JobScan>();
  const identities = new Map<ArchivedJob, ArchivedIdentity>();
  for (const [index, job] of archived.entries()) {
    if (byName.pairs.has(index)) {
      identities.set(job, { name: job.name });
      continue;
    }
    const log = job.log ?? job.folder?.steps[0]?.path;
    const own = log === undefined ? undefined : (await scanHead(read(log), limits)).end();
    const system = job.folder?.system && (await scanHead(read(job.folder.system), limits)).head;
    if (own) heads.set(job, own);
    if (own?.strategy) continue;
    identities.set(job, {
      name: job.name,
      jobName: own?.jobName,
      runnerName: own?.runnerName ?? (system ? system.runnerName : undefined),
    });
  }
  const { pairs, ambiguous } = matchJobs([...identities.values()], jobs);
  const known = [...identities.keys()];
  const archivedAt = (index: number) => known[index] as ArchivedJob;
  const jobAt = (index: number) => jobs[index] as Job;
  return {
    heads,
    pairs: new Map([...pairs].map(([index, at]) => [archivedAt(index), jobAt(at)])),
    ambiguous: new Map(
      [...ambiguous].map(([index, list]) => [archivedAt(index), list.map((at) => jobAt(at))]),
    ),
  };
}

function logEntry(
  entry: ArchiveEntry,
  reading: Reading,
  place: Pick<LogEntry, "role" | "job" | "unplaced">,
): LogEntry {
  const bytes = () => entry.bytes();
  return {
    path: entry.path,
    size: entry.size,
    compressedSize: entry.compressedSize,
    ...place,
    bytes,
    text: () => textOf(bytes, reading.limits),
    async open() {
      const parts: Uint8Array[] = [];
      for await (const part of bytes()) parts.push(part);
      const inner = await openArchive(memorySource(parts), reading.engine, reading.limits);
      return inner.map((each) =>
        logEntry(each, reading, { role: "other", job: undefined, unplaced: undefined }),
      );
    },
  };
}
