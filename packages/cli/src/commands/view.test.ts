import { expect, test } from "vitest";
import { jobData, runData } from "../../test/run-data.ts";
import { createTerminal, startTime } from "../../test/terminal.ts";

const failing = {
  display_title: "Break it",
  created_at: startTime - 3_600_000,
  jobs: [
    { name: "lint" },
    {
      name: "test",
      conclusion: "failure" as const,
      steps: [
        "Run npm ci",
        { name: "Run npm test", conclusion: "failure" as const, log: "##[error]boom" },
      ],
    },
  ],
};

test("shows the latest run, its jobs, and the steps that failed", async () => {
  const terminal = createTerminal({ isTTY: true, env: { NO_COLOR: "1" } });
  const { id } = terminal.repository.createRun(failing);
  expect(await terminal.run("view", "latest")).toBe(0);
  const text = terminal.stdout();
  expect(text).toMatch(/^✗ Break it\n {2}CI · #1 · failure · attempt 1 · main · push by octocat\n/);
  expect(text).toContain("created 1h ago, took ");
  expect(text).toContain(`https://github.com/octo-org/octo-repo/actions/runs/${id}`);
  expect(text).toMatch(/^✓ success +lint +\d+s +\d+$/m);
  expect(text).toMatch(/^✗ failure +test +\d+s +\d+$/m);
  expect(text).toMatch(/^✗ failure {4}3\. Run npm test +\d+s$/m);
  expect(text).not.toContain("Run npm ci");
  expect(text).toContain(`Why: workflow-runs explain ${id}`);
});

test("--steps shows every step", async () => {
  const terminal = createTerminal();
  terminal.repository.createRun(failing);
  expect(await terminal.run("view", "latest", "--steps")).toBe(0);
  expect(terminal.stdout()).toMatch(/✓ success {4}2\. Run npm ci/);
});

test("`failed` is the latest run that failed", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun(failing);
  terminal.repository.createRun({ status: "completed" });
  expect(await terminal.run("view", "failed", "--json")).toBe(0);
  expect(terminal.json()).toMatchObject({ run: { id }, pending_deployments: [] });
});

test("a run's URL says the repository, the attempt, and wins over the git remote", async () => {
  const terminal = createTerminal({ env: { GH_REPO: undefined } });
  const { id } = terminal.repository.createRun(failing);
  const url = `https://github.com/octo-org/octo-repo/actions/runs/${id}/attempts/1`;
  expect(await terminal.run("view", url, "--json")).toBe(0);
  const { run, jobs } = terminal.json() as { run: { id: number }; jobs: { name: string }[] };
  expect(run.id).toBe(id);
  expect(jobs.map(({ name }) => name)).toEqual(["lint", "test"]);
});

test("--attempt shows an earlier attempt", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({
    ...failing,
    jobs: [{ name: "test", conclusion: ["failure", "success"] }],
  });
  expect(await terminal.run("rerun", String(id))).toBe(0);
  await terminal.context.sleep(3_600_000);
  terminal.stdout();
  expect(await terminal.run("view", String(id), "-a", "1", "--json")).toBe(0);
  expect(terminal.json()).toMatchObject({
    run: { run_attempt: 1, conclusion: "failure" },
    jobs: [{ name: "test", conclusion: "failure" }],
  });
  expect(await terminal.run("view", String(id), "--json")).toBe(0);
  expect(terminal.json()).toMatchObject({ run: { run_attempt: 2, conclusion: "success" } });
});

test("says who a waiting run waits for", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({
    jobs: [{ name: "deploy", environment: { name: "production", reviewers: ["monalisa"] } }],
  });
  await terminal.context.sleep(60_000);
  expect(await terminal.run("view", "latest")).toBe(0);
  const text = terminal.stdout();
  expect(text).toContain("The deployment to production waits for a review by monalisa.");
  expect(text).toContain(`workflow-runs approve ${id}`);
});

test("a repository without runs is not found", async () => {
  const terminal = createTerminal();
  expect(await terminal.run("view", "latest")).toBe(5);
  expect(terminal.stderr()).toBe("error: octo-org/octo-repo has no run.\n");
  expect(await terminal.run("view", "failed")).toBe(5);
  expect(terminal.stderr()).toContain("has no run that failed");
});

test("a run that is not there is not found, and the message names it", async () => {
  const terminal = createTerminal();
  expect(await terminal.run("view", "42")).toBe(5);
  expect(terminal.stderr()).toMatch(/^error: 404 GET .*\/actions\/runs\/42: /);
});

test("the time of an earlier attempt is its own: updated_at is the start of the next", async () => {
  const first = runData({ conclusion: "failure", updated_at: "2026-05-04T08:00:00Z" });
  const latest = runData({ run_attempt: 2, run_started_at: "2026-05-04T08:00:00Z" });
  const jobs = [jobData({ conclusion: "failure" })];
  const replies: Record<string, unknown> = {
    "/runs/101": latest,
    "/runs/101/attempts/1": first,
    "/runs/101/attempts/1/jobs": { total_count: 1, jobs },
  };
  const terminal = createTerminal({
    isTTY: true,
    env: { NO_COLOR: "1" },
    fetch: async (input) => {
      const { pathname } = new URL(new Request(input).url);
      return Response.json(replies[pathname.replace(/^.*(?=\/runs\/)/, "")]);
    },
  });
  expect(await terminal.run("view", "101", "--attempt", "1")).toBe(0);
  expect(terminal.stdout()).toContain("took 1m 10s\n");
});

test("what gh's user types works: --log, --log-failed, --exit-status, -q", async () => {
  const terminal = createTerminal();
  const log = "compiling\n##[error]main.c:3: undeclared";
  const { id } = terminal.repository.createRun({
    status: "completed",
    conclusion: "failure",
    jobs: [{ name: "build", steps: [{ name: "Run make", conclusion: "failure", log }] }],
  });
  expect(await terminal.run("view", String(id), "--log")).toBe(0);
  expect(terminal.stdout()).toContain("compiling\n");
  expect(await terminal.run("view", String(id), "--log-failed", "--exit-status")).toBe(3);
  expect(terminal.stdout()).toMatch(/1\. build › \d+\. Run make\n.*main\.c:3: undeclared/);
  expect(await terminal.run("watch", String(id), "--exit-status")).toBe(3);
  terminal.stdout();
  expect(await terminal.run("view", String(id), "--json", "run.id", "-q", ".run.id")).toBe(0);
  expect(terminal.stdout()).toBe(`${id}\n`);
});

test("an attempt that is not there is not blamed on the run's id", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({ status: "completed" });
  expect(await terminal.run("view", String(id), "--attempt", "5")).toBe(5);
  expect(terminal.stderr()).toMatch(
    /\nThe run is there, an attempt 5 is not: `workflow-runs view \d+` shows its latest\.\n$/,
  );
});
