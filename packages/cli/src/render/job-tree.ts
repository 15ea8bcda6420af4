import type { Job } from "@workflow-runs/core";
import { duration } from "../terminal/duration.ts";
import { plain } from "../terminal/plain.ts";
import { isSuccess, stateColor, stateSymbol, stateWord } from "../terminal/state.ts";
import { textWidth, truncateMiddle } from "../terminal/text-width.ts";
import { jobTime } from "./run-time.ts";
import type { View } from "./view.ts";

/** A job, or jobs whose names begin alike: those of a reusable workflow, or of a matrix. */
export interface JobNode {
  /** What its name has beyond the group's. */
  name: string;
  /** The job itself; undefined for a group. */
  job: Job | undefined;
  children: JobNode[];
}

/**
 * Jobs as a tree: `test / build (ubuntu, 20)` and `test / build (windows, 20)` are two jobs of the group
 * `test / build`. A group of one is the job.
 */
export function jobTree(jobs: readonly Job[]): JobNode[] {
  const root: JobNode = { name: "", job: undefined, children: [] };
  for (const job of jobs) insert(root, nameParts(job.name), job);
  return root.children.map(simplified);
}

/** `caller / called (matrix)` as `["caller", "called", "(matrix)"]`. */
function nameParts(name: string): string[] {
  const [, plainName = name, matrix] =
    /^(.*?\S)\s*(\([^()]*(?:\([^()]*\)[^()]*)*\))$/.exec(name) ?? [];
  return [...plainName.split(" / "), ...(matrix === undefined ? [] : [matrix])];
}

function insert(node: JobNode, [first = "", ...rest]: readonly string[], job: Job): void {
  if (rest.length === 0) {
    node.children.push({ name: first, job, children: [] });
    return;
  }
  let child = node.children.find(({ name, job: leaf }) => name === first && leaf === undefined);
  if (child === undefined) {
    child = { name: first, job: undefined, children: [] };
    node.children.push(child);
  }
  insert(child, rest, job);
}

/** A group with one member becomes that member, with both names. */
function simplified(node: JobNode): JobNode {
  const children = node.children.map(simplified);
  const [only, ...others] = children;
  if (only === undefined || others.length > 0) return { name: node.name, job: node.job, children };
  const name = only.name.startsWith("(")
    ? `${node.name} ${only.name}`
    : `${node.name} / ${only.name}`;
  return { name, job: only.job, children: only.children };
}

/**
 * The tree as lines, at most `height` of them (undefined: any number). What succeeded is counted, what failed is
 * shown with its steps, what runs with its step; the less room there is, the more is counted only.
 */
export function jobTreeLines(jobs: readonly Job[], view: View, height?: number): string[] {
  const tree = jobTree(jobs);
  for (const limit of [Infinity, 12, 6, 3, 2, 1, 0]) {
    const lines = tree.flatMap((node) => nodeLines(node, view, limit, 0));
    if (height === undefined || lines.length <= height) return lines;
  }
  const lines = summaryFirst(tree, view);
  const left = lines.length - (height ?? lines.length);
  if (left <= 0) return lines;
  return [
    ...lines.slice(0, Math.max(0, (height ?? 0) - 1)),
    view.colors.dim(`… and ${left + 1} more`),
  ];
}

/** One line for each node, the failed first: where even that is more than there is room. */
function summaryFirst(tree: readonly JobNode[], view: View): string[] {
  const failed = (node: JobNode): number => (leaves(node).some(isFailed) ? 0 : 1);
  return tree
    .toSorted((a, b) => failed(a) - failed(b))
    .map((node) => nodeLines(node, view, 0, 0)[0] ?? "");
}

function nodeLines(node: JobNode, view: View, limit: number, depth: number): string[] {
  const { job, children } = node;
  if (job !== undefined)
    return [jobLine(node.name, job, view, depth), ...stepLines(job, view, depth, limit)];
  const jobs = leaves(node);
  const lines = [groupLine(node.name, jobs, view, depth)];
  if (jobs.every(isQuiet)) return lines;
  const groups = children.filter((child) => child.job === undefined);
  lines.push(...groups.flatMap((child) => nodeLines(child, view, limit, depth + 1)));
  const single = children.filter((child) => child.job !== undefined);
  const loud = single.filter((child) => leaves(child).some((each) => !isQuiet(each)));
  const shown = loud.toSorted((a, b) => importance(a.job) - importance(b.job)).slice(0, limit);
  lines.push(...shown.flatMap((child) => nodeLines(child, view, limit, depth + 1)));
  const rest = loud.filter((child) => !shown.includes(child)).flatMap(leaves);
  if (rest.length > 0 && shown.length > 0) {
    lines.push(indented(view, depth + 1, view.colors.dim(`… and ${counts(rest)}`)));
  }
  return lines;
}

