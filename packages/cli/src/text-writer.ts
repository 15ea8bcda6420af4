import type { Output } from "./context.ts";

const blockSize = 64 * 1_024;

/** Collects lines into blocks, because a write for each of a million lines is slow. */
export interface TextWriter {
  line(text: string): Promise<void>;
  /** Text that ends its lines itself, or nothing. */
  text(text: string): Promise<void>;
  /** Writes what is left. */
  end(): Promise<void>;
}

/** A writer of lines to an output; resolves when there is room for more. */
export function createTextWriter(output: Output): TextWriter {
  let block = "";
  const flush = async (): Promise<void> => {
    const text = block;
    block = "";
    if (text !== "") await output.write(text);
  };
  const add = async (text: string): Promise<void> => {
    block += text;
    if (block.length >= blockSize) await flush();
  };
  return {
    line: async (text) => add(`${text}\n`),
    text: add,
    end: flush,
  };
}
