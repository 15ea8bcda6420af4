/** The page's own script: draws the charts with uPlot, in the colours of the scheme, as wide as their elements. */
export const chartScript = `
const weeks = JSON.parse(document.getElementById("weeks").textContent);
const times = weeks.map((week) => Date.parse(week.group) / 1000);
const of = (name, unit) => weeks.map((week) => (week[name] === null ? null : week[name] / unit));
const charts = {
  success: [
    // Wide enough to be seen behind the other where nothing was run again.
    { label: "latest attempt", values: of("success_rate", 0.01), color: "--good", width: 6 },
    { label: "first attempt", values: of("first_attempt_success_rate", 0.01), color: "--main" },
  ],
  runs: [
    { label: "runs", values: of("runs", 1), color: "--main", bars: true },
    { label: "failed", values: of("failure", 1), color: "--bad", bars: true },
  ],
  duration: [
    { label: "half within", values: of("duration_p50_ms", 60000), color: "--main" },
    { label: "95 % within", values: of("duration_p95_ms", 60000), color: "--second" },
  ],
  queue: [
    { label: "half within", values: of("queue_p50_ms", 1000), color: "--main" },
    { label: "95 % within", values: of("queue_p95_ms", 1000), color: "--second" },
  ],
};
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
