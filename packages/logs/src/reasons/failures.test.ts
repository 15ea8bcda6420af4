import { createClient, type Job } from "@workflow-runs/core";
import { afterEach, expect, test } from "vitest";
import { apiJob, archiveOf, jobText, stamp, timed } from "../../test/log-archives.ts";
import { type Behaviour, type LogServer, logServer } from "../../test/log-server.ts";
import { writeZip } from "../../test/zip-writer.ts";
import { type Failure, type FailureOptions, openRunLogs, type RunLogs } from "../index.ts";

const servers: LogServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server[Symbol.asyncDispose]();
});

async function opened(behaviour: Partial<Behaviour>): Promise<RunLogs> {
  const server = await logServer(behaviour);
  servers.push(server);
  const github = createClient({ auth: "secret", baseUrl: server.baseUrl, retry: false });
  return openRunLogs(github, { owner: "o", repo: "r", run_id: 1 }, { wait: 0 });
}

async function failuresOf(logs: RunLogs, options?: FailureOptions): Promise<Failure[]> {
  const list: Failure[] = [];
  for await (const failure of logs.failures(options)) list.push(failure);
  return list;
}

const texts = (failure: Failure | undefined) => failure?.lines.map(({ text }) => text);
const exitCode = "##[error]Process completed with exit code 1.";
const cancelled = "##[error]The operation was canceled.";

/** A job whose second step ended so. */
function job(name: string, conclusion: string, step: object = {}, more: object = {}): Partial<Job> {
  const steps = [
    { number: 1, name: "Set up job", status: "completed", conclusion: "success" },
    { number: 2, name: "Test", status: "completed", conclusion, ...step },
  ];
  return apiJob(name.length, name, { conclusion, steps, ...more });
}

test("a job that its time-out stopped is reported with the step that hung and its last words", async () => {
  const waiting = ["starting", "waiting for port 5432 ...", cancelled];
  const [failure, ...others] = await failuresOf(
    await opened({
      archives: { latest: archiveOf({ e2e: jobText("e2e", { output: waiting }) }) },
      jobs: {
        latest: [
          job(
            "e2e",
            "cancelled",
            { started_at: stamp(2), completed_at: stamp(51) },
            { started_at: stamp(0), completed_at: stamp(60) },
          ),
        ],
      },
    }),
  );
  expect(others).toEqual([]);
  expect(failure).toMatchObject({ kind: "cancelled", step: { number: 2 } });
  expect(failure?.reason).toBe(
    'Cancelled while step 2, "Test", ran, 49 s after its start (the job ran for 1 min 0 s): a time-out, a person or a newer run stopped it. Its last line, 1 s before the end: waiting for port 5432 ...',
  );
  expect(texts(failure)).toEqual(["starting", "waiting for port 5432 ...", cancelled.slice(9)]);
});

test("a job that was cancelled because another one of its matrix failed is not reported", async () => {
  const output = ["Error: no such table", exitCode];
  const failures = await failuresOf(
    await opened({
      archives: {
        latest: archiveOf({
          "test (18)": jobText("test (18)", { output }),
          "test (20.1)": jobText("test (20.1)", { output: [cancelled] }),
        }),
      },
      jobs: { latest: [job("test (18)", "failure"), job("test (20.1)", "cancelled")] },
    }),
  );
  expect(failures.map(({ job: { name }, kind, reason }) => [name, kind, reason])).toEqual([
    ["test (18)", "failed", "Error: no such table"],
  ]);
});

test("a step that failed in a job that was cancelled is reported, before the step that was stopped", async () => {
  const steps = (last: string) => [
    { number: 1, name: "Set up job", status: "completed", conclusion: "success" },
    { number: 2, name: "Test", status: "completed", conclusion: "failure", started_at: stamp(2) },
    { number: 3, name: "Tidy", status: "completed", conclusion: last, started_at: stamp(40) },
  ];
  const kindsOf = async (last: string) =>
    (
      await failuresOf(
        await opened({
          archives: {
            latest: archiveOf({ build: jobText("build", { output: ["##[error]bad thing"] }) }),
          },
          jobs: { latest: [job("build", "cancelled", {}, { steps: steps(last) })] },
        }),
      )
    ).map(({ kind, step, reason }) => [kind, step?.number, kind === "failed" && reason]);
  expect(await kindsOf("skipped")).toEqual([["failed", 2, "bad thing"]]);
  expect(await kindsOf("cancelled")).toEqual([
    ["failed", 2, "bad thing"],
    ["cancelled", 3, false],
  ]);
});

const timedOut = "The job has exceeded the maximum execution time of 2h13m20s";

