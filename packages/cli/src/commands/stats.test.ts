import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { chartData } from "../render/stats-page-script.ts";
import { createTerminal, startTime, type Terminal } from "../../test/terminal.ts";
import type { StatsReport } from "../render/stats-report.ts";

const hour = 3_600_000;

/** Two weeks of runs: four that succeed, one that fails, one that is cancelled, one that passes when it is re-run. */
async function twoWeeks(terminal: Terminal): Promise<void> {
  const { repository } = terminal;
  const conclusions = ["success", "success", "failure", "success", "cancelled", "success"] as const;
  for (const [index, conclusion] of conclusions.entries()) {
    repository.createRun({
      created_at: startTime - (10 - index) * 24 * hour,
      status: "completed",
      conclusion,
      jobs: [{ name: "build", conclusion, steps: [{ name: "Run make", seconds: 50 + index }] }],
    });
  }
  const flaky = repository.createRun({
    workflow: "nightly.yml",
    status: "completed",
    jobs: [
      {
        name: "soak",
        conclusion: ["failure", "success"],
        steps: [{ name: "Run soak", conclusion: ["failure", "success"] }],
      },
    ],
  });
  expect(await terminal.run("rerun", String(flaky.id))).toBe(0);
  await terminal.context.sleep(hour);
  terminal.stdout();
}

test("counts attempts, measures by jobs, and finds what is flaky", async () => {
  const terminal = createTerminal();
  await twoWeeks(terminal);
  expect(await terminal.run("stats", "--json")).toBe(0);
  const report = terminal.json() as StatsReport;
  expect(report).toMatchObject({
    repository: "octo-org/octo-repo",
    limited: false,
    by: "workflow",
    all: { ended: 7, succeeded: 5, failed: 1, cancelled: 1, rerun: 1, unfinished: 0 },
    groups: [
      { group: "CI", ended: 6, success_rate: 0.8, first_attempt_success_rate: 0.8, rerun_rate: 0 },
      { group: "Nightly", ended: 1, success_rate: 1, first_attempt_success_rate: 0, rerun_rate: 1 },
    ],
    flaky: [{ workflow: "Nightly", job: "soak", step: "Run soak", flakes: 1, executions: 2 }],
    most_failing_steps: [
      { step: "Run make", failures: 1, executions: 6 },
      { step: "Run soak", failures: 1, executions: 2 },
    ],
  });
  expect(report.weeks.map(({ group }) => group)).toEqual(["2025-12-29", "2026-01-05"]);
  expect(report.slowest_steps[0]?.step).toBe("Run make");
  const durations = report.all.duration_p95_ms ?? 0;
  expect(durations).toBeGreaterThan(50_000);
  expect(durations).toBeLessThan(120_000);
});

test("on a terminal it is a table and what to look at, at 40, 80 and 120 columns", async () => {
  for (const columns of [40, 80, 120]) {
    const terminal = createTerminal({ isTTY: true, columns, env: { NO_COLOR: "1" } });
    await twoWeeks(terminal);
    expect(await terminal.run("stats")).toBe(0);
    const text = terminal.stdout();
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(columns);
    expect(text).toMatch(/^WORKFLOW +RUNS +SUCCESS/);
    expect(text).toMatch(/^CI +6 +80\.0 %/m);
    expect(text).toMatch(/^all +7 +83\.3 %/m);
    expect(text).toMatch(/^Flaky: failed, then passed on/m);
    expect(text).toContain("Slowest steps\n");
    expect(text.replaceAll("\n", " ")).toContain("7 runs, from 2025-12-31 to 2026-01-10.");
  }
});

test("in a pipe the groups are tab-separated, rates as shares and times in milliseconds", async () => {
  const terminal = createTerminal();
  await twoWeeks(terminal);
  expect(await terminal.run("stats")).toBe(0);
  const [ci = "", nightly = "", ...rest] = terminal.stdout().trimEnd().split("\n");
  expect(ci.split("\t").slice(0, 6)).toEqual(["CI", "6", "0.8", "0.8", "0", "1"]);
  expect(nightly.split("\t").slice(0, 5)).toEqual(["Nightly", "1", "1", "0", "1"]);
  expect(ci.split("\t").at(-1)).toMatch(/^\d{5}$/);
  expect(rest).toEqual([]);
  expect(terminal.stderr()).toBe("7 runs, from 2025-12-31 to 2026-01-10.\n");
});