/** What failed goes first, then what waits for somebody, then what runs. */
function importance(job: Job | undefined): number {
  if (job === undefined) return 0;
  if (isFailed(job)) return 1;
  return job.status === "waiting" ? 2 : 3;
}

function jobLine(name: string, job: Job, view: View, depth: number): string {
  const { colors, now } = view;
  const color = stateColor(job, colors);
  const time = duration(jobTime(job, now));
  const step =
    job.status === "in_progress"
      ? job.steps?.find(({ status }) => status === "in_progress")
      : undefined;
  const about = [stateWord(job), time, step && `› ${plain(step.name)}`].filter(Boolean).join(" ");
  return nameLine(`${stateSymbol(job)} `, plain(name), about, { view, depth, color });
}

function groupLine(name: string, jobs: readonly Job[], view: View, depth: number): string {
  const worst = jobs.find(isFailed) ?? jobs.find((job) => !isQuiet(job)) ?? jobs[0];
  const color = stateColor(worst ?? {}, view.colors);
  const symbol = worst === undefined ? " " : stateSymbol(worst);
  return nameLine(`${symbol} `, plain(name), counts(jobs), { view, depth, color });
}

/** `12 success, 2 in_progress, 1 failure`: what is worth a look last, where the eye ends. */
function counts(jobs: readonly Job[]): string {
  const byWord = new Map<string, number>();
  for (const job of jobs) byWord.set(stateWord(job), (byWord.get(stateWord(job)) ?? 0) + 1);
  return [...byWord].map(([word, count]) => `${count} ${word}`).join(", ");
}

/** The steps that failed; without room none. */
function stepLines(job: Job, view: View, depth: number, limit: number): string[] {
  if (!isFailed(job) || limit < 1) return [];
  return (job.steps ?? [])
    .filter(
      ({ conclusion }) =>
        conclusion !== null && conclusion !== "skipped" && !isSuccess({ conclusion }),
    )
    .slice(0, 3)
    .map((step) => {
      const color = stateColor(step, view.colors);
      return nameLine(`${stateSymbol(step)} `, `${step.number}. ${plain(step.name)}`, "", {
        view,
        depth: depth + 1,
        color,
      });
    });
}

function nameLine(
  symbol: string,
  name: string,
  about: string,
  { view, depth, color }: { view: View; depth: number; color: (text: string) => string },
): string {
  const { width } = view;
  const indent = "  ".repeat(depth);
  if (width === undefined) return `${indent}${color(symbol + name)}${about && `  ${about}`}`;
  const room = width - indent.length - textWidth(symbol);
  // The name keeps half of the line, and the rest is what it leaves.
  const cut = truncateMiddle(name, Math.max(Math.floor(room / 2), room - textWidth(about) - 2));
  const left = room - textWidth(cut) - 2;
  const shown = left < 4 ? "" : truncateMiddle(about, left);
  return `${indent}${color(symbol + cut)}${shown && `  ${view.colors.dim(shown)}`}`;
}

function indented({ width }: View, depth: number, text: string): string {
  const indent = "  ".repeat(depth);
  return width === undefined ? indent + text : indent + truncateMiddle(text, width - indent.length);
}

function leaves({ job, children }: JobNode): Job[] {
  return job === undefined ? children.flatMap(leaves) : [job];
}

function isFailed({ conclusion }: Job): boolean {
  return conclusion === "failure" || conclusion === "timed_out" || conclusion === "startup_failure";
}

/** Whether nothing about it needs to be seen: it succeeded, was skipped, or has not begun. */
function isQuiet(job: Job): boolean {
  if (job.status === "completed") return isSuccess(job);
  return job.status !== "in_progress" && job.status !== "waiting";
}
