import measure from "fast-string-truncated-width";

const dots = "…";

/** Columns the text takes in a terminal: emoji and CJK take two, colour codes none. */
export function textWidth(text: string): number {
  return measure(text).width;
}

/** Cuts the text to so many columns, with an ellipsis in the last one, never within a character. */
export function truncate(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  return columns < 1 ? "" : longest(characters(text), columns - 1) + dots;
}

/** Cuts the middle out of a name: what tells two names apart is at their ends more often than not. */
export function truncateMiddle(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  if (columns < 3) return truncate(text, columns);
  const parts = characters(text);
  const end = longest(parts.toReversed(), Math.floor((columns - 1) / 2), (all, next) => next + all);
  return longest(parts, columns - 1 - textWidth(end)) + dots + end;
}

function characters(text: string): string[] {
  return [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
}

/** As many of the characters as fit. */
function longest(
  parts: readonly string[],
  columns: number,
  join: (all: string, next: string) => string = (all, next) => all + next,
): string {
  let kept = "";
  for (const part of parts) {
    const joined = join(kept, part);
    if (textWidth(joined) > columns) break;
    kept = joined;
  }
  return kept;
}

/** Pads the text with spaces to so many columns. */
export function pad(text: string, columns: number, align: "left" | "right" = "left"): string {
  const space = " ".repeat(Math.max(0, columns - textWidth(text)));
  return align === "left" ? text + space : space + text;
}

/** Breaks a text into lines of at most so many columns, between words; a word that is longer is a line by itself. */
export function wrapWords(text: string, columns: number | undefined): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const joined = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (columns === undefined || lines.length === 0 || textWidth(joined) <= columns) {
      lines[Math.max(0, lines.length - 1)] = joined;
    } else lines.push(word);
  }
  return lines;
}
