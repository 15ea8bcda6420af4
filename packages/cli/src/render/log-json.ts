import type { Failure, LogLine } from "@workflow-runs/logs";

/** One line of a log as JSON. */
export interface LogLineJson {
  job: string;
  job_id: number | null;
  step: number | null;
  step_name: string | null;
  line: number;
  timestamp: string | null;
  level: string;
  text: string;
}

/** A log line with the names of what it belongs to. */
export function logLineJson({ job, step, number, timestamp, level, text }: LogLine): LogLineJson {
  return {
    job: job.name,
    job_id: job.api?.id ?? null,
    step: step?.number ?? null,
    step_name: step?.name ?? null,
    line: number,
    timestamp: timestamp === undefined ? null : new Date(timestamp).toISOString(),
    level,
    text,
  };
}

/** A failing step as JSON: why it failed, and the lines that say so. */
export function failureJson(failure: Failure): object {
  const { job, step, kind, reason, rule, confidence, errors, lines, omitted } = failure;
  return {
    job: job.name,
    job_id: job.api?.id ?? null,
    step: step?.number ?? null,
    step_name: step?.name ?? null,
    kind,
    reason,
    rule: rule ?? null,
    confidence,
    errors: errors.map(({ text }) => text),
    lines: lines.map((line) => logLineJson(line)),
    omitted,
  };
}
