import { ownMemory } from "./lines/own-memory.ts";
import type { JobLog, LogLine } from "./model.ts";

/** An annotation of a check run, as the API has it. */
export interface CheckAnnotation {
  /** The file it is of. */
  readonly path: string;
  /** Its first line there, from 1. */
  readonly start_line: number;
  /** Its first column, from 1; null when it is of whole lines. */
  readonly start_column?: number | null | undefined;
  /** `notice`, `warning` or `failure`. */
  readonly annotation_level: string | null;
  /** What it says. */
  readonly message: string | null;
}

/** An annotation, and the line of the log that it was made from. */
export interface AnnotatedLine<Annotation extends CheckAnnotation = CheckAnnotation> {
  readonly annotation: Annotation;
  /** Undefined when no line says it: the service has annotations of its own, such as for a lost runner. */
  readonly line: LogLine | undefined;
}

const levels: Readonly<Record<string, LogLine["level"]>> = {
  failure: "error",
  warning: "warning",
  notice: "notice",
};

/**
 * Joins the annotations of a job's check run with the lines they were made from: the log has the message, the
 * annotation the file, line and column. Those that say the same are taken in order.
 *
 * @param annotations what `GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations` gives; a job's check run
 * has the job's id
 * @see https://docs.github.com/en/rest/checks/runs#list-check-run-annotations
 */
export async function annotatedLines<Annotation extends CheckAnnotation>(
  job: JobLog,
  annotations: readonly Annotation[],
): Promise<AnnotatedLine<Annotation>[]> {
  const wanted = new Map<string, number[]>();
  for (const [index, { annotation_level, message }] of annotations.entries()) {
    const key = `${levels[annotation_level ?? ""]} ${firstLine(message ?? "")}`;
    wanted.set(key, [...(wanted.get(key) ?? []), index]);
  }
  const found: (LogLine | undefined)[] = annotations.map(() => undefined);
  const own = ownMemory();
  const marked = job.lines({ levels: ["error", "warning", "notice"] });
  for await (const batch of marked.batches())
    for (const line of batch) {
      const index = line.continuation
        ? undefined
        : wanted.get(`${line.level} ${line.text.trim()}`)?.shift();
      if (index !== undefined) found[index] = own(line);
    }
  return annotations.map((annotation, index) => ({ annotation, line: found[index] }));
}

function firstLine(message: string): string {
  return (message.split("\n", 1)[0] as string).trim();
}
