import { createClient, type Job } from "@workflow-runs/core";
import { afterEach, describe, expect, test } from "vitest";
import { apiJob, archiveOf, jobText, stamp } from "../test/log-archives.ts";
import { type Behaviour, type LogServer, logServer } from "../test/log-server.ts";
import { type JobLog, openJobLog, openRunLogs, type RunLogs, whyMissing } from "./index.ts";

const [owner, repo] = ["octo-org", "octo-repo"];
const servers: LogServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server[Symbol.asyncDispose]();
});

async function opened(behaviour: Partial<Behaviour>, wait = 0): Promise<RunLogs> {
  const server = await logServer(behaviour);
  servers.push(server);
  const github = createClient({ auth: "secret", baseUrl: server.baseUrl, retry: false });
  return openRunLogs(github, { owner, repo, run_id: 1 }, { wait });
}

async function count(job: JobLog): Promise<number> {
  let lines = 0;
  for await (const _ of job.lines()) lines++;
  return lines;
}

const step = (number: number, name: string, status: string, conclusion: string | null) => ({
  number,
  name,
  status,
  conclusion,
  started_at: status === "pending" ? null : stamp(number),
  completed_at: conclusion === null ? null : stamp(number + 1),
});
const lost = apiJob(202, "test (windows)", {
  conclusion: "failure",
  steps: [
    step(1, "Set up job", "completed", "success"),
    step(2, "Run the suite", "in_progress", null),
    step(3, "Post Run actions/checkout@v4", "pending", null),
  ] as unknown as Job["steps"],
} as Partial<Job>);
const lint = apiJob(201, "lint");
const docs = apiJob(203, "docs", { conclusion: "failure" });
const archive = archiveOf({
  lint: jobText("lint"),
  docs: jobText("docs", { output: ["##[error]Process completed with exit code 2."] }),
});

describe("a job whose runner was lost", () => {
  const run = { archives: { latest: archive }, jobs: { latest: [lint, lost, docs] } };

  test("has no lines, says why, and hides no other job", async () => {
    const logs = await opened({ ...run, missingLogs: [202] });
    expect(logs.jobs.map(({ name, origin, missing }) => [name, origin, missing])).toEqual([
      ["lint", "archive", undefined],
      ["test (windows)", "none", "lost-runner"],
      ["docs", "archive", undefined],
    ]);
    expect(await Promise.all(logs.jobs.map((job) => count(job)))).toEqual([9, 0, 9]);
    expect(await logs.jobs[1]?.text()).toBe("");
    const failures: string[] = [];
    for await (const { job, step: failing } of logs.failures())
      failures.push(`${job.name} › ${failing?.name}`);
    expect(failures).toEqual(["test (windows) › Run the suite", "docs › Test"]);
  });

  test("is read all the same when its log is there", async () => {
    const logs = await opened({ ...run, jobLogs: { 202: jobText("test (windows)") } });
    expect(await count(logs.jobs[1] as JobLog)).toBe(9);
    expect([logs.jobs[1]?.origin, logs.jobs[1]?.missing]).toEqual(["job-log", undefined]);
  });

  test("and is the only one of its run says so, where there is no archive", async () => {
    const logs = await opened({ jobs: { latest: [lost] }, status: 404, missingLogs: [202] });
    expect(logs.jobs.map(({ origin, missing }) => [origin, missing])).toEqual([
      ["none", "lost-runner"],
    ]);
    expect(logs.entries).toEqual([]);
  });
});

test("a log that was deleted is known as such when it was requested", async () => {
  const logs = await opened({
    archives: { latest: archiveOf({ lint: jobText("lint") }) },
    jobs: { latest: [lint, docs] },
    deletedLogs: [203],
  });
  const job = logs.jobs[1] as JobLog;
  expect([job.origin, job.missing]).toEqual(["job-log", undefined]);
  expect(await count(job)).toBe(0);
  expect([job.origin, job.missing]).toEqual(["none", "deleted"]);
  expect(await count(job)).toBe(0);
  expect(servers[0]?.seen.filter(({ path }) => path.includes("/jobs/203/logs"))).toHaveLength(1);
});

test("a log that the storage never had is not said to be deleted", async () => {
  const logs = await opened({
    archives: { latest: archiveOf({ lint: jobText("lint") }) },
    jobs: { latest: [lint, docs] },
    missingLogs: [203],
  });
  const job = logs.jobs[1] as JobLog;
  expect(await count(job)).toBe(0);
  expect([job.origin, job.missing]).toEqual(["none", "lost-runner"]);
});

