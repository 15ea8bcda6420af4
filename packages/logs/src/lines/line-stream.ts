import type { Line, LineLevel } from "./line.ts";
import { LineParser } from "./line-parser.ts";
import { wholeLines } from "./whole-lines.ts";

/** Options of `lines()`. */
export interface LineOptions {
  /** Only lines of these kinds. The others are counted, not parsed. Default: all. */
  readonly levels?: readonly LineLevel[];
  /** Stops the reading; the iteration then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The lines of a step or a job, read while you iterate: nothing is read ahead of you but one block.
 *
 * @example for await (const line of step.lines()) console.log(line.text);
 */
export interface Lines<Job, Step> extends AsyncIterable<Line<Job, Step>> {
  /**
   * The same lines a block at a time, for speed. The strings of a block share its memory: whoever keeps a few
   * lines out of many should keep copies, or iterate over the lines themselves, which own their memory.
   */
  batches(): AsyncIterable<Line<Job, Step>[]>;
}

/** A stretch of a log: its bytes, and what its lines belong to. */
export interface Stretch<Job, Step> {
  readonly bytes: AsyncIterable<Uint8Array>;
  readonly job: Job;
  readonly step: Step | undefined;
}

/** The lines of some stretches of log, one after the other; numbers and groups start anew in each. */
export function linesOf<Job, Step>(
  stretches: () => AsyncIterable<Stretch<Job, Step>>,
  lineLength: number,
  { levels, signal }: LineOptions = {},
): Lines<Job, Step> {
  const wanted = levels && new Set(levels);
  const batches = async function* (): AsyncGenerator<Line<Job, Step>[], void, undefined> {
    for await (const { bytes, job, step } of stretches()) {
      const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
      const parser = new LineParser(job, step, wanted);
      for await (const block of wholeLines(bytes, lineLength)) {
        signal?.throwIfAborted();
        const lines = parser.parse(decoder.decode(block));
        if (lines.length > 0) yield lines;
      }
    }
  };
  return {
    batches,
    async *[Symbol.asyncIterator]() {
      for await (const batch of batches())
        for (const line of batch) {
          signal?.throwIfAborted();
          yield ownMemory(line);
        }
    },
  };
}

// A part of a long string keeps the whole of it alive: 2,052 lines out of as many blocks held 270 MB.
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** The line with strings of its own. */
export function ownMemory<L extends { raw: string; text: string }>(line: L): L {
  const raw = copied(line.raw);
  const at = raw.length - line.text.length;
  const tail = at >= 0 && raw.endsWith(line.text);
  return { ...line, raw, text: tail ? raw.slice(at) : copied(line.text) };
}

function copied(text: string): string {
  return text.length < 13 ? text : decoder.decode(encoder.encode(text));
}
