import type { LineLevel } from "./line.ts";

/** A marker at the start of a message: the kind of the line, and where its text starts. */
export interface Marker {
  level: LineLevel;
  textAt: number;
}

/** What GitHub's page shows for the `##[error]` lines that end a step. */
const pageError =
  /^Error: (?=Process completed with exit code \d|The operation was canceled|The process '.+' failed with exit code|The runner has received a shutdown signal|The (?:job|action) .+ (?:has exceeded the maximum execution time|has timed out after))/;

/**
 * The marker of a line copied from GitHub's page, which shows `##[error]` as `Error: `. A program may write that too: only
 * the runner's own sentences count.
 */
export function pageMarkerAt(text: string, at: number, end: number): Marker | undefined {
  if (!text.startsWith("Error: ", at) || !pageError.test(text.slice(at, Math.min(end, at + 300))))
    return undefined;
  return { level: "error", textAt: at + "Error: ".length };
}

const names: ReadonlyMap<string, LineLevel> = new Map(
  (["error", "warning", "notice", "debug", "command", "section", "group", "endgroup"] as const).map(
    (name) => [name, name],
  ),
);

/**
 * The marker at `at`, or undefined for plain output. `##[add-matcher]` and the like are plain output.
 * @param end where the line ends
 */
export function markerAt(text: string, at: number, end: number): Marker | undefined {
  const first = text.charCodeAt(at);
  if (first === 91) {
    return text.startsWith("[command]", at) ? { level: "command", textAt: at + 9 } : undefined;
  }
  if (first !== 35 || text.charCodeAt(at + 1) !== 35 || text.charCodeAt(at + 2) !== 91)
    return undefined;
  if (text.startsWith("start-action ", at + 3)) return { level: "start-action", textAt: at };
  if (text.startsWith("end-action ", at + 3)) return { level: "end-action", textAt: at };
  // The longest name has eight letters.
  const close = text.slice(at + 3, Math.min(at + 12, end)).indexOf("]");
  if (close < 0) return undefined;
  const level = names.get(text.slice(at + 3, at + 3 + close));
  return level && { level, textAt: at + 4 + close };
}
