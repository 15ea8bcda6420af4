import { checkValue, type OptionKind, kinds } from "@workflow-runs/core/support";
import type { Line } from "./line.ts";
import type { LineOptions, Lines } from "./line-stream.ts";
import { ownMemory } from "./own-memory.ts";

/** A step or a job. */
export interface HasLines<Job, Step> {
  lines(options?: LineOptions): Lines<Job, Step>;
}

const patternKind: OptionKind = {
  allows: (value) =>
    typeof value === "string" || Object.prototype.toString.call(value) === "[object RegExp]",
  words: "a string or a regular expression",
};

/** The lines whose text holds a string, or matches a regular expression. */
export function grepLines<Job, Step>(
  log: HasLines<Job, Step>,
  pattern: string | RegExp,
  options?: LineOptions,
): AsyncIterable<Line<Job, Step>> {
  checkValue("grep", "pattern", pattern, patternKind);
  const lines = log.lines(options);
  // A global or sticky expression would go on where its last match ended.
  const test =
    typeof pattern === "string"
      ? undefined
      : new RegExp(pattern, pattern.flags.replace(/[gy]/g, ""));
  const matches = test
    ? (text: string) => test.test(text)
    : (text: string) => text.includes(pattern as string);
  return {
    async *[Symbol.asyncIterator]() {
      const own = ownMemory();
      for await (const batch of lines.batches())
        for (const line of batch) if (matches(line.text)) yield own(line);
    },
  };
}

/** The last lines, in order. */
export async function lastLines<Job, Step>(
  log: HasLines<Job, Step>,
  count: number,
  options?: LineOptions,
): Promise<Line<Job, Step>[]> {
  checkValue("tail", "count", count, kinds.count);
  const own = ownMemory();
  let last: Line<Job, Step>[] = [];
  for await (const batch of log.lines(options).batches()) {
    // What is kept of a batch keeps all of it alive: no more than one batch is.
    const kept = batch.slice(-count).map((line) => own(line));
    last = kept.length >= count ? kept : [...last.slice(-(count - kept.length)), ...kept];
  }
  return last;
}