test.each([
  ["long after the other one failed", 9_001, [cancelled], "/a time-out, a person or a newer run/"],
  ["with the line of its time-out", 12, [`##[error]${timedOut}`, cancelled], timedOut],
])("a job of a matrix that was stopped %s is reported", async (_, end, output, reason) => {
  const failures = await failuresOf(
    await opened({
      archives: {
        latest: archiveOf({
          "test (a)": jobText("test (a)", { output: ["Error: no such table", exitCode] }),
          "test (bc)": jobText("test (bc)", { output }),
        }),
      },
      jobs: {
        latest: [
          job("test (a)", "failure", {}, { completed_at: stamp(10) }),
          job("test (bc)", "cancelled", {}, { completed_at: stamp(end) }),
        ],
      },
    }),
  );
  expect(failures.map(({ job: { name }, kind }) => [name, kind])).toEqual([
    ["test (a)", "failed"],
    ["test (bc)", "cancelled"],
  ]);
  expect(failures[1]?.reason).toContain(reason.replaceAll("/", ""));
});

test.each(["failure", "timed_out"])(
  "a step that was cancelled in a job that ended with %s is reported with its last words",
  async (conclusion) => {
    const output = ["waiting for port 5432 ...", cancelled];
    const failures = await failuresOf(
      await opened({
        archives: { latest: archiveOf({ e2e: jobText("e2e", { output }) }) },
        jobs: { latest: [job("e2e", "cancelled", {}, { conclusion })] },
      }),
    );
    expect(failures.map(({ kind, step }) => [kind, step?.number])).toEqual([["cancelled", 2]]);
    expect(failures[0]?.reason).toMatch(/Its last line.*: waiting for port 5432 \.\.\.$/);
  },
);

test("without a client, a step whose last error is that of a cancellation was cancelled", async () => {
  const output = ["waiting for port 5432 ...", cancelled];
  const [failure] = await failuresOf(
    await openRunLogs(writeZip([{ name: "0_e2e.txt", content: jobText("e2e", { output }) }])),
  );
  expect(failure?.kind).toBe("cancelled");
  expect(failure?.reason).toMatch(/^Cancelled while step .* Its last line.*: waiting for port/);
});

test("a job that was cancelled before it began is not reported", async () => {
  const failures = await failuresOf(
    await opened({
      archives: { latest: archiveOf({ build: jobText("build") }) },
      jobs: {
        latest: [apiJob(1, "build"), apiJob(2, "deploy", { conclusion: "cancelled", steps: [] })],
      },
    }),
  );
  expect(failures).toEqual([]);
});

test("a job whose runner was lost says in which step", async () => {
  const [failure] = await failuresOf(
    await opened({
      archives: { latest: archiveOf({ lint: jobText("lint") }) },
      jobs: {
        latest: [
          job("test", "failure", { status: "in_progress", conclusion: null, completed_at: null }),
          apiJob(9, "lint"),
        ],
      },
      missingLogs: [4],
    }),
  );
  expect(failure).toMatchObject({ kind: "lost-runner", step: { number: 2 }, lines: [] });
  expect(failure?.reason).toMatch(/^The runner was lost while step 2, "Test", ran/);
});

test("a step that ended is not said to have lost its runner, where the storage has no log of it", async () => {
  const [failure] = await failuresOf(
    await opened({
      archives: { latest: archiveOf({ lint: jobText("lint") }) },
      jobs: { latest: [job("test", "failure"), apiJob(9, "lint")] },
      missingLogs: [4],
    }),
  );
  expect(failure).toMatchObject({ kind: "failed", step: { number: 2 }, lines: [] });
  expect(failure?.reason).toBe(
    'Step 2, "Test", failed, and its log is not in GitHub\'s storage, mostly because its runner was lost.',
  );
});

test("a job that failed without a failing step says what its log says", async () => {
  const text = timed([
    "##[error]The template is not valid. .github/workflows/ci.yml (Line: 7, Col: 3)",
  ]);
  const [failure] = await failuresOf(
    await opened({
      archives: { latest: archiveOf({ build: text + jobText("build", { from: 5 }) }) },
      jobs: { latest: [apiJob(1, "build", { conclusion: "failure", steps: [] })] },
    }),
  );
  expect(failure).toMatchObject({ kind: "no-step", step: undefined, rule: "action" });
  expect(failure?.reason).toMatch(/^The template is not valid/);
});

test("errors before the first step are reported without a client too", async () => {
  const text = timed(["##[error]No runner matches the labels: gpu"]);
  const logs = await openRunLogs(
    writeZip([{ name: "0_build.txt", content: text + jobText("build", { from: 5 }) }]),
  );
  const failures = await failuresOf(logs);
  expect(failures.map(({ kind, step, reason }) => [kind, step?.name, reason])).toEqual([
    ["no-step", undefined, "No runner matches the labels: gpu"],
  ]);
});

