import { expect, test } from "vitest";
import { createTerminal, type Terminal } from "../../test/terminal.ts";

function failedRun(terminal: Terminal): number {
  return terminal.repository.createRun({
    status: "completed",
    display_title: "Try again",
    jobs: [
      { name: "lint" },
      { name: "test", conclusion: ["failure", "success"] },
      { name: "deploy", needs: "test" },
    ],
  }).id;
}

function jobsOf(terminal: Terminal, id: number): string[] {
  const jobs = terminal.repository.run(id)?.jobs ?? [];
  return jobs.map(({ name, status }) => `${name} ${status}`);
}

test("runs all jobs again", async () => {
  const terminal = createTerminal();
  const id = failedRun(terminal);
  expect(await terminal.run("rerun", String(id))).toBe(0);
  expect(terminal.stdout()).toBe(
    `Re-running all jobs of run ${id}, Try again (main, by octocat), as attempt 2.\nFollow it: workflow-runs watch ${id}\n`,
  );
  expect(jobsOf(terminal, id)).toContain("lint queued");
});

test("--failed leaves alone what succeeded", async () => {
  const terminal = createTerminal();
  const id = failedRun(terminal);
  expect(await terminal.run("rerun", String(id), "--failed")).toBe(0);
  expect(jobsOf(terminal, id)).toContain("lint completed");
  expect(jobsOf(terminal, id)).toContain("test queued");
});

test("--job runs one job again, by its name", async () => {
  const terminal = createTerminal();
  const id = failedRun(terminal);
  expect(await terminal.run("rerun", String(id), "--job", "lint", "--json")).toBe(0);
  expect(terminal.json()).toMatchObject({ run_id: id, run_attempt: 2 });
  expect(jobsOf(terminal, id)).toContain("lint queued");
  expect(jobsOf(terminal, id)).toContain("test completed");
});

test("a job that is not there is a usage error, and nothing is re-run", async () => {
  const terminal = createTerminal();
  const id = failedRun(terminal);
  expect(await terminal.run("rerun", String(id), "--job", "tests")).toBe(2);
  expect(terminal.stderr()).toContain('no job "tests"; it has lint');
  expect(terminal.repository.run(id)?.data.run_attempt).toBe(1);
});

test("--debug-logging asks for debug logging", async () => {
  const terminal = createTerminal();
  const id = failedRun(terminal);
  expect(await terminal.run("rerun", String(id), "--failed", "--debug-logging")).toBe(0);
  const request = terminal.requests.find(({ method }) => method === "POST");
  expect(await request?.json()).toEqual({ enable_debug_logging: true });
});

test("--watch watches the new attempt, not the old one, and exits by its conclusion", async () => {
  const terminal = createTerminal();
  const id = failedRun(terminal);
  expect(await terminal.run("rerun", String(id), "--failed", "--watch")).toBe(0);
  expect(terminal.stdout()).toContain(`✓ Run ${id}, attempt 2: success`);
  expect(terminal.stdout()).not.toContain("attempt 1");
  expect(terminal.stderr()).toContain("as attempt 2");
});

test("--failed and --job together are refused before anything is sent", async () => {
  const terminal = createTerminal();
  expect(await terminal.run("rerun", "42", "--failed", "--job", "lint")).toBe(2);
  expect(terminal.stderr()).toContain("--failed and --job cannot be used together");
  expect(terminal.requests).toHaveLength(0);
});

test("a run that is still going cannot be re-run: GitHub's reason, and what to do next", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({ status: "in_progress", jobs: [{ name: "test" }] });
  for (const which of [[], ["--failed"], ["--job", "test"]]) {
    expect(await terminal.run("rerun", String(id), ...which)).not.toBe(0);
    const [reason, next] = terminal.stderr().trimEnd().split("\n");
    expect(reason).toMatch(/^error: 403 POST .*\/rerun.*already running/);
    expect(next).toBe(
      `It has not ended: \`workflow-runs watch ${id}\` waits for that, \`workflow-runs cancel ${id}\` stops it.`,
    );
  }
});
