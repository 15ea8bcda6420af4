import type { Job } from "@workflow-runs/core";
import type { StepFile } from "./layout/archive-layout.ts";
import { type JobScan, JobScanner } from "./steps/job-scan.ts";
import { stepsOfApi } from "./steps/steps-of-api.ts";
import { stepsOfLog } from "./steps/steps-of-log.ts";
import { grepLines, lastLines } from "./lines/find-lines.ts";
import { linesOf, type Piece } from "./lines/line-stream.ts";
import type { Cursors } from "./cursors.ts";
import { wholeLines } from "./lines/whole-lines.ts";
import type { LogState } from "./missing-log.ts";
import type { JobLog, StepLog } from "./model.ts";
import { type Readable, readWhole } from "./readable.ts";
import { textOf } from "./text.ts";
import { slowestOf, treeOf } from "./tree.ts";
import { CorruptArchiveError } from "./zip/errors.ts";
import type { Limits } from "./zip/limits.ts";

/** What the log of a job is made of. */
export interface JobParts {
  readonly name: string;
  readonly api: Job | undefined;
  /** Where the log is read from; may change while it is read. */
  readonly state: Readonly<LogState>;
  /** The whole log. */
  readonly log: Readable | undefined;
  /** The log of each step, where the archive has them. */
  readonly files: readonly (StepFile & { bytes: Readable })[];
  /** What is known of the whole log already. */
  readonly scan: JobScan | undefined;
  readonly limits: Limits;
  readonly cursors: Cursors;
}

interface StepParts {
  number: number;
  name: string;
  api: NonNullable<Job["steps"]>[number] | undefined;
}

/** Makes the log of a job from its parts. Nothing is read until it is iterated. */
export function jobLog(parts: JobParts): JobLog {
  const { api, files, log, limits, cursors } = parts;
  const known = stepsOf(parts);
  const steps: StepLog[] = [];
  let located: Promise<readonly (Extent | undefined)[]> | undefined;
  // What could not be read is looked for again by who reads again.
  const extents = () =>
    (located ??= locate(parts, known).catch((error: unknown) => {
      located = undefined;
      throw error;
    }));

  /** Whether a step's file is whole, by the step's number. */
  const whole = new Map<number, boolean>();
  const stepOfLog = async function* (index: number): AsyncGenerator<Uint8Array, void, undefined> {
    if (!log) return;
    const extent = (await extents())[index];
    if (extent) yield* cursors.slice(log, extent.start, extent.end);
  };
  const stepBytes = async function* (index: number): AsyncGenerator<Uint8Array, void, undefined> {
    if (files.length === 0) {
      yield* stepOfLog(index);
      return;
    }
    const { number } = known[index] as StepParts;
    const file = files.find((candidate) => candidate.number === number);
    if (!file) return;
    // The job's whole log has the step too; with the API's times it is found there. Which one is read is known before
    // a line is given.
    if (api && log && !whole.has(number)) whole.set(number, await isWhole(file.bytes));
    yield* whole.get(number) === false ? stepOfLog(index) : file.bytes();
  };
  const jobPieces = async function* (): AsyncGenerator<Piece<StepLog>, void, undefined> {
    if (log && files.length === 0) {
      // To look for its steps is to read all of it: of one that is damaged, nothing is yielded.
      const isSearched = steps.length > 0 || (api && parts.state.origin === "archive");
      yield* stepwise(log(), isSearched ? await extents() : [], steps);
      return;
    }
    if (log) {
      // The step files lack what the service wrote before the runner took over. All of the log is read for it: that it is
      // damaged shows at its end.
      const { markers } = parts.scan ?? (await scanWhole(log, limits));
      const first = stepsOfLog(markers)[0]?.marker.offset ?? 0;
      for await (const bytes of cursors.slice(log, 0, first)) yield { bytes, step: undefined };
    }
    for (const [index, step] of steps.entries())
      for await (const bytes of stepBytes(index)) yield { bytes, step };
  };
  const wholeLog =
    log ??
    async function* () {
      for (const index of steps.keys()) yield* stepBytes(index);
    };

  const job: JobLog = {
    name: parts.name,
    attempt: api?.run_attempt,
    conclusion: api?.conclusion,
    api,
    get origin() {
      return parts.state.origin;
    },
    get missing() {
      return parts.state.missing;
    },
    steps,
    lines: (options) => linesOf(job, jobPieces, limits.lineLength, options),
    grep: (pattern, options) => grepLines(job, pattern, options),
    tail: (count, options) => lastLines(job, count, options),
    tree: () => treeOf(job),
    slowest: (count = 10) => slowestOf(job, count),
    text: () => readWhole(() => textOf(wholeLog, limits)),
  };
  for (const [index, { number, name, api }] of known.entries()) {
    const pieces = async function* (): AsyncGenerator<Piece<StepLog>, void, undefined> {
      for await (const bytes of stepBytes(index)) yield { bytes, step };
    };
    const step: StepLog = {
      number,
      name,
      status: api?.status,
      conclusion: api?.conclusion,
      startedAt: timeOf(api?.started_at),
      completedAt: timeOf(api?.completed_at),
      job,
      lines: (options) => linesOf(job, pieces, limits.lineLength, options),
      grep: (pattern, options) => grepLines(step, pattern, options),
      tail: (count, options) => lastLines(step, count, options),
      text: () => readWhole(() => textOf(() => stepBytes(index), limits)),
    };
    steps.push(step);
  }
  return job;
}