test("a log in which no step is recognized is reported without a client too", async () => {
  const logs = await openRunLogs(
    writeZip([
      { name: "0_build.txt", content: timed(["compiling", "a.c:1:2: error: bad", exitCode]) },
    ]),
  );
  const [failure] = await failuresOf(logs);
  expect([failure?.reason, failure?.rule]).toEqual(["a.c:1:2: error: bad", "gcc"]);
});

test("a failing job whose log is gone says so", async () => {
  const [failure] = await failuresOf(
    await opened({
      archives: { latest: archiveOf({ lint: jobText("lint") }) },
      jobs: { latest: [job("test", "failure"), apiJob(9, "lint")] },
      deletedLogs: [4],
    }),
  );
  expect(failure).toMatchObject({
    kind: "failed",
    step: { number: 2 },
    lines: [],
    confidence: "high",
  });
  expect(failure?.reason).toMatch(
    /^Step 2, "Test", failed, and its log (?:was deleted|has expired)\.$/,
  );
});

test("a step that failed without a word that looks like a reason gives both ends of its log", async () => {
  const output = Array.from({ length: 200 }, (_, index) => `line ${index + 1}`);
  const logs = await openRunLogs(
    writeZip([
      { name: "0_build.txt", content: jobText("build", { output: [...output, exitCode] }) },
    ]),
  );
  const [failure] = await failuresOf(logs);
  expect(texts(failure)?.[0]).toBe("line 1");
  expect(texts(failure)?.slice(-2)).toEqual(["line 200", exitCode.slice(9)]);
  expect(failure).toMatchObject({ confidence: "low", omitted: 201 - (failure?.lines.length ?? 0) });
});

test("the script's echo is no reason, whatever it says", async () => {
  const logs = await openRunLogs(
    writeZip([
      {
        name: "0_build.txt",
        content: jobText("build", { command: 'echo "error: cannot happen"', output: [exitCode] }),
      },
    ]),
  );
  const [failure] = await failuresOf(logs);
  expect(texts(failure)).toEqual([exitCode.slice(9)]);
});

test("context says how many lines stand around each reason", async () => {
  const output = ["one", "two", "three", "a.c:1:2: error: bad", "four", "five", "six", exitCode];
  const logs = await openRunLogs(
    writeZip([{ name: "0_build.txt", content: jobText("build", { output }) }]),
  );
  const shown = async (context: number) => texts((await failuresOf(logs, { context }))[0]);
  expect(await shown(0)).toEqual(["a.c:1:2: error: bad", exitCode.slice(9)]);
  expect(await shown(1)).toEqual([
    "three",
    "a.c:1:2: error: bad",
    "four",
    "six",
    exitCode.slice(9),
  ]);
});

test("an exit code that means something by itself is reported with it", async () => {
  const output = ["compiling", "##[error]Process completed with exit code 137."];
  const logs = await openRunLogs(
    writeZip([{ name: "0_build.txt", content: jobText("build", { output }) }]),
  );
  expect((await failuresOf(logs))[0]).toMatchObject({
    reason:
      "Process completed with exit code 137. (killed by SIGKILL, mostly for want of memory) Its last words: compiling",
    confidence: "low",
  });
});

test("a step that its time-out stopped failed by that, whatever was wrong before", async () => {
  const limit = "The action 'Test' has timed out after 30 minutes.";
  const output = ["Error: expect(received).toBe(expected)", "still running", `##[error]${limit}`];
  const [failure] = await failuresOf(
    await opened({
      archives: { latest: archiveOf({ e2e: jobText("e2e", { output }) }) },
      jobs: { latest: [job("e2e", "failure")] },
    }),
  );
  expect(failure).toMatchObject({ kind: "failed", reason: limit, rule: "runner" });
  expect(texts(failure)).toContain("Error: expect(received).toBe(expected)");
});

test("where only the exit code is known, the step's last words are told with it", async () => {
  const output = [
    "This project has one style, and these do not keep to it:",
    "packages/sum/total.js",
    "error Command failed with exit code 1.",
    "info Visit https://yarnpkg.com/en/docs/cli/run for documentation about this command.",
    "-----",
    exitCode,
  ];
  const logs = await openRunLogs(
    writeZip([{ name: "0_build.txt", content: jobText("build", { output }) }]),
  );
  expect((await failuresOf(logs))[0]).toMatchObject({
    reason: `${exitCode.slice(9)} Its last words: packages/sum/total.js`,
    rule: "exit-code",
    confidence: "low",
  });
});
