import { type Line, type LineLevel, lineLevels } from "./line.ts";
import { LineParser } from "./line-parser.ts";
import { LineCutter } from "./line-cutter.ts";
import {
  checkOptions,
  checkValue,
  kinds,
  oneOf,
  type OptionKind,
} from "@workflow-runs/core/support";

// Larger blocks hold more memory, and are no faster.
const blockSize = 2 ** 15;
// A part of a string keeps all of it alive. Who keeps one line keeps no more than this along with it.
const smallBlock = 2 ** 11;

/** Options of `lines()`. */
export interface LineOptions {
  /**
   * Only lines of these kinds. The others are counted, not parsed.
   * @default lines of all kinds
   */
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
   * lines out of many should keep copies, or iterate over the lines themselves, which keep little alive.
   */
  batches(): AsyncIterable<Line<Job, Step>[]>;
}

/** Some bytes of a log, and the step they are of. Where the step changes, a line has ended. */
export interface Piece<Step> {
  readonly bytes: Uint8Array;
  readonly step: Step | undefined;
}

const optionKinds: Readonly<Record<keyof LineOptions, OptionKind>> = {
  levels: { allows: Array.isArray, words: `an array of levels (${lineLevels.join(", ")})` },
  signal: kinds.abortSignal,
};
const oneLevel = oneOf(...lineLevels);

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
  for (const level of levels ?? []) checkValue("lines", "levels", level, oneLevel);
  const wanted = levels && new Set(levels);
  const read = async function* (): AsyncGenerator<Block<Job, Step>, void, undefined> {
    const cutter = new LineCutter(lineLength);
    let parser: LineParser<Job, Step> | undefined;
    let current: Step | undefined;
    for await (const { bytes, step } of pieces()) {
      signal?.throwIfAborted();
      if (!parser || step !== current) {
        if (parser) for (const block of cutter.end()) yield { bytes: block, parser };
        parser = new LineParser(job, step, wanted);
        current = step;
      }
      for (let at = 0; at < bytes.length; at += blockSize)
        for (const block of cutter.cut(bytes.subarray(at, at + blockSize)))
          yield { bytes: block, parser };
    }
    if (parser) for (const block of cutter.end()) yield { bytes: block, parser };
  };
  return {
    async *batches() {
      const decoder = createDecoder();
      for await (const { bytes, parser } of read())
        for (const part of parts(bytes, blockSize)) {
          const lines = parser.parse(decoder.decode(part));
          if (lines.length > 0) yield lines;
        }
    },
    [Symbol.asyncIterator]: () => oneByOne(read(), signal),
  };
}

/** Some whole lines of one step, still to be parsed, in order. */
interface Block<Job, Step> {
  readonly bytes: Uint8Array;
  readonly parser: LineParser<Job, Step>;
}

function createDecoder(): TextDecoder {
  return new TextDecoder("utf-8", { ignoreBOM: true });
}

/** A block of whole lines in parts of whole lines: each as long as `size`, but for a line that is longer. */
function* parts(block: Uint8Array, size: number): Generator<Uint8Array, void, undefined> {
  for (let at = 0; at < block.length;) {
    let end = block.length - at <= size ? block.length : block.lastIndexOf(10, at + size - 1) + 1;
    if (end <= at) end = block.indexOf(10, at) + 1 || block.length;
    yield block.subarray(at, end);
    at = end;
  }
}

/**
 * The lines of blocks one by one. An async generator would take three turns of the microtask queue for each, and most
 * are at hand; so are the small parts of a block, which are parsed when their turn comes.
 */
function oneByOne<Job, Step>(
  blocks: AsyncGenerator<Block<Job, Step>, void, undefined>,
  signal: AbortSignal | undefined,
): AsyncIterator<Line<Job, Step>, undefined, undefined> {
  const decoder = createDecoder();
  let block: Iterator<Uint8Array> | undefined;
  let parser: LineParser<Job, Step> | undefined;
  let batch: readonly Line<Job, Step>[] = [];
  let at = 0;
  let reading: Promise<IteratorResult<Line<Job, Step>, undefined>> | undefined;
  /** The next line of the block at hand. */
  const next = (): Line<Job, Step> | undefined => {
    while (at >= batch.length) {
      const part = block?.next();
      if (!part || part.done) return undefined;
      batch = parser?.parse(decoder.decode(part.value)) ?? [];
      at = 0;
    }
    return batch[at++];
  };
  const drop = async (): Promise<void> => {
    batch = [];
    block = undefined;
    await blocks.return();
  };
  const read = async (): Promise<IteratorResult<Line<Job, Step>, undefined>> => {
    for (;;) {
      if (signal?.aborted) {
        await drop();
        throw signal.reason;
      }
      const value = next();
      if (value) return { done: false, value };
      const { done, value: more } = await blocks.next();
      if (done) return { done: true, value: undefined };
      block = parts(more.bytes, smallBlock);
      parser = more.parser;
    }
  };
  return {
    next() {
      if (reading === undefined && !signal?.aborted) {
        const value = next();
        if (value) return Promise.resolve({ done: false, value });
      }
      // A call before the one before has its line waits for its turn.
      const mine: typeof reading = (reading ?? Promise.resolve()).then(read, read);
      reading = mine;
      const settle = (): void => {
        if (reading === mine) reading = undefined;
      };
      mine.then(settle, settle);
      return mine;
    },
    async return() {
      await drop();
      return { done: true, value: undefined };
    },
  };
}
