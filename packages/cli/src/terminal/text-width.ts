import { stripVTControlCharacters } from "node:util";
import measure from "fast-string-truncated-width";

const ELLIPSIS = "…";

/** Columns the text takes in a terminal: emoji and CJK take two, colour codes none. */
export function textWidth(text: string): number {
  return measure(text).width;
}

/** Cuts the text to so many columns, with an ellipsis in the last one, never within a character. */
export function truncate(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  if (columns < 1) return "";
  let kept = "";
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (textWidth(kept + segment + ELLIPSIS) > columns) break;
    kept += segment;
  }
  return kept + ELLIPSIS;
}

/** Pads the text with spaces to so many columns. */
export function pad(text: string, columns: number, align: "left" | "right" = "left"): string {
  const space = " ".repeat(Math.max(0, columns - textWidth(text)));
  return align === "left" ? text + space : space + text;
}

/**
 * What a terminal may be shown of a text from elsewhere: one line without control characters, so that
 * a run's title cannot move the cursor or colour the rest.
 */
export function plain(text: string): string {
  return stripVTControlCharacters(text)
    .replaceAll(/\p{Cc}+/gu, " ")
    .trim();
}

/** The same for a line of a log, whose indentation and tabs stay. */
export function plainLine(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/[^\P{Cc}\t]/gu, "");
}
