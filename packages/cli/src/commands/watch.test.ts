import { presets } from "@workflow-runs/msw/fake";
import { expect, test } from "vitest";
import { createTerminal, START } from "../../test/terminal.ts";
import { Interrupted } from "../stop-reasons.ts";

const JOBS = [
  { name: "lint", steps: [{ name: "Run lint", seconds: 10 }] },
  { name: "test", needs: "lint", steps: [{ name: "Run npm test", seconds: 30 }] },
];

test("tells each job as it starts and ends, and exits 0 when the run succeeds", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({ display_title: "Ship it", jobs: JOBS });
  expect(await terminal.run("watch", String(id))).toBe(0);
  const [head, , , , , ...lines] = terminal.stdout().trimEnd().split("\n");
  expect(head).toBe("○ Ship it");
  expect(lines.map((line) => line.replaceAll(/\d+s/g, "N"))).toEqual([
    "● lint          started",
    "✓ lint          success in N",
    "● test          started",
    "✓ test          success in N",
    "",
    `✓ Run ${id}, attempt 1: success in N`,
  ]);
  expect(terminal.stderr()).toBe("");
});

test("exits 3 when the run does not succeed, and names the step", async () => {
  const terminal = createTerminal();
  terminal.repository.createRun({
    jobs: [{ name: "test", conclusion: "failure", steps: [{ name: "Run npm test" }] }],
  });
  expect(await terminal.run("watch", "latest")).toBe(3);
  expect(terminal.stdout()).toMatch(/✗ test +failure in \d+s at step 2, Run npm test/);
});

test("a run that is over already is shown at once", async () => {
  const terminal = createTerminal();
  terminal.repository.createRun({ status: "completed", conclusion: "cancelled" });
  expect(await terminal.run("watch", "latest")).toBe(3);
  expect(terminal.context.now()).toBe(START);
});

test("a run without jobs has one empty line before its end", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun(presets.startupFailure());
  expect(await terminal.run("watch", "latest")).toBe(3);
  const lines = terminal.stdout().trimEnd().split("\n");
  expect(lines.slice(-3)).toEqual([
    `  https://github.com/octo-org/octo-repo/actions/runs/${id}`,
    "",
    expect.stringMatching(/^✗ Run \d+, attempt 1: startup_failure/),
  ]);
});

test("--timeout ends it with exit code 6, and the run goes on", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({ status: "in_progress" });
  expect(await terminal.run("watch", "latest", "--timeout", "90s")).toBe(6);
  expect(terminal.context.now() - START).toBe(90_000);
  expect(terminal.stderr()).toBe(
    `error: Waited 1m 30s, and run ${id}, attempt 1, was last seen in_progress; it goes on. Wait longer with a larger --timeout.\n`,
  );
  expect(terminal.repository.run(id)?.data.status).toBe("in_progress");
});

