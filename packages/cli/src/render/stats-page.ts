import { createColors } from "../terminal/colors.ts";
import { duration } from "../terminal/duration.ts";
import type { Column } from "../terminal/table.ts";
import { flakyColumns, groupColumns, percent, stepColumns } from "./stats-columns.ts";
import { chartData, chartScript } from "./stats-page-script.ts";
import { periodOf, type StatsReport } from "./stats-report.ts";

/** What the page is made with. */
export interface PageParts {
  /** uPlot's script, which is put into the page. */
  script: string;
  /** uPlot's styles. */
  style: string;
  /** Milliseconds since 1970. */
  now: number;
}

/**
 * The figures as one page that needs nothing else: charts by week and tables, light and dark. Names from elsewhere are
 * text in it, never markup, and its policy lets it load nothing.
 */
export function statsPage(report: StatsReport, { script, style, now }: PageParts): string {
  const { repository, all, groups, by, weeks, flaky } = report;
  const colors = createColors(false);
  const cards: [string, string, string][] = [
    ["Success", percent(all.success_rate), `${all.succeeded} of ${all.succeeded + all.failed}`],
    ["First try", percent(all.first_attempt_success_rate), "without a re-run"],
    ["Re-run", percent(all.rerun_rate), `${all.rerun} of ${all.ended} runs`],
    ["Duration", time(all.duration_p50_ms), `95 % within ${time(all.duration_p95_ms)}`],
    ["Queue", time(all.queue_p50_ms), `95 % within ${time(all.queue_p95_ms)}`],
    ["Did not start", String(all.did_not_start), "mistakes in a workflow's file"],
  ];
  const groupRows = by === "job" ? groups : [...groups, all];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>Workflow runs of ${text(repository)}</title>
<style>${style}</style>
<style>${pageStyle}</style>
</head>
<body>
<header>
<h1>Workflow runs of ${text(repository)}</h1>
<p>${text(periodOf(report))}</p>
</header>
<main>
<section class="cards" aria-label="All runs">
${cards.map(([name, value, about]) => `<div class="card"><h2>${name}</h2><p class="value">${text(value || "–")}</p><p>${text(about.replace(/(?<=\d[a-z]*) (?=\d|%)/g, "\u{A0}"))}</p></div>`).join("\n")}
</section>
${weeks.length === 0 ? "" : chartSection}
${section(`By ${by}`, groupRows, groupColumns(by, colors))}
${section("Flaky: failed, then passed on the same commit", flaky, flakyColumns(colors))}
${section("Slowest steps", report.slowest_steps, stepColumns(colors))}
${section("Steps that fail most", report.most_failing_steps, stepColumns(colors))}
${section("By week", weeks, groupColumns("week", colors))}
</main>
<footer>Made by workflow-runs on ${new Date(now).toISOString().slice(0, 10)}. What each figure means: <a href="https://github.com/workflow-runs/workflow-runs/tree/main/packages/cli#figures">README</a>.</footer>
<script type="application/json" id="data">${json(chartData(weeks))}</script>
<script>${script}</script>
<script>${chartScript}</script>
</body>
</html>
`;
}

function time(ms: number | null): string {
  return duration(ms ?? undefined) || "–";
}

const chartSection = `<section class="charts" aria-label="By week">
<figure><figcaption>Success by week, %</figcaption><div id="success" class="chart"></div></figure>
<figure><figcaption>Runs by week</figcaption><div id="runs" class="chart"></div></figure>
<figure><figcaption>Duration by week, minutes</figcaption><div id="duration" class="chart"></div></figure>
<figure><figcaption>Queue by week, seconds</figcaption><div id="queue" class="chart"></div></figure>
</section>`;

function section<Row>(
  title: string,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
): string {
  if (rows.length === 0) return "";
  const cell = (tag: string, { align }: Column<Row>, content: string): string =>
    `<${tag}${align === "right" ? ' class="number"' : ""}>${text(content)}</${tag}>`;
  const head = columns.map((column) => cell("th", column, column.title)).join("");
  const body = rows.map(
    (row) => `<tr>${columns.map((column) => cell("td", column, column.text(row))).join("")}</tr>`,
  );
  return `<section>
<h2>${text(title)}</h2>
<div class="table"><table>
<thead><tr>${head}</tr></thead>
<tbody>
${body.join("\n")}
</tbody>
</table></div>
</section>`;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

function text(content: string): string {
  return content.replaceAll(/[&<>"]/g, (character) => entities[character] ?? character);
}

/** JSON that cannot end the script that holds it. */
function json(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003C");
}

const pageStyle = `
:root { --ink: #1f2328; --dim: #59636e; --line: #d1d9e0; --page: #ffffff; --card: #f6f8fa;
  --good: #1a7f37; --bad: #cf222e; --main: #0969da; --second: #9a6700; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f0f6fc; --dim: #9198a1; --line: #3d444d; --page: #0d1117; --card: #151b23;
    --good: #3fb950; --bad: #f85149; --main: #4493f8; --second: #d29922; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 76rem; padding: 1.5rem; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.6rem; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
header p, footer, .card p { color: var(--dim); margin: 0; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: .75rem; margin-top: 1.5rem; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem; }
.card h2 { font-size: .85rem; margin: 0; color: var(--dim); font-weight: 500; }
.card .value { color: var(--ink); font-size: 1.6rem; font-weight: 600; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: 1rem; margin-top: 1.5rem; }
figure { margin: 0; padding: .75rem; border: 1px solid var(--line); border-radius: .5rem; min-width: 0; }
figcaption { font-weight: 600; margin-bottom: .5rem; }
.u-legend { color: var(--dim); font-size: 13px; }
.table { overflow-x: auto; border: 1px solid var(--line); border-radius: .5rem; }
table:not(.u-legend) { border-collapse: collapse; width: 100%; }
.table th { text-align: left; font-size: .8rem; color: var(--dim); background: var(--card); font-weight: 600; }
.table th, .table td { padding: .4rem .75rem; border-bottom: 1px solid var(--line); white-space: nowrap; }
.table tr:last-child td { border-bottom: 0; }
.table .number { text-align: right; font-variant-numeric: tabular-nums; }
footer { margin-top: 2rem; font-size: .85rem; }
a { color: var(--main); }
`;
