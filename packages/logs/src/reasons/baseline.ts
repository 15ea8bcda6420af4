import type { JobLog, StepLog } from "../model.ts";
import { messagesOf, templateOf, visibleText } from "./message-text.ts";

/** The logs of a run that succeeded. */
export type Baseline = { readonly jobs: readonly JobLog[] } | JobLog;

/** The jobs of a run's logs, or the one job; undefined when it is neither. */
export function jobsOf(logs: unknown): readonly JobLog[] | undefined {
  const { jobs, lines } = Object(logs) as { jobs?: unknown; lines?: unknown };
  if (typeof lines === "function") return [logs as JobLog];
  return Array.isArray(jobs) ? (jobs as readonly JobLog[]) : undefined;
}

// A log whose lines are all of another kind must not be held whole.
const mostTemplates = 100_000;

/** Tells whether lines like one also stand in the same step of a run that succeeded. */
export async function usualLines(
  baseline: Baseline | undefined,
  job: JobLog,
  step: StepLog | undefined,
  signal: AbortSignal | undefined,
): Promise<(template: string) => boolean> {
  const log = baseline && sameLog(baseline, job, step);
  if (!log) return () => false;
  const templates = new Set<string>();
  for await (const batch of log.lines({ signal }).batches())
    for (const { text } of batch) {
      if (templates.size >= mostTemplates) break;
      for (const message of messagesOf(visibleText(text))) templates.add(templateOf(message));
    }
  return (template) => templates.has(template);
}

function sameLog(
  baseline: Baseline,
  job: JobLog,
  step: StepLog | undefined,
): JobLog | StepLog | undefined {
  const jobs = jobsOf(baseline) ?? [];
  const same =
    jobs.find(({ name }) => name === job.name) ?? (jobs.length === 1 ? jobs[0] : undefined);
  if (!same || !step) return same;
  const named = same.steps.filter(({ name }) => name === step.name);
  return named.find(({ number }) => number === step.number) ?? named[0];
}
