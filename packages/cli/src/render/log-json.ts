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

/** A failing step as JSON: what it said in errors, and the lines around them. */
export function failureJson({ job, step, errors, lines }: Failure): object {
  return {
    job: job.name,
    job_id: job.api?.id ?? null,
    step: step?.number ?? null,
    step_name: step?.name ?? null,
    errors: errors.map(({ text }) => text),
    lines: lines.map((line) => logLineJson(line)),
  };
}
