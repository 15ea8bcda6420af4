import { createCursors } from "./cursors.ts";
import { jobLog, scanLog } from "./job-log.ts";
import type { Readable } from "./readable.ts";
import type { JobLog } from "./model.ts";
import type { Limits } from "./zip/limits.ts";

/**
 * What `gh run view --log` prints: before each line the job's name and the step's, with tabs. Where gh does not know the
 * step it says `UNKNOWN STEP`.
 */
const dumpLine =
  /^([^\t\n]+)\t([^\t\n]+)\t(\ufeff?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z[^\n]*|[^\n]*)$/;
const firstLine = /^\ufeff?[^\t\n]+\t[^\t\n]+\t\ufeff?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z/;
const unknownStep = "UNKNOWN STEP";

/** Whether a text is what `gh run view --log` prints. */
export function isDump(text: string): boolean {
  return firstLine.test(text.slice(0, 2000));
}

interface DumpedJob {
  readonly name: string;
  readonly lines: string[];
  readonly steps: { readonly name: string; readonly lines: string[] }[];
}

/** The jobs of what `gh run view --log` printed, with the steps it names. */
export async function jobsOfDump(text: string, limits: Limits): Promise<JobLog[]> {
  const jobs: DumpedJob[] = [];
  for (const line of text.replace(/^\ufeff/, "").split("\n")) {
    const match = dumpLine.exec(line);
    const [job, step] = [jobs.at(-1), jobs.at(-1)?.steps.at(-1)];
    if (!match) {
      // A message of several lines goes on; the last line feed ends the dump.
      if (line !== "") job?.lines.push(line);
      if (line !== "") step?.lines.push(line);
      continue;
    }
    const [, jobName, stepName, message] = match as unknown as [string, string, string, string];
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
