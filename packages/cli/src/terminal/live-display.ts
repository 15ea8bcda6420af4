import type { Output } from "../context.ts";

/** Lines on a terminal that are drawn over; they stay when it ends. */
export interface LiveDisplay {
  /** Shows these lines instead of those before. Each must fit the width, and all the height. */
  show(lines: readonly string[]): Promise<void>;
  /** Leaves what is shown, and ends. */
  end(): Promise<void>;
}

// A terminal that knows it shows each picture whole (https://gist.github.com/christianparpart/d8a62cc1ab659194337d73e399004036).
const begin = "\u001B[?2026h";
const finish = "\u001B[?2026l";
const hideCursor = "\u001B[?25l";
const showCursor = "\u001B[?25h";
const clearBelow = "\u001B[0J";

/** A live display on a terminal. */
export function createLiveDisplay(output: Output): LiveDisplay {
  let shown: readonly string[] | undefined;
  return {
    async show(lines) {
      if (shown !== undefined && lines.join("\n") === shown.join("\n")) return;
      const up =
        shown === undefined ? hideCursor : shown.length > 0 ? `\u001B[${shown.length}A` : "";
      shown = [...lines];
      await output.write(
        `${begin}${up}\r${clearBelow}${lines.map((line) => `${line}\n`).join("")}${finish}`,
      );
    },
    async end() {
      if (shown === undefined) return;
      shown = undefined;
      await output.write(showCursor);
    },
  };
}
