import type { FlakyJob, Statistics, StepStatistics } from "../stats/index.ts";
import type { Colors } from "../terminal/colors.ts";
import { duration } from "../terminal/duration.ts";
import { plain } from "../terminal/plain.ts";
import type { Column } from "../terminal/table.ts";

/** A share as a percentage; empty where nothing can be said. */
export function percent(rate: number | null): string {
  return rate === null ? "" : `${(rate * 100).toFixed(1)} %`;
}

function rateColor(rate: number | null, colors: Colors): (text: string) => string {
  if (rate === null) return colors.dim;
  return rate >= 0.95 ? colors.green : rate >= 0.8 ? colors.yellow : colors.red;
}

/** The columns of the figures by group. */
export function groupColumns(by: string, colors: Colors): Column<Statistics>[] {
  const number = (
    title: string,
    of: (figures: Statistics) => number,
    priority?: number,
  ): Column<Statistics> => ({
    title,
    text: (figures) => String(of(figures)),
    align: "right",
    ...(priority !== undefined && { priority }),
  });
  const rate = (
    title: string,
    of: (figures: Statistics) => number | null,
    priority?: number,
  ): Column<Statistics> => ({
    title,
    text: (figures) => percent(of(figures)),
    value: (figures) => String(of(figures) ?? ""),
    align: "right",
    ...(priority !== undefined && { priority }),
  });
  const time = (
    title: string,
    of: (figures: Statistics) => number | null,
    priority: number,
  ): Column<Statistics> => ({
    title,
    text: (figures) => duration(of(figures) ?? undefined),
    value: (figures) => String(of(figures) ?? ""),
    align: "right",
    priority,
  });
  return [
    {
      title: by.toUpperCase(),
      text: ({ group }) => plain(group ?? "all"),
      min: 8,
      color: colors.bold,
    },
    number(by === "job" ? "TIMES" : "RUNS", ({ ended }) => ended),
    {
      ...rate("SUCCESS", ({ success_rate }) => success_rate),
      color: (text, { success_rate }) => rateColor(success_rate, colors)(text),
    },
    {
      ...rate("FIRST TRY", ({ first_attempt_success_rate }) => first_attempt_success_rate, 8),
      color: (text, { first_attempt_success_rate }) =>
        rateColor(first_attempt_success_rate, colors)(text),
    },
    rate("RE-RUN", ({ rerun_rate }) => rerun_rate, 5),
    number("FAILED", ({ failed }) => failed, 4),
    number("NO START", ({ did_not_start }) => did_not_start, 2),
    number("CANCELLED", ({ cancelled }) => cancelled, 1),
    time("QUEUE", ({ queue_p50_ms }) => queue_p50_ms, 3),
    time("P50", ({ duration_p50_ms }) => duration_p50_ms, 7),
    time("P95", ({ duration_p95_ms }) => duration_p95_ms, 6),
  ];
}

/** The columns of flaky jobs. */
export function flakyColumns(colors: Colors): Column<FlakyJob>[] {
  return [
    { title: "JOB", text: ({ job }) => plain(job), min: 10, color: colors.bold },
    { title: "STEP", text: ({ step }) => plain(step ?? ""), min: 10 },
    { title: "WORKFLOW", text: ({ workflow }) => plain(workflow), min: 8, priority: 1 },
    {
      title: "FLAKES",
      text: ({ flakes }) => String(flakes),
      align: "right",
      color: colors.yellow,
    },
    {
      title: "OF",
      text: ({ executions }) => String(executions),
      align: "right",
      priority: 3,
    },
    { title: "LAST RUN", text: ({ last }) => String(last.run_id), priority: 2, color: colors.dim },
  ];
}

/** The columns of steps. */
export function stepColumns(colors: Colors): Column<StepStatistics>[] {
  return [
    { title: "STEP", text: ({ step }) => plain(step), min: 10, color: colors.bold },
    { title: "JOB", text: ({ job }) => plain(job), min: 8 },
    { title: "WORKFLOW", text: ({ workflow }) => plain(workflow), min: 8, priority: 1 },
    {
      title: "FAILED",
      text: ({ failures }) => String(failures),
      align: "right",
      color: (text, { failures }) => (failures > 0 ? colors.red : colors.dim)(text),
    },
    {
      title: "OF",
      text: ({ executions }) => String(executions),
      align: "right",
      priority: 2,
    },
    {
      title: "P50",
      text: ({ duration_p50_ms }) => duration(duration_p50_ms ?? undefined),
      value: ({ duration_p50_ms }) => String(duration_p50_ms ?? ""),
      align: "right",
      priority: 3,
    },
    {
      title: "P95",
      text: ({ duration_p95_ms }) => duration(duration_p95_ms ?? undefined),
      value: ({ duration_p95_ms }) => String(duration_p95_ms ?? ""),
      align: "right",
    },
  ];
}
