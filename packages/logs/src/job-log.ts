import type { Job } from "@workflow-runs/core";
import type { StepFile } from "./layout/archive-layout.ts";
import { type JobScan, JobScanner } from "./layout/job-scan.ts";
import { splitByMarkers, splitBySteps } from "./layout/split-steps.ts";
import { linesOf, type Stretch } from "./lines/line-stream.ts";
import { wholeLines } from "./lines/whole-lines.ts";
import type { JobLog, StepLog } from "./model.ts";
import { textOf } from "./text.ts";
import type { Limits } from "./zip/limits.ts";

/** Bytes that can be read as often as wanted. */
export type Readable = () => AsyncIterable<Uint8Array>;

/** What the log of a job is made of. */
export interface JobParts {
  readonly name: string;
  readonly api: Job | undefined;
  readonly origin: JobLog["origin"];
  /** The whole log. */
  readonly log: Readable | undefined;
  /** The log of each step, where the archive has them. */
  readonly files: readonly (StepFile & { bytes: Readable })[];
  /** What is known of the whole log already. */
  readonly scan: JobScan | undefined;
  readonly limits: Limits;
}

interface StepParts {
  number: number;
  name: string;
  api: NonNullable<Job["steps"]>[number] | undefined;
}

/** Makes the log of a job from its parts. Nothing is read until it is asked for. */
export function jobLog(parts: JobParts): JobLog {
  const { api, files, log, limits } = parts;
  const known = stepsOf(parts);
  let places: Promise<Places> | undefined;
  const located = () => (places ??= locate(parts, known));
  const steps: StepLog[] = [];

  const prelude: Readable = async function* () {
    if (!log) return;
    const { starts } = await located();
    yield* slice(log(), 0, nextStart(starts, -1));
  };
  const stepBytes = (index: number): Readable =>
    async function* () {
      const { number } = known[index] as StepParts;
      if (files.length > 0) {
        const file = files.find((candidate) => candidate.number === number);
        if (file) yield* file.bytes();
        return;
      }
      if (!log) return;
      const { starts } = await located();
      const start = starts[index];
      if (start === undefined) return;
      yield* slice(log(), start, nextStart(starts, start));
    };

  const job: JobLog = {
    name: parts.name,
    attempt: api?.run_attempt,
    conclusion: api?.conclusion,
    api,
    origin: parts.origin,
    steps,
    lines: (options) =>
      linesOf<JobLog, StepLog>(
        async function* () {
          yield { bytes: prelude(), job, step: undefined };
          for (const [index, step] of steps.entries())
            yield { bytes: stepBytes(index)(), job, step } satisfies Stretch<JobLog, StepLog>;
        },
        limits.lineLength,
        options,
      ),
    text: () =>
      textOf(
        log ??
          async function* () {
            for (const index of steps.keys()) yield* stepBytes(index)();
          },
        limits,
      ),
  };
  for (const [index, { number, name, api }] of known.entries()) {
    const bytes = stepBytes(index);
    const step: StepLog = {
      number,
      name,
      conclusion: api?.conclusion,
      startedAt: timeOf(api?.started_at),
      completedAt: timeOf(api?.completed_at),
      job,
      lines: (options) =>
        linesOf<JobLog, StepLog>(
          async function* () {
            yield { bytes: bytes(), job, step };
          },
          limits.lineLength,
          options,
        ),
      text: () => textOf(bytes, limits),
    };
    steps.push(step);
  }
  return job;
}

function stepsOf({ api, files, scan }: JobParts): StepParts[] {
  if (api?.steps && api.steps.length > 0)
    return api.steps.map((step) => ({ number: step.number, name: step.name, api: step }));
  if (files.length > 0) return files.map(({ number, name }) => ({ number, name, api: undefined }));
  return splitByMarkers(scan?.boundaries ?? []).map(({ name }, index) => ({
    number: index + 1,
    name,
    api: undefined,
  }));
}

interface Places {
  /** Where in the whole log each step starts; undefined for one that wrote nothing. */
  starts: (number | undefined)[];
}

/** Where the first step behind `position` starts. */
function nextStart(starts: readonly (number | undefined)[], position: number): number {
  return starts.reduce<number>(
    (next, start) => (start !== undefined && start > position ? Math.min(next, start) : next),
    Infinity,
  );
}

async function locate(parts: JobParts, known: readonly StepParts[]): Promise<Places> {
  const { boundaries } = parts.scan ?? (await scanLog(parts.log as Readable, parts.limits));
  const starts =
    parts.api?.steps && parts.api.steps.length > 0
      ? splitBySteps(
          boundaries,
          known.map(({ api }) => api as NonNullable<StepParts["api"]>),
        ).map((boundary) => boundary?.offset)
      : splitByMarkers(boundaries).map(({ boundary }) => boundary.offset as number | undefined);
  // Step files are the truth where there are any: the log then only tells where the first of them starts.
  return { starts };
}

/** Reads a job's whole log for what it tells of itself. */
export async function scanLog(log: Readable, limits: Limits): Promise<JobScan> {
  const scanner = new JobScanner();
  for await (const block of wholeLines(log(), limits.lineLength)) scanner.add(block);
  return scanner.end();
}

/** Reads a job's log up to the line that names it, or up to its first own step. */
export async function scanHead(log: Readable, limits: Limits): Promise<JobScan> {
  const scanner = new JobScanner();
  for await (const block of wholeLines(log(), limits.lineLength)) {
    scanner.add(block);
    const { jobName, strategy, boundaries, size } = scanner.scan;
    if (jobName !== undefined || strategy || size >= headSize) break;
    if (boundaries.some(({ kind }) => kind === "run")) break;
  }
  return scanner.end();
}

const headSize = 2 ** 20;

/** The bytes from `start` up to but not including `end`; nothing behind them is read. */
async function* slice(
  bytes: AsyncIterable<Uint8Array>,
  start: number,
  end: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (end <= start) return;
  let position = 0;
  for await (const piece of bytes) {
    const part = piece.subarray(
      Math.max(0, start - position),
      Math.max(0, Math.min(piece.length, end - position)),
    );
    if (part.length > 0) yield part;
    position += piece.length;
    if (position >= end) return;
  }
}

function timeOf(date: string | null | undefined): number | undefined {
  const time = date ? Date.parse(date) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
