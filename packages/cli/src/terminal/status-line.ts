import type { Output } from "../context.ts";
import { truncate } from "./text-width.ts";

const clearLine = "\r\u001B[2K";

/** A line at the bottom of the terminal that is drawn over; it does not exist where there is no terminal. */
export interface StatusLine {
  /** Shows this text instead. */
  show(text: string): Promise<void>;
  /** Takes it away, so that other output starts on a clean line. */
  clear(): Promise<void>;
}

/** A status line on an output, usually standard error. */
export function createStatusLine(output: Output): StatusLine {
  let shown = "";
  return {
    async show(text) {
      if (!output.isTTY || text === shown) return;
      shown = text;
      await output.write(`${clearLine}${truncate(text, (output.columns ?? 80) - 1)}`);
    },
    async clear() {
      if (shown === "") return;
      shown = "";
      await output.write(clearLine);
    },
  };
}
