import type { Line } from "./line.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

// Up to this length V8 copies by itself.
const copiedAnyway = 12;

/**
 * The text in memory of its own. A part of a long string keeps the whole of it alive: 2,052 lines out of as many
 * blocks held 270 MB.
 */
function copied(text: string): string {
  return text.length <= copiedAnyway ? text : decoder.decode(encoder.encode(text));
}

type Kept = Pick<Line, "raw" | "text" | "groups">;

/** Gives lines strings of their own; those of one group share its title. */
export function ownMemory(): <L extends Kept>(line: L) => L {
  let last: readonly string[] | undefined;
  let groups: readonly string[] = [];
  return (line) => {
    if (line.groups !== last) {
      last = line.groups;
      groups = last.map((title) => copied(title));
    }
    const raw = copied(line.raw);
    const at = raw.length - line.text.length;
    return {
      ...line,
      raw,
      text: raw.endsWith(line.text) ? raw.slice(at) : copied(line.text),
      groups,
    };
  };
}