test("--timeout while the jobs cannot be read gives the last failure too", async () => {
  const terminal = createTerminal({
    fetch: async (input, init) => {
      const request = new Request(input, init);
      if (request.url.includes("/jobs")) return new Response("", { status: 502 });
      return terminal.fake.fetch(request);
    },
  });
  terminal.repository.createRun({ status: "in_progress" });
  expect(await terminal.run("watch", "latest", "--timeout", "4s")).toBe(6);
  const text = terminal.stderr();
  expect(text).toMatch(
    /^error: Waited 4s, and run \d+, attempt 1, was last seen in_progress; it goes on \(the last request: 502 GET .*--timeout\.\n/m,
  );
  expect(text).not.toContain("`timeout`");
});

test("GitHub being away for long ends it with exit code 1, in words of the command", async () => {
  let away = false;
  const terminal = createTerminal({
    fetch: async (input, init) => {
      const request = new Request(input, init);
      return away ? new Response("", { status: 502 }) : terminal.fake.fetch(request);
    },
  });
  const { id } = terminal.repository.createRun({ status: "in_progress" });
  terminal.after(30_000, () => {
    away = true;
  });
  expect(await terminal.run("watch", String(id))).toBe(1);
  const [last] = terminal.stderr().match(/^error: .*/m) ?? [];
  expect(last).toMatch(
    /^error: Every request failed for \d+m \d+s, and run \d+, attempt 1, was last/,
  );
  expect(last).toContain("(the last request: 502 GET ");
  expect(last).not.toContain("maxOutage");
});

test("--interval is the time between polls", async () => {
  const terminal = createTerminal();
  terminal.repository.createRun({ status: "in_progress" });
  expect(await terminal.run("watch", "latest", "--timeout", "10m", "--interval", "5m")).toBe(6);
  const polls = terminal.requests.filter(({ url }) => url.includes("/jobs"));
  expect(polls).toHaveLength(2);
});

test("says who a run waits for, and goes on when it is approved", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({
    jobs: [{ name: "deploy", environment: { name: "production", reviewers: ["octocat"] } }],
  });
  terminal.after(600_000, async () => {
    const approved = createTerminal({ fetch: terminal.fake.fetch });
    expect(await approved.run("approve", String(id))).toBe(0);
  });
  expect(await terminal.run("watch", String(id))).toBe(0);
  const text = terminal.stdout();
  expect(text).toContain("! The deployment to production waits for a review by octocat.\n");
  expect(text).toContain(`! Let it run: workflow-runs approve ${id}\n`);
  expect(text.match(/waits for a review/g)).toHaveLength(1);
});

test("--json is a line for each change", async () => {
  const terminal = createTerminal();
  terminal.repository.createRun({ jobs: JOBS });
  expect(await terminal.run("watch", "latest", "--json")).toBe(0);
  const changes = terminal
    .stdout()
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { run: { status: string }; jobs: { name: string }[] });
  expect(changes[0]?.run.status).toBe("queued");
  expect(changes.at(-1)?.run).toMatchObject({ status: "completed", conclusion: "success" });
  expect(changes.flatMap(({ jobs }) => jobs.map(({ name }) => name))).toContain("test");
});

test("on a terminal a status line counts the seconds on standard error, and is gone at the end", async () => {
  const terminal = createTerminal({ isTTY: true, columns: 60, env: { NO_COLOR: "1" } });
  terminal.repository.createRun({ jobs: JOBS });
  expect(await terminal.run("watch", "latest")).toBe(0);
  const drawn = terminal.stderr();
  expect(drawn).toContain("in progress 6s");
  expect(drawn).toContain("in progress 7s");
  expect(drawn).toContain("lint › Run lint");
  expect(drawn.endsWith("\r\u001B[2K")).toBe(true);
  for (const line of drawn.split("\r\u001B[2K")) expect(line.length).toBeLessThan(60);
  expect(terminal.stdout()).not.toContain("\r");
});

test("Ctrl-C takes the status line away", async () => {
  const terminal = createTerminal({ isTTY: true, columns: 80, env: { NO_COLOR: "1" } });
  terminal.repository.createRun({ status: "in_progress" });
  terminal.after(10_000, () => terminal.stop.abort(new Interrupted("SIGINT")));
  expect(await terminal.run("watch", "latest")).toBe(130);
  const drawn = terminal.stderr();
  expect(drawn).toContain("in progress 9s");
  expect(drawn.endsWith("\r\u001B[2K")).toBe(true);
});

test("a bad answer is told on standard error, and survived", async () => {
  const terminal = createTerminal({
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const isJobs = request.url.includes("/jobs");
      if (isJobs && (failures -= 1) > 0) return new Response("", { status: 502 });
      return terminal.fake.fetch(request);
    },
  });
  let failures = 3;
  terminal.repository.createRun({ jobs: JOBS });
  expect(await terminal.run("watch", "latest")).toBe(0);
  expect(terminal.stderr()).toMatch(/502 GET .*\/jobs.* Trying again in \d+s\.\n/);
});
