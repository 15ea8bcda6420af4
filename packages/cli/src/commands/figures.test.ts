import { expect, test } from "vitest";
import { createTerminal, startTime } from "../../test/terminal.ts";

test("usage shows the billable time by system and job", async () => {
  const body = {
    billable: {
      UBUNTU: {
        total_ms: 240_000,
        jobs: 2,
        job_runs: [
          { job_id: 1, duration_ms: 180_000 },
          { job_id: 2, duration_ms: 60_000 },
        ],
      },
      MACOS: { total_ms: 0, jobs: 1 },
    },
    run_duration_ms: 204_000,
  };
  const terminal = createTerminal({
    isTTY: true,
    env: { NO_COLOR: "1" },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      return request.url.endsWith("/timing") ? Response.json(body) : terminal.fake.fetch(request);
    },
  });
  const { id } = terminal.repository.createRun({ status: "completed" });
  expect(await terminal.run("usage", "latest")).toBe(0);
  expect(terminal.stdout()).toBe(
    [
      "SYSTEM  JOBS    BILLABLE",
      "UBUNTU  2 jobs     4m 0s",
      "          1        3m 0s",
      "          2        1m 0s",
      "MACOS   1 job         0s",
      "The run took 3m 24s.",
      "",
    ].join("\n"),
  );
  expect(await terminal.run("usage", "latest", "--json")).toBe(0);
  expect(terminal.json()).toEqual({ run_id: id, usage: body });
});

test("usage of a public repository says first that nothing is billed, and shows the time it took", async () => {
  const terminal = createTerminal({ isTTY: true, env: { NO_COLOR: "1" } });
  const { id } = terminal.repository.createRun({
    created_at: startTime - 3_600_000,
    jobs: [
      { name: "lint", steps: [{ name: "Run lint", seconds: 10 }] },
      { name: "test", steps: [{ name: "Run npm test", seconds: 75 }] },
    ],
  });
  expect(await terminal.run("usage", String(id))).toBe(0);
  const text = terminal.stdout();
  expect(text.replaceAll(/\d+m \d+s|\d+s/g, "N").replaceAll(/ +/g, " ")).toBe(
    [
      "Nothing is billed, as for all public repositories and self-hosted runners.",
      "",
      "SYSTEM JOBS TOOK",
      "UBUNTU 2 jobs",
      " lint N",
      " test N",
      "The run took N.",
      "",
    ].join("\n"),
  );
  expect(text).not.toMatch(/\b0s/);
});

test("stats says when it did not look at every run", async () => {
  const terminal = createTerminal();
  terminal.repository.createRuns(30);
  expect(await terminal.run("stats", "--limit", "20")).toBe(0);
  expect(terminal.stderr()).toContain("The newest 20 runs, of 2026-01-10; more with --limit.");
});

test("stats leaves out a workflow of which no run has ended, and says how many runs are not counted", async () => {
  const terminal = createTerminal({ isTTY: true, env: { NO_COLOR: "1" } });
  const { repository } = terminal;
  repository.createRun({ workflow: "deploy.yml", status: "in_progress" });
  expect(await terminal.run("stats")).toBe(0);
  expect(terminal.stdout()).toBe("1 run, of 2026-01-10. None has ended yet.\n");
  repository.createRun({ workflow: "deploy.yml", status: "in_progress" });
  repository.createRun({ status: "completed" });
  expect(await terminal.run("stats")).toBe(0);
  const [, ...lines] = terminal.stdout().trimEnd().split("\n");
  expect(lines[0]).toMatch(/^CI +1 +100\.0 % /);
  expect(lines[1]).toBe("");
  expect(lines.at(-1)).toBe(
    "3 runs, of 2026-01-10. 2 of them have not ended, and are not counted.",
  );
  expect(await terminal.run("stats", "--json")).toBe(0);
  expect(terminal.json()).toMatchObject({
    all: { ended: 1, unfinished: 2 },
    groups: [
      { group: "Deploy", ended: 0, unfinished: 2 },
      { group: "CI", ended: 1 },
    ],
  });
});

test("stats of nothing says so", async () => {
  const terminal = createTerminal();
  expect(await terminal.run("stats")).toBe(0);
  expect(terminal.stderr()).toContain("has no such run");
  expect(await terminal.run("stats", "--json")).toBe(0);
  expect(terminal.json()).toMatchObject({ from: null, to: null, groups: [], all: { ended: 0 } });
});