test("--since looks back, and --by groups by something else", async () => {
  const terminal = createTerminal();
  await twoWeeks(terminal);
  expect(
    await terminal.run("stats", "--since", "6d", "--by", "job", "--jq", ".groups[].group"),
  ).toBe(0);
  expect(terminal.stdout()).toBe("CI / build\nNightly / soak\n");
  const list = terminal.requests.find(({ url }) => url.includes("created="));
  expect(new URL(list?.url ?? "").searchParams.get("created")).toContain("2026-01-04T13:00:00");
  expect(await terminal.run("stats", "--since", "6d", "--created", ">=2026-01-01")).toBe(2);
  expect(await terminal.run("stats", "--since", "soon")).toBe(2);
});

test("--fail-under is exit code 3 below it", async () => {
  const terminal = createTerminal();
  await twoWeeks(terminal);
  expect(await terminal.run("stats", "--fail-under", "80")).toBe(0);
  expect(await terminal.run("stats", "--fail-under", "90%")).toBe(3);
  expect(terminal.stderr()).toContain("83.3 % of the runs succeeded: under 90 %.");
  expect(await terminal.run("stats", "--fail-under", "most")).toBe(2);
});

test("--csv has a header and a line for each group, and no cell is a formula", async () => {
  const terminal = createTerminal();
  terminal.repository.createRun({ status: "completed", branch: '=cmd|"/c calc"!A0' });
  expect(await terminal.run("stats", "--csv", "--by", "branch")).toBe(0);
  const [head, row] = terminal.stdout().split("\r\n");
  expect(head).toMatch(/^group,ended,unfinished,succeeded,/);
  expect(row).toMatch(/^"'=cmd\|""\/c calc""!A0",1,0,1,/);
});

test("--markdown is tables, in which a name is only text", async () => {
  const terminal = createTerminal();
  terminal.repository.createRun({
    status: "completed",
    branch: "a|b <img src=x> @octocat [x](http://e)",
  });
  expect(await terminal.run("stats", "--markdown", "--by", "branch")).toBe(0);
  const text = terminal.stdout();
  expect(text).toMatch(/^## Workflow runs of octo-org\/octo-repo\n/);
  expect(text).toContain("| BRANCH | RUNS | SUCCESS |");
  expect(text).toContain("a\\|b \\<img src=x\\> @\u2060octocat \\[x\\]\\(http://e\\)");
});

test("--html writes one page that loads nothing, draws each chart, and in which a name is only text", async () => {
  const folder = await mkdtemp(join(tmpdir(), "workflow-runs-stats-"));
  try {
    const terminal = createTerminal();
    await twoWeeks(terminal);
    terminal.repository.createRun({
      status: "completed",
      branch: "</script><script>alert(1)</script>",
    });
    const file = join(folder, "stats.html");
    expect(await terminal.run("stats", "--by", "branch", "--html", file)).toBe(0);
    expect(terminal.stderr()).toContain(`The page is in ${file}.`);
    const page = await readFile(file, "utf8");
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/(?:src|href)="(?!https:\/\/github\.com)/);
    expect(page).not.toContain("<script>alert");
    expect(page).toContain("&lt;/script&gt;&lt;script&gt;alert(1)");
    expect(page).toContain("uPlot");
    const [, data = ""] = /id="data">(.*?)<\/script>/.exec(page) ?? [];
    const { times, charts } = JSON.parse(data) as ReturnType<typeof chartData>;
    const [runs, failed] = charts["runs"] ?? [];
    expect([runs?.values, failed?.values]).toEqual([
      [5, 3],
      [1, 0],
    ]);
    const all = Object.entries(charts).flatMap(([id, series]) =>
      series.map(({ values }) => [id, values.length, values.some((value) => value !== null)]),
    );
    expect(all.filter(([, count, isDrawn]) => count !== times.length || isDrawn !== true)).toEqual(
      [],
    );
    expect(Object.keys(charts).filter((id) => !page.includes(`id="${id}" class="chart"`))).toEqual(
      [],
    );
    expect(await terminal.run("stats", "--html", join(folder, "none", "x.html"))).toBe(2);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("two formats at once are a usage error", async () => {
  const terminal = createTerminal();
  expect(await terminal.run("stats", "--csv", "--json")).toBe(2);
  expect(terminal.stderr()).toContain("--csv and --json cannot be used together");
  expect(terminal.requests).toEqual([]);
});
