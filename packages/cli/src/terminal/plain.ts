import { stripVTControlCharacters } from "node:util";

/** Characters that are never seen themselves: they turn text around, or hide in it. */
const invisible =
  /[\u061C\u200B\u200E\u200F\u2028-\u202E\u2060-\u2069\uFEFF\u{E0000}-\u{E007F}]|\p{Cs}/gu;

/**
 * What a terminal may be shown of a name or title from elsewhere: one line, in which control characters and those
 * that turn text around are written out (`^[`, `<U+202E>`), so that a run's title cannot move the cursor, colour
 * the rest, or read as another.
 */
export function plain(text: string): string {
  return visible(text.replaceAll(/[\t-\r\u0085]+/g, " ")).trim();
}

/**
 * The same for a line of a log, whose indentation and tabs stay; colours and other terminal sequences are usual
 * there, and are left out.
 */
export function plainLine(text: string): string {
  return visible(stripVTControlCharacters(text));
}

function visible(text: string): string {
  return text.replaceAll(/[^\P{Cc}\t]/gu, written).replaceAll(invisible, codePoint);
}

function written(character: string): string {
  const code = character.charCodeAt(0);
  if (code === 0x7f) return "^?";
  return code < 0x20 ? `^${String.fromCharCode(code + 0x40)}` : codePoint(character);
}

function codePoint(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
}
