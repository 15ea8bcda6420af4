import { checkValue } from "@workflow-runs/core/support";
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
 * annotation the file, line and column. Those that say the same are taken in order. A problem matcher's annotation has
 * only the message of its line: the line is then one that ends with it, behind the file and the line in that file.
 *
 * @param annotations what `GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations` gives; a job's check run
 * has the job's id
 * @see https://docs.github.com/en/rest/checks/runs#list-check-run-annotations
 */
export async function annotatedLines<Annotation extends CheckAnnotation>(
  job: JobLog,
  annotations: readonly Annotation[],
): Promise<AnnotatedLine<Annotation>[]> {
  checkValue("annotatedLines", "job", job, {
    allows: (value) => typeof (value as JobLog | null | undefined)?.lines === "function",
    words: "the log of a job",
  });
  checkValue("annotatedLines", "annotations", annotations, {
    allows: Array.isArray,
    words: "an array of a check run's annotations",
  });
  const wanted = new Map<string, number[]>();
  for (const [index, { annotation_level, message }] of annotations.entries()) {
    const key = `${levels[annotation_level ?? ""]} ${firstLine(message ?? "")}`;
    wanted.set(key, [...(wanted.get(key) ?? []), index]);
  }
  const found: (LogLine | undefined)[] = annotations.map(() => undefined);
  const own = ownMemory();
  const unjoined: LogLine[] = [];
  for await (const line of markedLines(job)) {
    const index = wanted.get(`${line.level} ${line.text.trim()}`)?.shift();
    if (index !== undefined) found[index] = own(line);
    else if (annotations.some((annotation) => matchesLine(annotation, line, baseName)))
      unjoined.push(own(line));
  }
  const left = [...found.keys()].filter((index) => found[index] === undefined);
  const isOf = (index: number, line: LogLine, file: (path: string) => string) =>
    matchesLine(annotations[index] as Annotation, line, file);
  const candidates = unjoined.filter((line) => left.some((index) => isOf(index, line, baseName)));
  // The whole path says more than the file's name: a line that has it is not for another file of that name.
  for (const file of [(path: string) => path, baseName])
    for (const index of left) {
      if (found[index]) continue;
      const at = candidates.findIndex((line) => isOf(index, line, file));
      if (at >= 0) [found[index]] = candidates.splice(at, 1);
    }
  return annotations.map((annotation, index) => ({ annotation, line: found[index] }));
}

/** The first lines of the log's marked messages. */
async function* markedLines(job: JobLog): AsyncGenerator<LogLine, void, undefined> {
  for await (const batch of job.lines({ levels: ["error", "warning", "notice"] }).batches())
    for (const line of batch) if (!line.continuation) yield line;
}

/** Whether a line ends with the annotation's message, behind its file and its line in that file. */
function matchesLine(
  { annotation_level, message, path, start_line }: CheckAnnotation,
  { level, text }: LogLine,
  file: (path: string) => string,
): boolean {
  const end = firstLine(message ?? "");
  const whole = text.trim();
  if (levels[annotation_level ?? ""] !== level || end === "" || !whole.endsWith(end)) return false;
  const before = whole.slice(0, -end.length).replaceAll("\\", "/");
  const at = before.indexOf(file(path));
  if (path === "" || at < 0) return false;
  const numbers = before.slice(at + file(path).length).match(/\d+/g);
  return numbers?.includes(String(start_line)) ?? false;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function firstLine(message: string): string {
  return (message.split("\n", 1)[0] as string).trim();
}
