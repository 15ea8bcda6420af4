import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { round } from "./claim.ts";
import type { Row } from "./results.ts";

/** A bar for each contender as an SVG document: ours stands out, and both colours are seen on light and on dark. */
export function chart(contest: string, rows: readonly Row[]): string {
  const { document } = parseHTML("<html><body></body></html>");
  const [first] = rows as [Row, ...Row[]];
  const longest = Math.max(...rows.map(({ contender }) => contender.length));
  const marginLeft = 16 + longest * 6.5;
  const plot = Plot.plot({
    document,
    width: marginLeft + 480,
    height: 40 + rows.length * 26,
    marginLeft,
    marginRight: 80,
    style: { color: "#808080", background: "transparent", fontSize: "12px" },
    x: { label: first.unit, ticks: 4, grid: true, zero: true },
    y: { label: null, domain: rows.map(({ contender }) => contender) },
    marks: [
      Plot.barX(rows, {
        x: "median",
        y: "contender",
        fill: ({ contender }: Row) => (isOurs(contender) ? "#2f81f7" : "#8b949e"),
      }),
      Plot.text(rows, {
        x: "median",
        y: "contender",
        text: ({ median, unit }: Row) => `${round(median)} ${unit}`,
        textAnchor: "start",
        dx: 4,
      }),
    ],
  });
  plot.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  plot.setAttribute("role", "img");
  plot.setAttribute("aria-label", contest);
  return `${plot.outerHTML}\n`;
}

/** A rival has its own name; what is ours is a package of ours, or one of its ways. */
function isOurs(contender: string): boolean {
  return contender.startsWith("@workflow-runs/");
}
