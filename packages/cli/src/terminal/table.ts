import type { Colors } from "./colors.ts";
import { pad, textWidth, truncate, truncateMiddle } from "./text-width.ts";

/** A column of a table. */
export interface Column<Row> {
  /** Its heading; empty for none. */
  title: string;
  /** The cell's text for a person, without colours. */
  text: (row: Row) => string;
  /** The cell's value in a pipe, where it is another: a word, a whole number, an ISO time. */
  value?: (row: Row) => string;
  /** Colours the cell, after it is cut and padded. */
  color?: (text: string, row: Row) => string;
  align?: "left" | "right";
  /** How far it may be cut to fit the terminal; a column without is never cut. */
  min?: number;
  /** How wide it stays while there are columns of less priority, which are left out before it is cut further. */
  keep?: number;
  /** Where it is cut; default the middle. */
  cut?: "middle" | "end";
  /** Left out of a terminal that is too narrow, the lowest first; a column without always stays. */
  priority?: number;
}

const gap = "  ";

/** What the table is for: a terminal of so many columns (undefined: any number), or a pipe. */
export interface TableTarget {
  width: number | undefined;
  colors: Colors;
  pipe: boolean;
}

/** Rows for a person as a table with headings, for a pipe as tab-separated values without. */
export function rowLines<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  target: TableTarget,
): string[] {
  return target.pipe ? tabSeparated(rows, columns) : table(rows, columns, target);
}

/** One line for each row: every column's value, with a tab between. */
export function tabSeparated<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string[] {
  return rows.map((row) => columns.map(({ text, value = text }) => value(row)).join("\t"));
}

/**
 * Lays rows out in aligned columns.
 *
 * @param width Columns of the terminal. Columns are left out by `priority` until the others fit, cut to `min`, or to
 *   `keep` while one of less priority is there; then the widest are cut. Undefined cuts nothing.
 * @returns Lines, the headings first; none when there are no rows.
 */
export function table<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { width, colors }: Pick<TableTarget, "width" | "colors">,
): string[] {
  if (rows.length === 0) return [];
  const all = columns.map((column) => {
    const texts = rows.map((row) => column.text(row));
    return { column, texts, width: Math.max(...[column.title, ...texts].map(textWidth)) };
  });
  const shown = width === undefined ? all : fit(all, width);
  const line = (cells: readonly string[], color: (text: string, at: number) => string): string =>
    cells
      .map((cell, at) => {
        const { column, width: space } = shown[at] as Shown<Row>;
        const cut = (column.cut === "end" ? truncate : truncateMiddle)(cell, space);
        const last = at === shown.length - 1 && column.align !== "right";
        return color(last ? cut : pad(cut, space, column.align), at);
      })
      .join(gap)
      .trimEnd();
  const titles = shown.map(({ column }) => column.title);
  const head = titles.some((title) => title !== "")
    ? [line(titles, (text) => colors.dim(text))]
    : [];
  return [
    ...head,
    ...rows.map((row, index) =>
      line(
        shown.map(({ texts }) => texts[index] ?? ""),
        (text, at) => shown[at]?.column.color?.(text, row) ?? text,
      ),
    ),
  ];
}

interface Shown<Row> {
  column: Column<Row>;
  texts: readonly string[];
  width: number;
}

/** Cuts columns, and leaves out those that matter least, until the line fits. */
function fit<Row>(all: readonly Shown<Row>[], width: number): Shown<Row>[] {
  let shown = [...all];
  const least = ({ column: { min }, width: natural }: Shown<Row>): number =>
    Math.min(natural, min ?? natural);
  const kept = ({ column: { min, keep = min }, width: natural }: Shown<Row>): number =>
    Math.min(natural, keep ?? natural);
  for (;;) {
    const lowest = Math.min(...shown.map(({ column }) => column.priority ?? Infinity));
    const isLowest = ({ column }: Shown<Row>): boolean => column.priority === lowest;
    if (lowest === Infinity) break;
    if (lineWidth(shown.map((each) => (isLowest(each) ? least : kept)(each))) <= width) break;
    shown = shown.filter((each) => !isLowest(each));
  }
  const widths = shown.map((each) => each.width);
  for (const floorOf of [kept, least]) {
    const floors = shown.map((each) => floorOf(each));
    for (let excess = lineWidth(widths) - width; excess > 0; excess -= 1) {
      let widest = -1;
      for (const [at, each] of widths.entries())
        if (each > (floors[at] ?? 0) && each > (widths[widest] ?? 0)) widest = at;
      if (widest === -1) break;
      widths[widest] = (widths[widest] ?? 0) - 1;
    }
  }
  return shown.map(({ column, texts, width }, at) => ({
    column,
    texts,
    width: widths[at] ?? width,
  }));
}

function lineWidth(widths: readonly number[]): number {
  return widths.reduce((sum, each) => sum + each, gap.length * (widths.length - 1));
}
