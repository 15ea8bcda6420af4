import type { JobLog, LogLine, StepLog } from "@workflow-runs/logs";
import { interruptible } from "../interruptible.ts";
import { jsonText } from "../print.ts";
import { logLineJson } from "../render/log-json.ts";
import { type LogLook, logHeading, logLine } from "../render/log-text.ts";
import type { Session } from "../session.ts";
import type { TextWriter } from "../text-writer.ts";

/** Which lines of a job's log are printed. */
export interface LineFilter {
  /** Only of the step with this number or name. */
  step?: string | undefined;
  /** Only those that match. */
  grep?: RegExp | undefined;
  /** Only the last so many. */
  tail?: number | undefined;
}

/** How a job's log is printed. */
export interface JobLogLook extends LogLook, LineFilter {
  /** Where JSON is wanted: what of it. */
  json: Pick<Session, "json"> | undefined;
  /** What gets a heading: the job alone, or the job and each of its steps. */
  headings: "job" | "steps";
  signal: AbortSignal;
}

/** Writes the lines of a job's log, as text under headings or as JSON, and resolves to how many they were. */
export async function printJobLog(
  writer: TextWriter,
  job: JobLog,
  look: JobLogLook,
): Promise<number> {
  const { json, headings, colors, signal } = look;
  if (headings === "job" && json === undefined) {
    await writer.line(logHeading(job, undefined, colors));
  }
  // Of the step whose heading was written last; null before the first.
  let step: StepLog | undefined | null = null;
  let count = 0;
  const print = async (line: LogLine): Promise<void> => {
    count += 1;
    if (json !== undefined) return writer.text(jsonText(json, logLineJson(line)));
    if (headings === "steps" && line.step !== step) {
      await writer.line(logHeading(job, line.step, colors));
    }
    ({ step } = line);
    const text = logLine(line, look);
    if (text !== undefined) await writer.line(text);
  };
  const { tail } = look;
  const last: LogLine[] = [];
  for await (const batch of linesOf(job, look.step, signal)) {
    for (const line of wantedLines(batch, look)) {
      if (tail === undefined) await print(line);
      else {
        last.push(line);
        // Not at each line: to take the first one away moves all the others.
        if (last.length > 2 * tail + 1_000) last.splice(0, last.length - tail);
      }
    }
  }
  for (const line of tail === undefined || tail === 0 ? [] : last.slice(-tail)) await print(line);
  return count;
}

/** The lines of a job, or of one of its steps. */
async function* linesOf(
  job: JobLog,
  step: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<readonly LogLine[]> {
  if (step === undefined) yield* job.lines({ signal }).batches();
  for (const each of step === undefined ? [] : job.steps) {
    if (isStep(each, step ?? "")) yield* each.lines({ signal }).batches();
  }
}

/** Whether a step is meant by its number or its name. */
export function isStep({ number, name }: StepLog, wanted: string): boolean {
  return String(number) === wanted || name.toLowerCase() === wanted.toLowerCase();
}

function wantedLines(lines: readonly LogLine[], { grep }: LineFilter): readonly LogLine[] {
  if (grep === undefined) return lines;
  return matchingLines(
    lines.filter(({ level }) => level !== "endgroup" && level !== "end-action"),
    grep,
  );
}

/** Those of a block of lines that match. */
export function matchingLines(lines: readonly LogLine[], pattern: RegExp): readonly LogLine[] {
  return interruptible(() => lines.filter(({ text }) => pattern.test(text)));
}
