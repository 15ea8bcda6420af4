import type { JobLog, StepLog } from "@workflow-runs/logs";
import { logLineJson } from "../render/log-json.ts";
import { type LogLook, logHeading, logLine } from "../render/log-text.ts";
import { jsonText } from "../print.ts";
import type { Session } from "../session.ts";
import type { TextWriter } from "../text-writer.ts";

/** How a job's log is printed. */
export interface JobLogLook extends LogLook {
  /** Where JSON is wanted: what of it. */
  json: Pick<Session, "json"> | undefined;
  /** What gets a heading: the job alone, or the job and each of its steps. */
  headings: "job" | "steps";
  signal: AbortSignal;
}

/** Writes the lines of a job's log, as text under headings or as JSON. */
export async function printJobLog(
  writer: TextWriter,
  job: JobLog,
  look: JobLogLook,
): Promise<void> {
  const { json, headings, colors, signal } = look;
  if (headings === "job" && json === undefined)
    await writer.line(logHeading(job, undefined, colors));
  // Of the step whose heading was written last; null before the first.
  let step: StepLog | undefined | null = null;
  for await (const batch of job.lines({ signal }).batches()) {
    for (const line of batch) {
      if (json !== undefined) {
        await writer.text(jsonText(json, logLineJson(line)));
        continue;
      }
      if (headings === "steps" && line.step !== step)
        await writer.line(logHeading(job, line.step, colors));
      ({ step } = line);
      const text = logLine(line, look);
      if (text !== undefined) await writer.line(text);
    }
  }
}
