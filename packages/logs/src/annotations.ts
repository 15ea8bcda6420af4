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
 * only the message of its line: the line is then one that ends with it, behind the file and the line in that file. Of
 * a matcher of several lines, such as ESLint's, the last line is marked, and what it lacks stands in the lines before.
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
  const unjoined: MarkedLine[] = [];
  for await (const marked of markedLines(job)) {
    const { line } = marked;
    const index = wanted.get(`${line.level} ${line.text.trim()}`)?.shift();
    if (index !== undefined) found[index] = own(line);
    else if (
      annotations.some((annotation) => forms.some((isOf) => isOf(annotation, marked, baseName)))
    )
      unjoined.push({ ...marked, line: own(line) });
  }
  const left = [...found.keys()].filter((index) => found[index] === undefined);
  const candidates = [...unjoined];
  // The whole path says more than the file's name: a line that has it is not for another file of that name.
  for (const isOf of forms)
    for (const file of [(path: string) => path, baseName])
      for (const index of left) {
        if (found[index]) continue;
        const at = candidates.findIndex((marked) =>
          isOf(annotations[index] as Annotation, marked, file),
        );
        if (at >= 0) found[index] = candidates.splice(at, 1)[0]?.line;
      }
  return annotations.map((annotation, index) => ({ annotation, line: found[index] }));
}

/** A marked line, and the plain lines before it and before the marked ones that it follows; the nearest one first. */
interface MarkedLine {
  readonly line: LogLine;
  readonly before: readonly string[];
}

/** A problem matcher of more lines has not been seen. */
const longestMatcher = 4;

/** The first lines of the log's marked messages. */
async function* markedLines(job: JobLog): AsyncGenerator<MarkedLine, void, undefined> {
  const marks = new Set(Object.values(levels));
  let before: readonly string[] = [];
  let follows = false;
  for await (const batch of job.lines().batches())
    for (const line of batch) {
      if (marks.has(line.level)) {
        if (!line.continuation) yield { line, before };
        follows = true;
        continue;
      }
      if (line.level !== "output") before = [];
      else before = [line.text, ...(follows ? [] : before.slice(0, longestMatcher - 1))];
      follows = false;
    }
}

type IsOf = (
  annotation: CheckAnnotation,
  marked: MarkedLine,
  file: (path: string) => string,
) => boolean;

/** The forms of what a problem matcher marks, the one that says most first. */
const forms: readonly IsOf[] = [isWhole, isEnd];

/** Whether a line ends with the annotation's message, behind its file and its line in that file. */
function isWhole(
  { annotation_level, message, path, start_line }: CheckAnnotation,
  { line: { level, text } }: MarkedLine,
  file: (path: string) => string,
): boolean {
  const end = firstLine(message ?? "");
  const whole = text.trim();
  if (levels[annotation_level ?? ""] !== level || end === "" || !whole.endsWith(end)) return false;
  return namesPlace(whole.slice(0, -end.length), file(path), start_line);
}

/**
 * Whether a line ends a problem of several lines: it has the message, and a line before it the file (ESLint, Python), or
 * it has the place, and a line before it the message (Rust). The number of the line in the file may stand in either.
 */
function isEnd(
  { annotation_level, message, path, start_line }: CheckAnnotation,
  { line: { level, text }, before }: MarkedLine,
  file: (path: string) => string,
): boolean {
  const words = firstLine(message ?? "");
  if (levels[annotation_level ?? ""] !== level || words === "" || path === "") return false;
  const at = text.indexOf(words);
  if (at < 0)
    return namesPlace(text, file(path), start_line) && before.some((each) => each.includes(words));
  const named = before.find((each) => namesFile(each, file(path)));
  if (named === undefined) return false;
  return hasNumber(text.slice(0, at), start_line) || namesPlace(named, file(path), start_line);
}

/** Whether a text has the file, and behind it the number of the line. */
function namesPlace(text: string, file: string, line: number): boolean {
  const place = text.replaceAll("\\", "/");
  const at = place.indexOf(file);
  return file !== "" && at >= 0 && hasNumber(place.slice(at + file.length), line);
}

/** Whether a text has the file as a path of its own, or at the end of one. */
function namesFile(text: string, file: string): boolean {
  const place = text.replaceAll("\\", "/");
  const at = place.indexOf(file);
  return (
    at >= 0 &&
    !/[\w.-]/.test(place[at - 1] ?? " ") &&
    !/[\w/-]/.test(place[at + file.length] ?? " ")
  );
}

function hasNumber(text: string, number: number): boolean {
  return text.match(/\d+/g)?.includes(String(number)) ?? false;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function firstLine(message: string): string {
  return (message.split("\n", 1)[0] as string).trim();
}
