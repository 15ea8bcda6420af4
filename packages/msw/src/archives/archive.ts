import { seeded } from "../rules/seeded.ts";
import type { JobTimes } from "../rules/job-times.ts";
import type { LogLayout, RepositoryRecord, RunRecord } from "../state/records.ts";
import { hasLog, jobLog, loggedSteps, stepLog, type LogStyle } from "./job-log.ts";
import { strategyLog, systemLog } from "./system-text.ts";
import { diagnosticEntries } from "./diagnostics.ts";
import { isDebugged } from "./step-text.ts";
import { zip, type ZipEntry } from "./zip.ts";

/** A job or step name as a file name of that time; at most 90 characters. */
export function fileName(name: string, layout: LogLayout): string {
  const safe =
    layout === "2025"
      ? name.replaceAll("/", "_").replaceAll(/[:<>"|*?\\]/g, "")
      : name.replaceAll(/[/:<>"|*?\\]/g, "");
  // Half an emoji is not cut off: it would not be text any more.
  return safe
    .slice(0, 90)
    .replace(/[\uD800-\uDBFF]$/, "")
    .trim();
}

/** How that time's log files of a job look inside. */
export function logStyle(layout: LogLayout, job: JobTimes): LogStyle {
  const windows = job.plan.labels.join(" ").toLowerCase().includes("windows");
  return {
    bom: layout === "2025",
    eol: layout === "2021" || windows ? "\r\n" : "\n",
  };
}

/**
 * The files of a run's log archive, in its layout. Only jobs that ran in this attempt and
 * are over have logs.
 */
export function* archiveEntries(
  run: RunRecord,
  attemptNumber: number,
  jobs: readonly JobTimes[],
  repository: RepositoryRecord,
): Generator<ZipEntry> {
  const { layout, stepFiles } = run.logs;
  const ran = jobs.filter((job) => job.ranIn === attemptNumber && hasLog(job));
  const taken = new Set<string>();
  const strategies = new Set<string>();
  for (const [position, job] of ordinals(ran, run.id, layout).entries()) {
    const style = logStyle(layout, job);
    const stamp =
      layout === "2025" ? {} : { ...dosStamp(job.completedAt), unix: layout === "2023" };
    const name = fileName(job.plan.name, layout);
    const ordinal = layout === "2021" ? position + 1 : position;
    const folder = unique(name, taken);
    yield {
      name: unique(`${ordinal}_${name}.txt`, taken),
      content: () => jobLog(job, run, style),
      ...stamp,
    };
    if (layout === "2025") {
      yield {
        name: `${folder}/system.txt`,
        content: () => systemLog(job, run, repository),
        ...stamp,
      };
    } else {
      const key = name.replace(/ \(.*\)$/, "");
      if (!strategies.has(key)) {
        strategies.add(key);
        yield {
          name: unique(`${layout === "2021" ? ordinal : -2147483648}_${key}.txt`, taken),
          content: () => strategyLog(key, job, style),
          ...stamp,
        };
      }
      if (stepFiles) yield { name: `${folder}/`, content: () => [], ...stamp };
    }
    if (!stepFiles) continue;
    for (const step of loggedSteps(job)) {
      yield {
        name: `${folder}/${step.number}_${fileName(step.name, layout)}.txt`,
        content: () => stepLog(step, job, run, style),
        ...stamp,
      };
    }
  }
  for (const job of ran) {
    if (!isDebugged(job, run)) continue;
    const name = `runner-diagnostic-logs/${job.id}-${fileName(job.plan.name, layout)}.zip`;
    yield { name, content: () => zip(diagnosticEntries(job)) };
  }
}

/** Today's archives number the jobs in an order that is not the API's. */
function ordinals(jobs: readonly JobTimes[], runId: number, layout: LogLayout): JobTimes[] {
  if (layout !== "2025") return [...jobs];
  const key = (job: JobTimes): number => seeded("ordinal", runId, job.id);
  return jobs.toSorted((a, b) => key(a) - key(b));
}

/** `build.txt`, then `build (1).txt`, for names that are taken. */
function unique(name: string, taken: Set<string>): string {
  const [, stem = name, extension = ""] = /^(.*?)(\.txt)?$/s.exec(name) ?? [];
  let free = name;
  for (let count = 1; taken.has(free); count += 1) free = `${stem} (${count})${extension}`;
  taken.add(free);
  return free;
}

function dosStamp(at: number): { dosTime: number; dosDate: number } {
  const date = new Date(at);
  return {
    dosTime: (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1),
    dosDate:
      (Math.max(0, date.getUTCFullYear() - 1980) << 9) |
      ((date.getUTCMonth() + 1) << 5) |
      date.getUTCDate(),
  };
}
