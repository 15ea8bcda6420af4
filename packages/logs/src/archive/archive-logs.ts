import type { Job } from "@workflow-runs/core";
import { createCursors } from "../cursors.ts";
import { encodingOf } from "../at-hand-text.ts";
import { isDump, jobsOfDump } from "../dump.ts";
import { jobLog } from "../job-log.ts";
import type { Readable } from "../readable.ts";
import type { ArchivedJob } from "../layout/archive-layout.ts";
import { entryRole } from "../layout/entry-role.ts";
import { knownMissing, type LogState, type MissingLogRetry, ownLog } from "../missing-log.ts";
import type { JobLog, LogEntry, RunLogs } from "../model.ts";
import { failuresOf } from "../reasons/failures.ts";
import { textOf } from "../text.ts";
import { type ByteSource, memorySource, readAll } from "../zip/byte-source.ts";
import type { Engine } from "../zip/engine.ts";
import type { Limits } from "../zip/limits.ts";
import { type ArchiveEntry, openArchive } from "../zip/random-archive.ts";
import { type Assignment, assignJobs } from "./assign-jobs.ts";
import { createKeeper, type UnpackedEntries } from "./kept-logs.ts";
import { logOrOwn } from "./log-or-own.ts";

/** How an archive is read. */
export interface ReadSettings {
  readonly engine: Engine;
  readonly limits: Limits;
  /** Whether to split job logs into steps without the API. @default true */
  readonly split?: boolean | undefined;
  /** Whether a damaged entry is left to who reads it, so that it hides no other job's. @default true */
  readonly damaged?: boolean | undefined;
}

/** The API's jobs of a run, and how their own logs are fetched. */
export interface ApiJobs {
  readonly jobs: readonly Job[];
  readonly fetchLog: (job: Job) => Readable;
  readonly retry: MissingLogRetry;
}

/** Opens an archive and puts its entries to jobs; with the API's jobs, when they are known. */
export async function openArchiveLogs(
  source: ByteSource,
  settings: ReadSettings,
  api?: ApiJobs,
  unpacked?: UnpackedEntries,
): Promise<RunLogs> {
  const entries = await openArchive(source, settings.engine, settings.limits);
  return logsOfEntries(entries, settings, { api, unpacked, close: async () => source.close?.() });
}

/** Opens an archive that is at hand, or what `gh run view --log` printed. */
export async function openAtHand(source: ByteSource, settings: ReadSettings): Promise<RunLogs> {
  const head = await readAll(source, 0, Math.min(source.size, 4096));
  const encoding = encodingOf(head);
  if (!isDump(new TextDecoder(encoding).decode(head))) return openArchiveLogs(source, settings);
  const text = await textOf(() => source.bytes(0, source.size), settings.limits, encoding);
  await source.close?.();
  return runLogs({ jobs: await jobsOfDump(text, settings.limits) });
}

/** A file of an archive, or of a folder. */
type Entry = Omit<ArchiveEntry, "crc32">;

/** Puts entries to jobs, of an archive or of a folder that holds what was in one. */
export async function logsOfEntries(
  entries: readonly Entry[],
  settings: ReadSettings,
  {
    api,
    unpacked,
    close = async () => {},
  }: {
    api?: ApiJobs | undefined;
    unpacked?: UnpackedEntries | undefined;
    close?: () => Promise<void>;
  } = {},
): Promise<RunLogs> {
  const { limits, split = true, damaged = true } = settings;
  const keep = createKeeper(entries.reduce((total, { size }) => total + size, 0));
  const readers = new Map<string, Readable>();
  // A loop: a callback that names `unpacked` would keep all of it alive as long as the readers.
  for (const entry of entries)
    readers.set(
      entry.path,
      keep(entry.size, () => entry.bytes(), unpacked?.get(entry.path)),
    );
  const read = (path: string) => readers.get(path) as Readable;
  const assignment = await assignJobs([...readers.keys()], {
    read,
    limits,
    api: api?.jobs,
    split,
    damaged,
  });
  const { jobs, owners } = jobsOf(assignment, { read, limits, api });
  const ownerOf = ownersOf(assignment, owners);
  return runLogs({
    jobs,
    entries: entries.map((entry) => logEntry(entry, settings, ownerOf(entry.path))),
    close,
  });
}

/** The logs of a run without an archive: none of its jobs has a log, and each says why. */
export function logsWithoutArchive(limits: Limits, api: ApiJobs): RunLogs {
  const nothing: Assignment = {
    jobs: [],
    strategies: new Set(),
    pairs: new Map(),
    unplaced: new Map(),
    scans: new Map(),
  };
  const { jobs } = jobsOf(nothing, { read: () => async function* () {}, limits, api });
  return runLogs({ jobs });
}

