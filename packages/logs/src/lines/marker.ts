import type { LineLevel } from "./line.ts";

/** A marker at the start of a message: the kind of the line, and where its text starts. */
export interface Marker {
  level: LineLevel;
  textAt: number;
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
