import type { Job, WorkflowRunUsage } from "@workflow-runs/core";
import { duration } from "../terminal/duration.ts";
import { type Column, table } from "../terminal/table.ts";
import { plain } from "../terminal/text-width.ts";
import type { View } from "./view.ts";

interface Row {
  system: string;
  job: string;
  ms: number;
}

/** The usage of a run: a line for each operating system, below it its jobs, and the run's duration. */
export function usageLines(usage: WorkflowRunUsage, jobs: readonly Job[], view: View): string[] {
  const { colors } = view;
  const names = new Map(jobs.map(({ id, name }) => [id, plain(name)]));
  const systems = Object.entries(usage.billable);
  const rows = systems.flatMap(([system, { jobs: count, total_ms, job_runs = [] }]): Row[] => [
    { system, job: `${count} ${count === 1 ? "job" : "jobs"}`, ms: total_ms },
    ...job_runs.map(({ job_id, duration_ms }) => ({
      system: "",
      job: `  ${names.get(job_id) ?? job_id}`,
      ms: duration_ms,
    })),
  ]);
  const columns: Column<Row>[] = [
    { title: "SYSTEM", text: ({ system }) => system, color: colors.bold },
    { title: "JOBS", text: ({ job }) => job, min: 12 },
    { title: "BILLABLE", text: ({ ms }) => duration(ms), align: "right" },
  ];
  const free = systems.length > 0 && systems.every(([, { total_ms }]) => total_ms === 0);
  const took = usage.run_duration_ms;
  return [
    ...(rows.length === 0 ? ["No billable time."] : table(rows, columns, view)),
    ...(took === undefined ? [] : [`The run took ${duration(took)}.`]),
    ...(free
      ? [colors.dim("GitHub bills nothing for public repositories and self-hosted runners.")]
      : []),
  ];
}