/** The logs of a run from its parts. */
export function runLogs({
  jobs,
  entries = [],
  close = async () => {},
}: Pick<RunLogs, "jobs"> & Partial<Pick<RunLogs, "entries" | "close">>): RunLogs {
  const failures: RunLogs["failures"] = (options) => failuresOf(jobs, options);
  return { jobs, entries, failures, close, [Symbol.asyncDispose]: close };
}

/** The jobs, in the API's order if it is known, and which of them each job of the archive is. */
function jobsOf(
  { jobs: archived, pairs, scans }: Assignment,
  {
    read,
    limits,
    api,
  }: { read: (path: string) => Readable; limits: Limits; api: ApiJobs | undefined },
): { readonly jobs: readonly JobLog[]; readonly owners: ReadonlyMap<ArchivedJob, JobLog> } {
  const cursors = createCursors();
  const owners = new Map<ArchivedJob, JobLog>();
  const orOwn = (archived: Readable, job: Job | undefined, state: LogState): Readable =>
    api && job
      ? logOrOwn(archived, api.fetchLog(job), { state, signal: api.retry.signal })
      : archived;
  const ofArchive = (own: ArchivedJob, job: Job | undefined): JobLog => {
    const scan = scans.get(own);
    const state: LogState = { origin: "archive", missing: undefined };
    const archived = own.log === undefined ? undefined : read(own.log);
    const made = jobLog({
      name: job?.name ?? scan?.jobName ?? own.name,
      api: job,
      state,
      log: archived && orOwn(archived, job, state),
      files: (own.folder?.steps ?? []).map(({ number, name, path }) => ({
        number,
        name,
        path,
        bytes: read(path),
      })),
      scan,
      limits,
      cursors,
    });
    owners.set(own, made);
    return made;
  };
  const alone = (job: Job, { fetchLog, retry }: ApiJobs): JobLog => {
    const never: { log?: Readable; state: LogState } | undefined =
      knownMissing(job) === "never-began"
        ? { state: { origin: "none", missing: "never-began" } }
        : undefined;
    const { log, state } = never ?? ownLog(fetchLog(job), job, retry);
    const parts = { scan: undefined, files: [], limits, cursors };
    return jobLog({ name: job.name, api: job, state, log, ...parts });
  };
  if (!api) return { jobs: archived.map((own) => ofArchive(own, undefined)), owners };
  const found = new Map([...pairs].map(([own, job]) => [job, own]));
  const jobs = api.jobs.map((job) => {
    const own = found.get(job);
    return own ? ofArchive(own, job) : alone(job, api);
  });
  return { jobs, owners };
}

type EntryOwner = Pick<LogEntry, "role" | "job" | "unplaced">;

/** What each entry of the archive is, and whose. */
function ownersOf(
  { jobs, strategies, unplaced }: Assignment,
  owners: ReadonlyMap<ArchivedJob, JobLog>,
): (path: string) => EntryOwner {
  const byPath = new Map<string, ArchivedJob>();
  for (const job of jobs)
    for (const path of [
      job.log,
      job.folder?.system,
      ...(job.folder?.steps ?? []).map((s) => s.path),
    ])
      if (path !== undefined) byPath.set(path, job);
  return (path) => {
    const { role } = entryRole(path);
    if (strategies.has(path)) return { role: "strategy", job: undefined, unplaced: undefined };
    if (role !== "job" && role !== "step" && role !== "system")
      return { role, job: undefined, unplaced: undefined };
    const owner = byPath.get(path);
    const job = owner && owners.get(owner);
    const reason = owner && unplaced.get(owner);
    return {
      role,
      job,
      unplaced: job ? undefined : (reason ?? "several jobs have the name of its folder"),
    };
  };
}

function logEntry(entry: Entry, settings: ReadSettings, owner: EntryOwner): LogEntry {
  const bytes = () => entry.bytes();
  return {
    path: entry.path,
    size: entry.size,
    compressedSize: entry.compressedSize,
    ...owner,
    bytes,
    text: () => textOf(bytes, settings.limits),
    async open() {
      const parts: Uint8Array[] = [];
      for await (const part of bytes()) parts.push(part);
      const inner = await openArchive(memorySource(parts), settings.engine, settings.limits);
      return inner.map((each) =>
        logEntry(each, settings, { role: "other", job: undefined, unplaced: undefined }),
      );
    },
  };
}
