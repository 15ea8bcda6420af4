import { expect, test } from "vitest";
import { createTerminal, type Terminal } from "../../test/terminal.ts";

function failingRun(terminal: Terminal): number {
  const before = Array.from({ length: 30 }, (_, index) => `line ${index + 1}`).join("\n");
  return terminal.repository.createRun({
    status: "completed",
    jobs: [
      { name: "lint", steps: [{ name: "Run lint", log: "all clean" }] },
      {
        name: "test",
        conclusion: "failure",
        steps: [
          { name: "Run npm ci", log: "installed" },
          {
            name: "Run npm test",
            conclusion: "failure",
            log: `${before}\n##[error]Process completed with exit code 1.`,
          },
        ],
      },
    ],
  }).id;
}

test("--failed shows the failing step with the lines before its error", async () => {
  const terminal = createTerminal();
  failingRun(terminal);
  terminal.repository.createRun({ status: "completed" });
  expect(await terminal.run("logs", "failed", "--failed")).toBe(0);
  expect(terminal.stdout()).toBe(
    [
      "✗ test › 3. Run npm test",
      "  ⋮",
      ...Array.from({ length: 10 }, (_, index) => `  line ${index + 21}`),
      "  ##[error]Process completed with exit code 1.",
      "",
    ].join("\n"),
  );
});

test("--context says how many lines before an error", async () => {
  const terminal = createTerminal();
  failingRun(terminal);
  expect(await terminal.run("logs", "failed", "--failed", "-C", "0")).toBe(0);
  expect(terminal.stdout()).toBe(
    "✗ test › 3. Run npm test\n  ⋮\n  ##[error]Process completed with exit code 1.\n",
  );
});

test("--failed --json is a line for each failing step", async () => {
  const terminal = createTerminal();
  failingRun(terminal);
  expect(await terminal.run("logs", "failed", "--failed", "--json", "-C", "1")).toBe(0);
  expect(terminal.json()).toMatchObject({
    job: "test",
    step: 3,
    step_name: "Run npm test",
    errors: ["Process completed with exit code 1."],
    lines: [
      { text: "line 30", level: "output" },
      { text: "Process completed with exit code 1.", level: "error" },
    ],
  });
});

test("a run without failures says so", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({ status: "completed" });
  expect(await terminal.run("logs", String(id), "--failed")).toBe(0);
  expect(terminal.stdout()).toBe("");
  expect(terminal.stderr()).toBe(`No step of run ${id} failed (success).\n`);
});

test("shows every job and step under its heading", async () => {
  const terminal = createTerminal();
  failingRun(terminal);
  expect(await terminal.run("logs", "latest")).toBe(0);
  const text = terminal.stdout();
  const headings = text.split("\n").filter((line) => line.startsWith("── "));
  expect(headings).toContain("── lint › 2. Run lint");
  expect(headings).toContain("── test › 2. Run npm ci");
  expect(headings).toContain("── test › 3. Run npm test");
  expect(new Set(headings).size).toBe(headings.length);
  expect(text).toContain("all clean\n");
  expect(text).not.toContain("##[endgroup]");
});

test("--job shows one job only, by name or id", async () => {
  const terminal = createTerminal();
  const id = failingRun(terminal);
  expect(await terminal.run("logs", "latest", "-j", "lint")).toBe(0);
  const byName = terminal.stdout();
  expect(byName).toContain("all clean");
  expect(byName).not.toContain("installed");
  const job = terminal.repository.run(id)?.jobs.find(({ name }) => name === "lint");
  expect(await terminal.run("logs", "latest", "-j", String(job?.id))).toBe(0);
  expect(terminal.stdout()).toBe(byName);
  const url = `https://github.com/octo-org/octo-repo/actions/runs/${id}/job/${job?.id}`;
  expect(await terminal.run("logs", url)).toBe(0);
  expect(terminal.stdout()).toBe(byName);
});

test("a job that is not there is a usage error that lists the jobs", async () => {
  const terminal = createTerminal();
  failingRun(terminal);
  expect(await terminal.run("logs", "latest", "-j", "deploy")).toBe(2);
  expect(terminal.stderr()).toMatch(/no job "deploy"; it has lint \(\d+\), test \(\d+\)/);
});

test("--timestamps puts the time before each line", async () => {
  const terminal = createTerminal();
  failingRun(terminal);
  expect(await terminal.run("logs", "latest", "-j", "lint", "--timestamps")).toBe(0);
  expect(terminal.stdout()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z all clean$/m);
});