test("a job that was cancelled in the queue never began, and is not said to be deleted", async () => {
  const never = { conclusion: "cancelled", steps: undefined, runner_name: "" };
  const queued = apiJob(203, "docs", never as unknown as Partial<Job>);
  const logs = await opened({
    archives: { latest: archiveOf({ lint: jobText("lint") }) },
    jobs: { latest: [lint, queued] },
    missingLogs: [203],
  });
  const job = logs.jobs[1] as JobLog;
  expect(await count(job)).toBe(0);
  expect([job.origin, job.missing]).toEqual(["none", "never-began"]);
});

test("a log that is not stored yet is requested again for a while", async () => {
  const ended = { ...docs, completed_at: new Date().toISOString() };
  const behaviour = {
    archives: { latest: archiveOf({ lint: jobText("lint") }) },
    jobs: { latest: [lint, ended] },
    jobLogs: { 203: jobText("docs") },
  };
  const never = await opened({ ...behaviour, missingLogs: [203, 203] }, 40);
  expect(await count(never.jobs[1] as JobLog)).toBe(0);
  expect(never.jobs[1]?.missing).toBe("not-stored-yet");

  const late = await opened({ ...behaviour, missingLogs: [203] }, 40);
  expect(await count(late.jobs[1] as JobLog)).toBe(9);
  expect([late.jobs[1]?.origin, late.jobs[1]?.missing]).toEqual(["job-log", undefined]);
});

test("one job's log that is not stored yet is requested again by openJobLog too", async () => {
  const server = await logServer({
    jobs: { latest: [{ ...docs, completed_at: new Date().toISOString() }] },
    jobLogs: { 203: jobText("docs") },
    missingLogs: [203],
  });
  servers.push(server);
  const github = createClient({ auth: "secret", baseUrl: server.baseUrl, retry: false });
  const job = await openJobLog(github, { owner, repo, job_id: 203 }, { wait: 40 });
  expect(await count(job)).toBe(9);
});

test.each([
  ["skipped", { conclusion: "skipped" }, "never-began"],
  ["cancelled in the queue", { conclusion: "cancelled", steps: [] }, "never-began"],
  [
    "cancelled in the queue, without a list of steps",
    { conclusion: "cancelled", steps: undefined, runner_name: null },
    "never-began",
  ],
  [
    "cancelled before its first step",
    {
      conclusion: "cancelled",
      steps: [
        {
          number: 1,
          name: "Set up job",
          status: "queued",
          conclusion: null,
          started_at: null,
          completed_at: null,
        },
      ],
    },
    "never-began",
  ],
  [
    "cancelled with steps that never began",
    {
      conclusion: "cancelled",
      steps: [
        {
          number: 1,
          name: "Set up job",
          status: "completed",
          conclusion: "cancelled",
          started_at: null,
          completed_at: null,
        },
      ],
    },
    "never-began",
  ],
  ["never assigned to a runner", { started_at: null }, "never-began"],
  ["cancelled while it ran", { conclusion: "cancelled" }, undefined],
  ["failed", { conclusion: "failure" }, undefined],
])("by the API alone, a job that was %s: %j is %s", (_, more, missing) => {
  expect(whyMissing(apiJob(1, "a", more as unknown as Partial<Job>) as Job)).toBe(missing);
});

const now = Date.UTC(2026, 0, 1, 1);
test.each([
  ["410", { status: 410 }, {}, "expired"],
  [
    "404 of GitHub long after its end",
    { status: 404, data: { message: "Not Found" } },
    {},
    "deleted",
  ],
  ["404 of a storage that never had it", { status: 404, data: "BlobNotFound" }, {}, "lost-runner"],
  [
    "BlobNotFound soon after its end",
    { status: 404, data: "BlobNotFound" },
    { completed_at: stamp(3590) },
    "not-stored-yet",
  ],
  [
    "BlobNotFound for a job without steps",
    { status: 404, data: "BlobNotFound" },
    { steps: [] },
    "never-began",
  ],
  ["410 for a job whose runner was lost", { status: 410 }, { steps: lost.steps ?? [] }, "expired"],
  [
    "404 for a job whose runner was lost",
    { status: 404 },
    { steps: lost.steps ?? [] },
    "lost-runner",
  ],
  ["404 for a job of two years ago", { status: 404 }, { completed_at: stamp(-7e7) }, "expired"],
  ["404 soon after its end", { status: 404 }, { completed_at: stamp(3590) }, "not-stored-yet"],
  ["404 while it runs", { status: 404 }, { status: "in_progress" }, "not-stored-yet"],
  ["404 for a job without steps", { status: 404 }, { steps: [] }, "never-began"],
  ["500", { status: 500 }, {}, undefined],
  ["another error", new Error("no"), {}, undefined],
])("a log that is requested, with the response %s, is %s", (_, error, more, missing) => {
  const job = apiJob(1, "a", more) as Job;
  expect(whyMissing(job, error, now)).toBe(missing);
});
