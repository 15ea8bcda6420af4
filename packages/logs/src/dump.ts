import { repaired, withoutMark } from "./at-hand-text.ts";
import { createCursors } from "./cursors.ts";
import { jobLog, scanLog } from "./job-log.ts";
import type { Readable } from "./readable.ts";
import type { JobLog } from "./model.ts";
import type { Limits } from "./zip/limits.ts";

/**
 * A line of what `gh run view --log` prints: the job's name, the step's, and the line of the log, with tabs between.
 * Where gh does not know the step it says `UNKNOWN STEP`.
 */
const dumpLine = /^([^\t\n]+)\t([^\t\n]+)\t([^\n]*)$/;
/** One that nothing else prints: its third part has the runner's time, and nothing else has. */
const surely = /^(?!\S*\d{4}-\d\d-\d\dT)[^\t\n]+\t[^\t\n]+\t\S{0,4}\d{4}-\d\d-\d\dT[\d:]{8}\.\d+Z/;
/** Without times, the runner's markers show it. */
const marked = /^[^\t\n]+\t[^\t\n]+\t##\[(?:group|error|warning)\]/;
const unknownStep = "UNKNOWN STEP";

/** Of how many first lines one must show it: what a shell said may stand before. */
const firstLines = 20;

/** Whether a text is what `gh run view --log` prints, by its first lines. */
export function isDump(text: string): boolean {
  const lines = text
    .replace(/^\ufeff/, "")
    .split(/\r?\n/)
    .slice(0, firstLines);
  if (lines.some((line) => surely.test(line))) return true;
  const isAll = lines.slice(0, -1).every((line) => dumpLine.test(line));
  return isAll && lines.some((line) => marked.test(line));
}

interface DumpedJob {
  readonly name: string;
  readonly lines: string[];
  readonly steps: { readonly name: string; readonly lines: string[] }[];
}

/** The jobs of what `gh run view --log` printed, with the steps it names. */
export async function jobsOfDump(text: string, limits: Limits): Promise<JobLog[]> {
  const jobs: DumpedJob[] = [];
  for (const line of repaired(text)
    .replace(/^\ufeff/, "")
    .split("\n")) {
    const match = dumpLine.exec(line);
    const [job, step] = [jobs.at(-1), jobs.at(-1)?.steps.at(-1)];
    if (!match) {
      // A message of several lines goes on; the last line feed ends the dump.
      if (line !== "") job?.lines.push(line);
      if (line !== "") step?.lines.push(line);
      continue;
    }
    const [, jobName, stepName, said] = match as unknown as [string, string, string, string];
    const message = withoutMark(said);
    let into = job;
    if (into?.name !== jobName) {
      into = { name: jobName, lines: [], steps: [] };
      jobs.push(into);
    }
    if (into.steps.at(-1)?.name !== stepName) into.steps.push({ name: stepName, lines: [] });
    into.lines.push(message);
    into.steps.at(-1)?.lines.push(message);
  }
  return Promise.all(jobs.map((job) => dumpedJob(job, limits)));
}

async function dumpedJob({ name, lines, steps }: DumpedJob, limits: Limits): Promise<JobLog> {
  const log = readable(lines);
  const known = steps.every((step) => step.name !== unknownStep);
  return jobLog({
    name,
    api: undefined,
    state: { origin: "job-log", missing: undefined },
    log,
    files: known
      ? steps.map((step, index) => ({
          number: index + 1,
          name: step.name,
          path: step.name,
          bytes: readable(step.lines),
        }))
      : [],
    scan: await scanLog(log, limits),
    limits,
    cursors: createCursors(),
  });
}

function readable(lines: readonly string[]): Readable {
  return async function* () {
    yield new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""));
  };
}
