import type { Output } from "./context.ts";

const BLOCK = 64 * 1_024;

/** Collects lines into blocks, because a write for each of a million lines is slow. */
export interface TextWriter {
  line(text: string): Promise<void>;
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
  return {
    async line(text) {
      block += `${text}\n`;
      if (block.length >= BLOCK) await flush();
    },
    end: flush,
  };
}