/** Reads all of a log to see whether it is damaged. */
async function isWhole(log: Readable): Promise<boolean> {
  try {
    // oxlint-disable-next-line no-unused-vars
    for await (const _ of log());
    return true;
  } catch (error) {
    if (error instanceof CorruptArchiveError) return false;
    throw error;
  }
}

function stepsOf({ api, files, scan }: JobParts): StepParts[] {
  if (api?.steps && api.steps.length > 0)
    return api.steps.map((step) => ({ number: step.number, name: step.name, api: step }));
  if (files.length > 0) return files.map(({ number, name }) => ({ number, name, api: undefined }));
  return stepsOfLog(scan?.markers ?? []).map(({ name }, index) => ({
    number: index + 1,
    name,
    api: undefined,
  }));
}

/** Where a step stands in the whole log. */
interface Extent {
  readonly start: number;
  /** Where the next one starts. */
  readonly end: number;
}

/** Each step's place in the whole log, by where they start; undefined for one that wrote nothing. */
function extentsOf(starts: readonly (number | undefined)[]): readonly (Extent | undefined)[] {
  const sorted = starts.filter((start) => start !== undefined).toSorted((a, b) => a - b);
  const ends = new Map(sorted.map((start, at) => [start, sorted[at + 1] ?? Infinity]));
  return starts.map((start) =>
    start === undefined ? undefined : { start, end: ends.get(start) ?? Infinity },
  );
}

/** Where in the whole log each step stands. */
async function locate(
  parts: JobParts,
  known: readonly StepParts[],
): Promise<readonly (Extent | undefined)[]> {
  const scan = parts.scan ?? (parts.log && (await scanWhole(parts.log, parts.limits)));
  if (!scan) return known.map(() => undefined);
  const steps = known.flatMap(({ api }) => api ?? []);
  return extentsOf(
    steps.length > 0
      ? stepsOfApi(scan, steps).map((start) => start?.offset)
      : stepsOfLog(scan.markers).map(({ marker }) => marker.offset),
  );
}

/** A whole log cut where its steps start, in one pass. */
async function* stepwise(
  log: AsyncIterable<Uint8Array>,
  extents: readonly (Extent | undefined)[],
  steps: readonly StepLog[],
): AsyncGenerator<Piece<StepLog>, void, undefined> {
  const first = new Map<number, { step: StepLog | undefined; end: number }>();
  for (const [index, extent] of extents.entries())
    if (extent && !first.has(extent.start))
      first.set(extent.start, { step: steps[index], end: extent.end });
  let position = 0;
  let step: StepLog | undefined;
  let next = [...first.keys()].reduce((least, start) => Math.min(least, start), Infinity);
  for await (const piece of log) {
    for (let at = 0; at < piece.length;) {
      const begun = position === next ? first.get(next) : undefined;
      if (begun) {
        step = begun.step;
        next = begun.end;
      }
      const bytes = piece.subarray(at, at + Math.min(piece.length - at, next - position));
      at += bytes.length;
      position += bytes.length;
      yield { bytes, step };
    }
  }
}

/** Reads a job's whole log for what it says of itself. */
export async function scanLog(log: Readable, limits: Limits): Promise<JobScan> {
  const scanner = new JobScanner();
  for await (const block of wholeLines(log(), limits.lineLength)) scanner.add(block);
  return scanner.end();
}

function scanWhole(log: Readable, limits: Limits): Promise<JobScan> {
  return readWhole(() => scanLog(log, limits));
}

/** Reads a job's log up to the line that names it, or up to its first own step. */
export async function scanHead(log: Readable, limits: Limits): Promise<JobScanner> {
  const scanner = new JobScanner();
  for await (const block of wholeLines(log(), limits.lineLength)) {
    scanner.add(block);
    const { jobName, strategy, steps, size } = scanner.head;
    if (jobName !== undefined || strategy || steps || size >= headSize) break;
  }
  return scanner;
}

const headSize = 2 ** 20;

function timeOf(date: string | null | undefined): number | undefined {
  const time = date ? Date.parse(date) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
