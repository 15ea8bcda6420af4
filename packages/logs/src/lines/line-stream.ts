import { type Line, type LineLevel, lineLevels } from "./line.ts";
import { LineParser } from "./line-parser.ts";
import { ownMemory } from "./own-memory.ts";
import { LineCutter } from "./line-cutter.ts";
import { checkOptions, kinds, type OptionKind } from "@workflow-runs/core/support";

// Larger blocks hold more memory, and are no faster.
const blockSize = 2 ** 15;

/** Options of `lines()`. */
export interface LineOptions {
  /** Only lines of these kinds. The others are counted, not parsed. Default: all. */
  readonly levels?: readonly LineLevel[] | undefined;
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

/** Some bytes of a log, and the step they are of. Where the step changes, a line has ended. */
export interface Piece<Step> {
  readonly bytes: Uint8Array;
  readonly step: Step | undefined;
}

const optionKinds: Readonly<Record<keyof LineOptions, OptionKind>> = {
  levels: {
    allows: (value) =>
      Array.isArray(value) &&
      value.every((level) => (lineLevels as readonly unknown[]).includes(level)),
    words: `an array of levels (${lineLevels.join(", ")})`,
  },
  signal: kinds.abortSignal,
};

/**
 * The lines of a log; numbers and groups start anew in each step.
 *
 * @throws {ParameterError} for an option or a level that does not exist
 */
export function linesOf<Job, Step>(
  job: Job,
  pieces: () => AsyncIterable<Piece<Step>>,
  lineLength: number,
  options: LineOptions = {},
): Lines<Job, Step> {
  checkOptions("lines", options, optionKinds);
  const { levels, signal } = options;
  const wanted = levels && new Set(levels);
  const batches = async function* (): AsyncGenerator<Line<Job, Step>[], void, undefined> {
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    const cutter = new LineCutter(lineLength);
    let parser: LineParser<Job, Step> | undefined;
    let current: Step | undefined;
    const parse = function* (blocks: readonly Uint8Array[]) {
      for (const block of blocks) {
        const lines = parser?.parse(decoder.decode(block)) ?? [];
        if (lines.length > 0) yield lines;
      }
    };
    for await (const { bytes, step } of pieces()) {
      signal?.throwIfAborted();
      if (!parser || step !== current) {
        yield* parse(cutter.end());
        parser = new LineParser(job, step, wanted);
        current = step;
      }
      for (let at = 0; at < bytes.length; at += blockSize)
        yield* parse(cutter.cut(bytes.subarray(at, at + blockSize)));
    }
    yield* parse(cutter.end());
  };
  return {
    batches,
    async *[Symbol.asyncIterator]() {
      const own = ownMemory();
      for await (const batch of batches())
        for (const line of batch) {
          signal?.throwIfAborted();
          yield own(line);
        }
    },
  };
}
