import type { Job, WorkflowRunUsage } from "@workflow-runs/core";
import { duration } from "../terminal/duration.ts";
import { countOf } from "../terminal/count.ts";
import { type Column, rowLines } from "../terminal/table.ts";
import { plain } from "../terminal/plain.ts";
import { wrapWords } from "../terminal/text-width.ts";
import { jobTime } from "./run-time.ts";
import type { View } from "./view.ts";

interface Row {
  system: string;
  /** Undefined for the sum of a system. */
  job: string | undefined;
  jobs: number;
  /** Undefined where it is not known. */
  ms: number | undefined;
}

/**
 * The usage of a run: a line for each operating system, below it its jobs, and the run's duration. Where nothing is
 * billed it says so first, and shows the time the jobs took.
 */
export function usageLines(usage: WorkflowRunUsage, jobs: readonly Job[], view: View): string[] {
  const { colors, now } = view;
  const byId = new Map(jobs.map((job) => [job.id, job]));
  const nameOf = (id: number): string => plain(byId.get(id)?.name ?? String(id));
  const timeOf = (id: number): number | undefined => {
    const job = byId.get(id);
    return job && jobTime(job, now);
  };
  const systems = Object.entries(usage.billable);
  const free = isFree(usage);
  const rows: Row[] = [];
  for (const [system, { jobs: count, total_ms, job_runs = [] }] of systems) {
    rows.push({ system, job: undefined, jobs: count, ms: free ? undefined : total_ms });
    for (const { job_id, duration_ms } of job_runs) {
      const ms = free ? timeOf(job_id) : duration_ms;
      rows.push({ system, job: nameOf(job_id), jobs: 1, ms });
    }
  }
  const columns: Column<Row>[] = [
    {
      title: "SYSTEM",
      text: ({ system, job }) => (job === undefined ? system : ""),
      value: ({ system }) => system,
      color: colors.bold,
    },
    {
      title: "JOBS",
      text: ({ job, jobs: count }) => (job === undefined ? countOf(count, "job") : `  ${job}`),
      value: ({ job = "" }) => job,
      min: 12,
    },
    {
      title: free ? "TOOK" : "BILLABLE",
      text: ({ ms }) => duration(ms),
      value: ({ ms = "" }) => String(ms),
      align: "right",
    },
  ];
  if (view.pipe) return rowLines(rows, columns, view);
  const took = usage.run_duration_ms;
  return [
    ...(free
      ? [
          ...wrapWords(
            "Nothing is billed, as for all public repositories and self-hosted runners.",
            view.width,
          ),
          "",
        ]
      : []),
    ...(rows.length === 0 ? ["No billable time."] : rowLines(rows, columns, view)),
    ...(took === undefined ? [] : [`The run took ${duration(took)}.`]),
  ];
}

function isFree({ billable }: WorkflowRunUsage): boolean {
  const systems = Object.values(billable);
  return systems.length > 0 && systems.every(({ total_ms }) => total_ms === 0);
}
