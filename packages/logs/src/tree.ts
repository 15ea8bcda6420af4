import { checkValue, kinds } from "@workflow-runs/core/support";
import { readActionMarker } from "./lines/action-marker.ts";
import { ownMemory } from "./lines/own-memory.ts";
import type { JobLog, LogLine, LogNode } from "./model.ts";

type Draft = { -readonly [Key in keyof Omit<LogNode, "children">]: LogNode[Key] } & {
  children: Draft[];
  /** Of an action. */
  readonly id?: string | undefined;
};

const mostNodes = 100_000;
const deepest = 64;

/** The steps of a job with what is inside them, as a tree. */
export async function treeOf(job: JobLog, signal?: AbortSignal): Promise<LogNode[]> {
  const builder = new TreeBuilder();
  for await (const batch of job.lines({ signal }).batches())
    for (const line of batch) builder.add(line);
  return builder.end();
}

/** The slowest of all steps, actions and groups. */
export async function slowestOf(
  job: JobLog,
  count: number,
  signal?: AbortSignal,
): Promise<LogNode[]> {
  checkValue("slowest", "count", count, kinds.count);
  const all: LogNode[] = [];
  const take = (nodes: readonly LogNode[]): void => {
    for (const node of nodes) {
      if (node.duration !== undefined) all.push(node);
      take(node.children);
    }
  };
  take(await treeOf(job, signal));
  return all.toSorted((a, b) => (b.duration as number) - (a.duration as number)).slice(0, count);
}

class TreeBuilder {
  readonly #own = ownMemory();
  readonly #roots: Draft[] = [];
  #stack: Draft[] = [];
  #nodes = 0;
  #last: number | undefined;

  add(line: LogLine): void {
    const [root] = this.#stack;
    if (!root || root.step !== line.step) this.#startStep(line);
    this.#last = line.timestamp ?? this.#last;
    for (const node of this.#stack) node.lines++;
    if (line.level === "group") this.#open("group", this.#own(line).text, line);
    else if (line.level === "endgroup") this.#close((node) => node.kind === "group", line);
    else if (line.level.endsWith("-action")) this.#action(line);
  }

  end(): LogNode[] {
    this.#closeAll();
    return this.#roots;
  }

  #startStep(line: LogLine): void {
    this.#closeAll();
    const { step } = line;
    const measured =
      step?.startedAt !== undefined && step.completedAt !== undefined
        ? step.completedAt - step.startedAt
        : undefined;
    const root: Draft = {
      ...this.#node("step", step?.name ?? "before the first step", line),
      startedAt: step?.startedAt ?? line.timestamp,
      duration: measured,
      outcome: step?.conclusion ?? undefined,
    };
    this.#roots.push(root);
    this.#stack = [root];
  }

  #node(kind: LogNode["kind"], title: string, line: LogLine): Draft {
    return {
      kind,
      title,
      step: line.step,
      line: line.number,
      lines: kind === "step" ? 0 : 1,
      startedAt: line.timestamp,
      duration: undefined,
      outcome: undefined,
      children: [],
      omitted: 0,
    };
  }

  #open(kind: "group" | "action", title: string, line: LogLine, id?: string): void {
    if (++this.#nodes > mostNodes || this.#stack.length >= deepest) {
      (this.#stack[0] as Draft).omitted++;
      return;
    }
    const node: Draft = { ...this.#node(kind, title, line), ...(id !== undefined && { id }) };
    this.#stack.at(-1)?.children.push(node);
    this.#stack.push(node);
  }

  #action(line: LogLine): void {
    const marker = readActionMarker(line.raw.slice(Math.max(0, line.raw.indexOf("##["))));
    if (marker?.event === "start")
      this.#open("action", marker.display ?? marker.id, line, marker.id);
    if (marker?.event === "end")
      this.#close((node) => node.id === marker.id, line, {
        duration: marker.duration,
        outcome: marker.outcome ?? marker.conclusion,
      });
  }

  /** Closes the innermost node of which this is true, and all that is open inside it. */
  #close(
    is: (node: Draft) => boolean,
    { timestamp }: Pick<LogLine, "timestamp">,
    measured: { duration?: number | undefined; outcome?: string | undefined } = {},
  ): void {
    const at = this.#stack.findLastIndex((node, index) => index > 0 && is(node));
    if (at < 0) return;
    for (const node of this.#stack.splice(at)) node.duration = durationOf(node, timestamp);
    const closed = this.#stack.at(-1)?.children.at(-1);
    if (closed && measured.duration !== undefined) closed.duration = measured.duration;
    if (closed) closed.outcome = measured.outcome;
  }

  /** The step ends with its last line, and so does what is still open. */
  #closeAll(): void {
    for (const node of this.#stack) node.duration ??= durationOf(node, this.#last);
    this.#stack = [];
  }
}

function durationOf({ startedAt }: Draft, end: number | undefined): number | undefined {
  return startedAt === undefined || end === undefined ? undefined : Math.max(0, end - startedAt);
}
