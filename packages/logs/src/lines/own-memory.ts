const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

// Up to this length V8 copies by itself.
const copiedAnyway = 12;

/**
 * The text in memory of its own. A part of a long string keeps the whole of it alive: 2,052 lines out of as many
 * blocks held 270 MB.
 */
export function copied(text: string): string {
  return text.length <= copiedAnyway ? text : decoder.decode(encoder.encode(text));
}

/** The line with strings of its own. */
export function ownMemory<L extends { raw: string; text: string }>(line: L): L {
  const raw = copied(line.raw);
  const at = raw.length - line.text.length;
  return { ...line, raw, text: raw.endsWith(line.text) ? raw.slice(at) : copied(line.text) };
}
