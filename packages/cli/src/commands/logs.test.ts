import { type JobInit, presets } from "@workflow-runs/msw/fake";
import { expect, test } from "vitest";
import { createTerminal, startTime, type Terminal } from "../../test/terminal.ts";

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

test("--failed tells why, as explain does", async () => {
  const terminal = createTerminal();
  const id = failingRun(terminal);
  expect(await terminal.run("logs", String(id), "--failed", "-C", "2")).toBe(0);
  const text = terminal.stdout();
  expect(text).toContain("\n1. test › 3. Run npm test\n");
  expect(text).toMatch(/line 29\n.*line 30\n.*Process completed with exit code 1\.\n/);
  expect(text).not.toContain("line 5\n");
  expect(await terminal.run("explain", String(id), "-C", "2")).toBe(0);
  expect(terminal.stdout()).toBe(text);
  expect(await terminal.run("explain", String(id), "--max-chars", "200")).toBe(0);
  expect(terminal.stdout().length).toBeLessThanOrEqual(201);
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
  expect(terminal.stderr()).toBe("No step failed.\n");
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

test("of a run that goes on, the logs of the jobs that have ended", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({
    jobs: [
      { name: "lint", steps: [{ name: "Run lint", seconds: 5, log: "all clean" }] },
      { name: "test", needs: "lint", steps: [{ name: "Run npm test", seconds: 600 }] },
    ],
  });
  await terminal.context.sleep(60_000);
  expect(await terminal.run("logs", String(id))).toBe(0);
  expect(terminal.stdout()).toContain("all clean");
  expect(terminal.stderr()).toBe(
    `Run ${id} goes on: 1 job of 2 has no log before the end (test); --follow shows each as it ends.\n`,
  );
});

test("--step, --tail and --grep choose lines", async () => {
  const terminal = createTerminal();
  const id = String(failingRun(terminal));
  expect(
    await terminal.run("logs", id, "--job", "test", "--step", "3", "--tail", "2", "--jq", ".text"),
  ).toBe(0);
  expect(terminal.stdout()).toBe("line 30\nProcess completed with exit code 1.\n");
  expect(await terminal.run("logs", id, "--step", "run npm TEST", "--grep", "line (7|8)$")).toBe(0);
  expect(terminal.stdout()).toBe("── test › 3. Run npm test\nline 7\nline 8\n");
  expect(await terminal.run("logs", id, "--tail", "0")).toBe(0);
  expect(terminal.stdout()).toBe("");
  expect(await terminal.run("logs", id, "--step", "deploy")).toBe(2);
  expect(terminal.stderr()).toContain('No job has the step "deploy"; there are 1. Set up job');
  expect(await terminal.run("logs", id, "--grep", "(")).toBe(2);
  expect(await terminal.run("logs", id, "--last", "3")).toBe(2);
});

test("--grep over the last runs says since when", async () => {
  const terminal = createTerminal();
  for (const [index, log] of ["fine", "fine", "ECONNRESET", "ECONNRESET x", "fine"].entries()) {
    terminal.repository.createRun({
      status: "completed",
      created_at: startTime - (10 - index) * 3_600_000,
      jobs: [{ name: "test", steps: [{ name: "Run npm test", log }] }],
    });
  }
  expect(await terminal.run("logs", "latest", "--grep", "ECONN\\w+", "--last", "10")).toBe(0);
  const rows = terminal.stdout().replace(/\n$/, "").split("\n");
  expect(rows.map((row) => row.split("\t").slice(3))).toEqual([
    ["0", "", ""],
    ["1", "test", "ECONNRESET x"],
    ["1", "test", "ECONNRESET"],
    ["0", "", ""],
    ["0", "", ""],
  ]);
  expect(terminal.stderr()).toBe(
    "2 of 5 runs with logs, since run 16000000003 of 2026-01-10T04:00:00Z; the run before, 16000000002, has none.\n",
  );
  expect(await terminal.run("logs", "latest", "--grep", "nowhere", "--last", "2", "--json")).toBe(
    1,
  );
  expect(terminal.json()).toMatchObject([{ matches: 0 }, { matches: 0 }]);
  expect(terminal.stderr()).toBe("None of 2 runs with logs has such a line.\n");
  expect(await terminal.run("logs", "latest", "--grep", "nowhere")).toBe(1);
  expect(terminal.stdout()).toBe("");
  expect(terminal.stderr()).toBe("No line matches nowhere.\n");
});

test("--grep over the last runs goes on where one run's logs cannot be read", async () => {
  let broken = "";
  const terminal = createTerminal({
    fetch: async (input, init) => {
      const request = new Request(input, init);
      return request.url.endsWith(broken)
        ? new Response("{}", { status: 500 })
        : terminal.fake.fetch(request);
    },
  });
  const runs = [1, 2, 3].map((hour) =>
    terminal.repository.createRun({
      status: "completed",
      created_at: startTime - hour * 3_600_000,
      jobs: [{ name: "test", steps: [{ name: "Run npm test", log: "ECONNRESET" }] }],
    }),
  );
  broken = `/runs/${runs[1]?.id}/logs`;
  expect(await terminal.run("logs", "latest", "--grep", "ECONN", "--last", "3")).toBe(1);
  const rows = terminal.stdout().trimEnd().split("\n");
  expect(rows.map((row) => row.split("\t")[3])).toEqual(["1", "", "1"]);
  const notes = terminal.stderr().trimEnd().split("\n").slice(-2);
  expect(notes).toEqual([
    expect.stringMatching(`^Run ${runs[1]?.id}: its logs cannot be read: .*500`),
    expect.stringMatching("^2 of 2 runs with logs"),
  ]);
  expect(await terminal.run("logs", "latest", "-g", "x", "--last", "1", "--job", "tset")).toBe(2);
  expect(terminal.stderr()).toContain('None of these runs has the job "tset"; they have test.');
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

test("--follow of a job's URL shows that job, and refuses a job that the run has not", async () => {
  const terminal = createTerminal();
  const run = terminal.repository.createRun({ jobs: [{ name: "lint" }, { name: "test" }] });
  const [lint, test] = run.jobs;
  const url = `https://github.com/octo-org/octo-repo/actions/runs/${run.id}/job/${test?.id}`;
  expect(await terminal.run("logs", url, "--follow")).toBe(0);
  expect(terminal.stdout()).toContain("── test");
  expect(terminal.stdout()).not.toContain("── lint");
  terminal.stderr();
  expect(await terminal.run("logs", String(run.id), "--follow", "--job", "tset")).toBe(2);
  expect(terminal.stderr()).toBe(
    `error: The run has no job "tset"; it has lint (${lint?.id}), test (${test?.id}).\n`,
  );
});

test("--grep over the last runs of a job's URL looks at that job in each of them", async () => {
  const terminal = createTerminal();
  const jobs = ["lint", "test"].map((name) => ({ name, steps: [{ name: "Run", log: "needle" }] }));
  const runs = [1, 2].map(() => terminal.repository.createRun({ status: "completed", jobs }));
  const url = `https://github.com/octo-org/octo-repo/actions/runs/${runs[1]?.id}/job/${runs[1]?.jobs[1]?.id}`;
  expect(await terminal.run("logs", url, "--grep", "^needle", "--last", "2", "--json")).toBe(0);
  const only = { matches: 1, first: { job: "test" } };
  expect(terminal.json()).toMatchObject([only, only]);
});

test("a skipped job has no log, which is said when it is all there is", async () => {
  const terminal = createTerminal();
  const run = terminal.repository.createRun({
    status: "completed",
    jobs: [{ name: "lint" }, { name: "deploy", conclusion: "skipped" }],
  });
  expect(await terminal.run("logs", String(run.id), "--job", "deploy")).toBe(0);
  expect(terminal.stderr()).toMatch(
    /^Job \d+, deploy \(skipped\), has no log: it never began\.\n$/,
  );
  expect(await terminal.run("logs", String(run.id))).toBe(0);
  expect(terminal.stderr()).toBe("");
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
    [
      "Job 50000000000, lint (cancelled), has no log: it never began.",
      "Job 50000000001, test (cancelled), has no log: it never began.",
      `Run ${run.id}: cancelled.\n`,
    ].join("\n"),
  );
  expect(await terminal.run("logs", String(run.id))).toBe(0);
  expect(terminal.stderr()).toMatch(
    /^(Job \d+, \w+ \(cancelled\), has no log: it never began\.\n){2}$/,
  );
});

test("--follow notes a log that was deleted, and exits by the run", async () => {
  const terminal = createTerminal();
  const run = terminal.repository.createRun({ status: "completed", jobs: [{ name: "lint" }] });
  expect(await terminal.run("delete", String(run.id), "--logs", "--yes")).toBe(0);
  expect(await terminal.run("logs", "latest", "--follow")).toBe(0);
  expect(terminal.stderr()).toMatch(/^Job \d+, lint \(success\), has no log: /);
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

/** A terminal with a run whose job `suite` has a log that GitHub refuses so. */
function withSuite(jobs: JobInit[], refusal: () => Response): { terminal: Terminal; id: string } {
  const terminal: Terminal = createTerminal({
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const suite = run.jobs.find(({ name }) => name === "suite");
      return request.url.endsWith(`/actions/jobs/${suite?.id}/logs`)
        ? refusal()
        : terminal.fake.fetch(request);
    },
  });
  const run = terminal.repository.createRun({ jobs });
  return { terminal, id: String(run.id) };
}

const goingOn: JobInit[] = [
  { name: "lint", steps: [{ name: "Run lint", seconds: 5, log: "all clean" }] },
  {
    name: "suite",
    conclusion: "failure",
    steps: [{ name: "Run npm test", seconds: 5, conclusion: "failure", log: "no" }],
  },
  { name: "deploy", needs: ["lint"], steps: [{ name: "Run deploy", seconds: 600 }] },
];
const notFound = () => Response.json({ message: "Not Found" }, { status: 404 });
const badRequest = () => Response.json({ message: "No" }, { status: 400 });

test("of a run that goes on, a failed job without a log is known as such", async () => {
  const { terminal, id } = withSuite(goingOn, notFound);
  await terminal.context.sleep(30_000);
  expect(await terminal.run("explain", id)).toBe(0);
  expect(terminal.stdout()).toContain(
    'Step 2, "Run npm test", failed, and its log is not stored yet; ask again in a moment.',
  );
  expect(terminal.stderr()).not.toContain("No step");
  expect(await terminal.run("logs", id, "--job", "suite")).toBe(0);
  expect(terminal.stdout()).toBe("");
  expect(terminal.stderr()).toContain(
    "suite (failure), has no log: GitHub has not stored it yet.\n",
  );
  expect(await terminal.run("logs", id, "--job", "lint", "--failed")).toBe(0);
  expect(terminal.stderr()).toContain("No step has failed so far in the job lint.\n");
  expect(await terminal.run("explain", id, "--job", "deploy")).toBe(0);
  expect(terminal.stderr()).toContain("No step has failed so far.\n");
});

test("a job whose steps all ended is not said to have lost its runner, where the storage has no log", async () => {
  const blobNotFound = () =>
    new Response("<Error><Code>BlobNotFound</Code></Error>", { status: 404 });
  const { terminal, id } = withSuite(goingOn, blobNotFound);
  await terminal.context.sleep(400_000);
  expect(await terminal.run("logs", id)).toBe(0);
  expect(terminal.stdout()).toContain("all clean");
  expect(terminal.stderr()).toContain(
    "suite (failure), has no log: GitHub's storage has none, mostly because its runner was lost.\n",
  );
});

test("one job's log that cannot be read does not hide the others, and the exit code says so", async () => {
  const { terminal, id } = withSuite(goingOn, badRequest);
  await terminal.context.sleep(30_000);
  expect(await terminal.run("logs", id)).toBe(1);
  expect(terminal.stdout()).toContain("all clean");
  expect(terminal.stderr()).toMatch(/^Job \d+, suite: its log cannot be read: 400 /m);
});

test("so with --follow", async () => {
  const jobs = [
    { name: "suite", steps: [{ name: "Run npm test", seconds: 1, log: "no" }] },
    { name: "lint", steps: [{ name: "Run lint", seconds: 60, log: "all clean" }] },
  ];
  const { terminal, id } = withSuite(jobs, badRequest);
  expect(await terminal.run("logs", id, "--follow")).toBe(1);
  expect(terminal.stdout()).toContain("all clean");
  expect(terminal.stderr()).toMatch(/^Job \d+, suite: its log cannot be read: 400 /m);
});

test("so of a run that has ended, of a job that its archive does not have", async () => {
  const terminal: Terminal = createTerminal({
    fetch: async (input, init) => {
      const request = new Request(input, init);
      return /\/jobs\/\d+\/logs$/.test(request.url) ? badRequest() : terminal.fake.fetch(request);
    },
  });
  const { id } = terminal.repository.createRun(presets.lostRunner());
  await terminal.context.sleep(3_600_000);
  expect(await terminal.run("logs", String(id))).toBe(1);
  expect(terminal.stdout()).toContain("── lint");
  expect(terminal.stderr()).toMatch(/^Job \d+, build: its log cannot be read: 400 /m);
});
