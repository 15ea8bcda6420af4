import type { Colors } from "./colors.ts";
import { pad, textWidth, truncate } from "./text-width.ts";

/** A column of a table. */
export interface Column<Row> {
  /** Its heading; empty for none. */
  title: string;
  /** The cell's text, without colours. */
  text: (row: Row) => string;
  /** Colours the cell, after it is cut and padded. */
  color?: (text: string, row: Row) => string;
  align?: "left" | "right";
  /** How far it may be cut to fit the terminal; a column without is never cut. */
  min?: number;
}

const GAP = "  ";

/**
 * Lays rows out in aligned columns.
 *
 * @param width Columns of the terminal: the widest columns that have a `min` are cut until the table fits.
 *   Undefined cuts nothing.
 * @returns Lines, the headings first; none when there are no rows.
 */
export function table<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { width, colors }: { width: number | undefined; colors: Colors },
): string[] {
  if (rows.length === 0) return [];
  const texts = rows.map((row) => columns.map((column) => column.text(row)));
  const natural = columns.map((column, at) =>
    Math.max(textWidth(column.title), ...texts.map((cells) => textWidth(cells[at] ?? ""))),
  );
  const widths = fit(natural, columns, width);
  const line = (cells: readonly string[], color: (text: string, at: number) => string): string =>
    cells
      .map((cell, at) => {
        const space = widths[at] ?? 0;
        const last = at === cells.length - 1 && columns[at]?.align !== "right";
        const cut = truncate(cell, space);
        return color(last ? cut : pad(cut, space, columns[at]?.align), at);
      })
      .join(GAP)
      .trimEnd();
  const titles = columns.map(({ title }) => title);
  const head = titles.some((title) => title !== "")
    ? [line(titles, (text) => colors.dim(text))]
    : [];
  return [
    ...head,
    ...texts.map((cells, index) =>
      line(cells, (text, at) => columns[at]?.color?.(text, rows[index] as Row) ?? text),
    ),
  ];
}

/** Takes columns away from the widest that may be cut, one at a time, until the sum fits. */
function fit<Row>(
  natural: readonly number[],
  columns: readonly Column<Row>[],
  width: number | undefined,
): number[] {
  const widths = [...natural];
  if (width === undefined) return widths;
  const gaps = GAP.length * (columns.length - 1);
  let excess = widths.reduce((sum, each) => sum + each, gaps) - width;
  for (; excess > 0; excess -= 1) {
    let widest = -1;
    for (const [at, each] of widths.entries()) {
      const min = columns[at]?.min;
      if (min !== undefined && each > min && each > (widths[widest] ?? 0)) widest = at;
    }
    if (widest === -1) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}
