import type { Statistics } from "../stats/index.ts";

/** A line or the bars of a chart: a figure of each week. */
interface Series {
  label: string;
  figure: Exclude<keyof Statistics, "group">;
  /** What of the figure is 1 in the chart. */
  unit: number;
  /** A custom property of the page's styles. */
  color: string;
  bars?: true;
  width?: number;
}

/** The series of each chart, by the id of its element. */
const charts: Readonly<Record<string, readonly Series[]>> = {
  success: [
    // Wide enough to be seen behind the other where nothing was run again.
    { label: "latest attempt", figure: "success_rate", unit: 0.01, color: "--good", width: 6 },
    { label: "first attempt", figure: "first_attempt_success_rate", unit: 0.01, color: "--main" },
  ],
  runs: [
    { label: "runs", figure: "ended", unit: 1, color: "--main", bars: true },
    { label: "failed", figure: "failed", unit: 1, color: "--bad", bars: true },
  ],
  duration: [
    { label: "half within", figure: "duration_p50_ms", unit: 60_000, color: "--main" },
    { label: "95 % within", figure: "duration_p95_ms", unit: 60_000, color: "--second" },
  ],
  queue: [
    { label: "half within", figure: "queue_p50_ms", unit: 1_000, color: "--main" },
    { label: "95 % within", figure: "queue_p95_ms", unit: 1_000, color: "--second" },
  ],
};

/** The weeks, in seconds since 1970, and the series of each chart with a value for each week. */
export function chartData(weeks: readonly Statistics[]): {
  times: number[];
  charts: Record<string, (Omit<Series, "figure" | "unit"> & { values: (number | null)[] })[]>;
} {
  const withValues = ({ figure, unit, ...look }: Series) => ({
    ...look,
    values: weeks.map(({ [figure]: value }) => (value === null ? null : value / unit)),
  });
  return {
    times: weeks.map(({ group }) => Date.parse(group ?? "") / 1000),
    charts: Object.fromEntries(
      Object.entries(charts).map(([id, series]) => [id, series.map(withValues)]),
    ),
  };
}

/** The page's own script: draws the charts with uPlot, in the colours of the scheme, as wide as their elements. */
export const chartScript = `
const { times, charts } = JSON.parse(document.getElementById("data").textContent);
const drawn = [];
const week = 7 * 86400;
const day = (seconds) => new Date(seconds * 1000).toISOString().slice(5, 10);
// No more labels than are read beside each other.
const labelled = times.filter((_, at) => at % Math.ceil(times.length / 8) === 0);
function draw() {
  for (const chart of drawn.splice(0)) chart.destroy();
  const style = getComputedStyle(document.documentElement);
  const color = (name) => style.getPropertyValue(name).trim();
  const axis = { stroke: color("--dim"), grid: { stroke: color("--line"), width: 1 }, ticks: { stroke: color("--line"), width: 1 } };
  for (const [id, series] of Object.entries(charts)) {
    const element = document.getElementById(id);
    if (element === null) continue;
    const options = {
      width: element.clientWidth,
      height: 220,
      cursor: { drag: { x: false, y: false } },
      scales: {
        // Half a week of air on both sides, so that a single week is a chart too.
        x: { time: true, range: () => [times[0] - week / 2, times[times.length - 1] + week / 2] },
        y: { range: (_, min, max) => (id === "success" ? [Math.max(0, Math.floor((min ?? 0) / 10) * 10 - 10), 100] : [0, (max || 1) * 1.1]) },
      },
      axes: [{ ...axis, splits: () => labelled, values: (_, ticks) => ticks.map(day) }, { ...axis, size: 56 }],
      series: [
        { label: "Week of", value: (_, seconds) => (seconds === null || seconds === undefined ? "–" : day(seconds)) },
        ...series.map(({ label, color: name, bars, width = 2 }) => ({
          label,
          stroke: color(name),
          width: bars ? 0 : width,
          fill: bars ? color(name) : undefined,
          paths: bars ? uPlot.paths.bars({ size: [0.6, 40] }) : undefined,
          points: { show: !bars, size: 6 },
          spanGaps: true,
          value: (_, value) => (value === null || value === undefined ? "–" : String(Math.round(value * 10) / 10)),
        })),
      ],
    };
    drawn.push(new uPlot(options, [times, ...series.map(({ values }) => values)], element));
  }
}
draw();
addEventListener("resize", draw);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
`;