test("--json is a line for each log line", async () => {
  const terminal = createTerminal();
  failingRun(terminal);
  expect(await terminal.run("logs", "latest", "--json", "-j", "lint")).toBe(0);
  const lines = terminal
    .stdout()
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { text: string });
  expect(lines.find(({ text }) => text === "all clean")).toMatchObject({
    job: "lint",
    step: 2,
    step_name: "Run lint",
    level: "output",
    timestamp: expect.stringMatching(/Z$/) as string,
  });
});

test("logs of a run that has not completed are not found, and the message says why", async () => {
  const terminal = createTerminal();
  terminal.repository.createRun({ status: "in_progress" });
  expect(await terminal.run("logs", "latest")).toBe(5);
  expect(terminal.stderr()).toMatch(/has not completed yet \(in_progress\).*--follow/);
});

test("expired logs are gone", async () => {
  const terminal = createTerminal();
  terminal.repository.createRun({ status: "completed", logs: { expired: true } });
  expect(await terminal.run("logs", "latest")).toBe(5);
  expect(terminal.stderr()).toContain("expired");
});

test("--follow prints each job's log as soon as it ends, and exits by the run's conclusion", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({
    jobs: [
      { name: "lint", steps: [{ name: "Run lint", seconds: 5, log: "all clean" }] },
      {
        name: "test",
        needs: "lint",
        conclusion: "failure",
        steps: [{ name: "Run npm test", seconds: 20, log: "##[error]boom" }],
      },
      { name: "deploy", needs: "test" },
    ],
  });
  expect(await terminal.run("logs", "latest", "--follow")).toBe(3);
  const text = terminal.stdout();
  expect(text.split("\n").filter((line) => line.startsWith("── "))).toEqual(["── lint", "── test"]);
  expect(text.indexOf("all clean")).toBeLessThan(text.indexOf("##[error]boom"));
  expect(text).not.toMatch(/\d{4}-\d\d-\d\dT/);
  expect(terminal.stderr()).toBe(`Run ${id}: failure.\n`);
});

test("--follow --json is a line for each log line, as without --follow", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({
    jobs: [{ name: "lint", steps: [{ name: "Run lint", log: "##[warning]old\nand odd" }] }],
  });
  expect(await terminal.run("logs", String(id), "--follow", "--json")).toBe(0);
  const followed = terminal.stdout();
  const lines = followed
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { text: string });
  expect(lines.find(({ text }) => text === "old")).toMatchObject({
    job: "lint",
    step: 2,
    step_name: "Run lint",
    level: "warning",
  });
  expect(await terminal.run("logs", String(id), "--json")).toBe(0);
  expect(terminal.stdout()).toBe(followed);
});

test("--follow asks for each log once, and not for the jobs one by one", async () => {
  const terminal = createTerminal();
  terminal.repository.createRun({ jobs: [{ name: "lint" }, { name: "test" }] });
  expect(await terminal.run("logs", "latest", "--follow", "--timestamps")).toBe(0);
  const paths = terminal.requests.map(({ url }) => new URL(url).pathname);
  expect(paths.filter((path) => /\/actions\/jobs\/\d+\/logs$/.test(path))).toHaveLength(2);
  expect(paths.filter((path) => /\/actions\/jobs\/\d+$/.test(path))).toHaveLength(0);
  expect(terminal.stdout()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z ▸ Run npm test$/m);
});

test("a job that was cancelled in the queue does not stop the logs of the others", async () => {
  const terminal = createTerminal();
  const run = terminal.repository.createRun({
    status: "queued",
    jobs: [{ name: "lint" }, { name: "test" }],
  });
  terminal.after(5_000, () => run.complete("cancelled"));
  expect(await terminal.run("logs", "latest", "--follow")).toBe(3);
  expect(terminal.stdout()).toBe("");
  expect(terminal.stderr()).toBe(
    `Job lint has no log: cancelled.\nJob test has no log: cancelled.\nRun ${run.id}: cancelled.\n`,
  );
  expect(await terminal.run("logs", String(run.id))).toBe(0);
  expect(terminal.stderr()).toBe("");
});

test("--follow does not pass over a log that was deleted", async () => {
  const terminal = createTerminal();
  const run = terminal.repository.createRun({ status: "completed", jobs: [{ name: "lint" }] });
  expect(await terminal.run("delete", String(run.id), "--logs", "--yes")).toBe(0);
  expect(await terminal.run("logs", "latest", "--follow")).toBe(5);
});

test.each([
  [["--follow", "--failed"], "--follow and --failed"],
  [["--follow", "-a", "1"], "--follow and --attempt"],
  [["--output", "folder", "--failed"], "--output and --failed"],
])("%j cannot be used together", async (flags, message) => {
  const terminal = createTerminal();
  expect(await terminal.run("logs", "latest", ...flags)).toBe(2);
  expect(terminal.stderr()).toContain(`${message} cannot be used together`);
  expect(terminal.requests).toHaveLength(0);
});
