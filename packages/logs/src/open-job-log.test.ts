import { ParameterError } from "@workflow-runs/core/support";
import { createClient, GoneError, type Job, NotFoundError } from "@workflow-runs/core";
import { createActionsFake, type RunInit } from "@workflow-runs/msw/fake";
import { expect, expectTypeOf, test } from "vitest";
import { apiJob, jobText, noise, timed } from "../test/log-archives.ts";
import { type Behaviour, logServer } from "../test/log-server.ts";
import {
  ArchiveLimitError,
  DownloadError,
  type JobLog,
  type JobLogOptions,
  openJobLog,
  openRunLogs,
} from "./index.ts";

const [owner, repo] = ["octo-org", "octo-repo"];
const token = "ghp_secret";
const lint = {
  name: "lint",
  conclusion: "failure",
  steps: [{ name: "Run eslint", conclusion: "failure", log: "one\n##[error]two", seconds: 5 }],
} as const;

const slow = { name: "test", steps: [{ name: "Run npm test", seconds: 600 }] } as const;

function runOf(jobs: NonNullable<RunInit["jobs"]>, logs: NonNullable<RunInit["logs"]> = {}) {
  const fake = createActionsFake({ clock: () => Date.parse("2026-01-10T12:00:00Z") });
  const run = fake.repository(`${owner}/${repo}`).createRun({ jobs, logs });
  const github = createClient({ fetch: fake.fetch, auth: token, retry: false });
  const idOf = (name: string) => run.jobs.find((job) => job.name === name)?.id as number;
  return { fake, run, github, idOf };
}

async function serverOf(log: string, more: Partial<Behaviour> = {}) {
  const server = await logServer({
    jobs: { latest: [apiJob(1, "build")] },
    jobLogs: { 1: log },
    ...more,
  });
  const github = createClient({ baseUrl: server.baseUrl, auth: token, retry: false });
  const requested = (end: string) =>
    server.seen.filter(({ path }) => path.split("?")[0]?.endsWith(end));
  return {
    server,
    requested,
    open: (options?: JobLogOptions) => openJobLog(github, { owner, repo, job_id: 1 }, options),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

async function linesOf(job: JobLog): Promise<unknown[]> {
  const lines: unknown[] = [];
  for await (const { step, number, level, text, groups } of job.lines())
    lines.push([step?.number, step?.name, number, level, text, groups]);
  return lines;
}

test("a job that has ended has its log, steps and lines while its run goes on", async () => {
  const { fake, run, github, idOf } = runOf([lint, slow]);
  while (run.jobs[0]?.status !== "completed") fake.advance("1s");
  expect(run.data.status).not.toBe("completed");
  const job = await openJobLog(github, { owner, repo, job_id: idOf("lint") });
  expect(job).toMatchObject({ name: "lint", origin: "job-log", conclusion: "failure", attempt: 1 });
  expect(job.api).toEqual(run.jobs[0]);
  expect(job.steps.map(({ number, name, conclusion }) => [number, name, conclusion])).toEqual([
    [1, "Set up job", "success"],
    [2, "Run eslint", "failure"],
    [5, "Complete job", "success"],
  ]);
  expect(await job.steps[1]?.text()).toMatch(/##\[error\]two\r?\n$/);
  const ofStep = (await linesOf(job)).filter((line) => (line as unknown[])[0] === 2);
  expect(ofStep.at(-1)).toEqual([2, "Run eslint", ofStep.length, "error", "two", []]);
});

test("it is the log that the run's archive has of the job", async () => {
  const { run, github, idOf } = runOf([lint, { name: "test" }]);
  run.complete();
  const { jobs } = await openRunLogs(github, { owner, repo, run_id: run.id });
  for (const archived of jobs) {
    const alone = await openJobLog(github, { owner, repo, job_id: idOf(archived.name) });
    expect(await linesOf(alone)).toEqual(await linesOf(archived));
  }
  expect(jobs.length).toBe(2);
});

test("a job that has not completed is the client's NotFoundError", async () => {
  const { run, github, idOf } = runOf([lint]);
  run.start();
  const opening = openJobLog(github, { owner, repo, job_id: idOf("lint") });
  await expect(opening).rejects.toThrow(NotFoundError);
  const nowhere = openJobLog(github, { owner, repo, job_id: 1 });
  await expect(nowhere).rejects.toThrow(NotFoundError);
});

test("an expired log is the client's GoneError", async () => {
  const { run, github, idOf } = runOf([lint], { expired: true });
  run.complete();
  const opening = openJobLog(github, { owner, repo, job_id: idOf("lint") });
  await expect(opening).rejects.toThrow(GoneError);
});

test("the log is fetched once, and the token does not go to its host", async () => {
  const text = jobText("build", { output: ["one", "two"] });
  await using served = await serverOf(text);
  const job = await served.open();
  expect(await job.text()).toBe(text);
  const steps = await Promise.all(job.steps.map((step) => step.text()));
  expect(steps.join("")).toBe(text);
  expect(await linesOf(job)).toHaveLength(text.split("\n").length - 1);
  expect(served.server.seen.map(({ host, path }) => [host, path.split("?")[0]])).toEqual([
    ["api", `/repos/${owner}/${repo}/actions/jobs/1/logs`],
    ["storage", "/job/1"],
    ["api", `/repos/${owner}/${repo}/actions/jobs/1`],
  ]);
  expect(served.server.seen[1]?.authorization).toBeUndefined();
  expect(served.server.seen[2]?.authorization).toContain(token);
});

test("a job at hand is not requested", async () => {
  await using served = await serverOf(jobText("build"));
  const job = apiJob(1, "build at hand") as Job;
  expect((await served.open({ job })).api).toBe(job);
  expect(served.requested("/jobs/1")).toHaveLength(0);
});

test("a job at hand that is another one is refused before anything is sent", async () => {
  await using served = await serverOf(jobText("build"));
  const opening = served.open({ job: apiJob(2, "other") as Job });
  await expect(opening).rejects.toThrow(
    new ParameterError(
      "openJobLog: job: it is job 2, and job_id is 1; give the job that the log is of, or none.",
      { parameter: "job" },
    ),
  );
  expect(served.server.seen).toEqual([]);
});

test("a limit that is none is refused before anything is sent", async () => {
  await using served = await serverOf(jobText("build"));
  await expect(served.open({ limits: { lineLength: 0 } })).rejects.toThrow(
    /limits\.lineLength is 0, not a number above 0/,
  );
  expect(served.server.seen).toEqual([]);
});

test("limits hold for the line, on opening, and for the text", async () => {
  await using served = await serverOf(jobText("build", { output: ["x".repeat(200_000)] }));
  const opening = served.open({ limits: { lineLength: 100_000 } });
  await expect(opening).rejects.toThrow(ArchiveLimitError);
  const job = await served.open({ limits: { textSize: 100 } });
  await expect(job.text()).rejects.toThrow(/limits\.textSize/);
});

test("where the API lists no steps, they are found in the log", async () => {
  await using served = await serverOf(jobText("build"), {
    jobs: { latest: [apiJob(1, "build", { steps: [] })] },
  });
  const job = await served.open();
  expect(job.steps.map(({ name }) => name)).toEqual(["Set up job", "Run npm test", "Complete job"]);
});

test("an empty log has no lines", async () => {
  await using served = await serverOf("");
  expect(await linesOf(await served.open())).toEqual([]);
});

test.each([{ ranges: true }, { ranges: false }])(
  "a download that breaks off is taken up: %j",
  async (host) => {
    const text = jobText("build", { output: [noise(1e6).trimEnd()] });
    await using served = await serverOf(text, { ...host, breakAfter: [300_000, 400_000] });
    const progress: number[] = [];
    const job = await served.open({ onProgress: ({ received }) => progress.push(received) });
    expect(await job.text()).toBe(text);
    expect(progress.at(-1)).toBe(text.length);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  },
);

test("a download that keeps breaking off is a NetworkError", async () => {
  await using served = await serverOf(jobText("build"), { breakAfter: [10, 10, 10, 10, 10, 10] });
  const error = await served.open().catch((error: unknown) => error);
  expect(error).toBeInstanceOf(DownloadError);
  expect(error).toMatchObject({ name: "NetworkError", received: 40 });
});

test("a log too long to be kept is fetched again when it is read", async () => {
  const text = timed(["##[group]Run npm test", "##[endgroup]"]) + noise(34e6);
  await using served = await serverOf(text, {
    jobs: { latest: [apiJob(1, "build", { steps: [] })] },
  });
  const job = await served.open();
  expect(served.requested("/logs")).toHaveLength(1);
  expect(await job.text()).toBe(text);
  expect(await job.steps[0]?.text()).toBe(text);
  expect(served.requested("/logs")).toHaveLength(3);
});

test("an abort stops the download, and what is read later, with the signal's reason", async () => {
  await using served = await serverOf(jobText("build", { output: [noise(1e6)] }));
  const early = new AbortController();
  const opening = served.open({
    signal: early.signal,
    onProgress: () => early.abort(new Error("enough")),
  });
  await expect(opening).rejects.toThrow("enough");
  expect(served.requested("/jobs/1")).toHaveLength(0);

  const late = new AbortController();
  const job = await served.open({ signal: late.signal });
  late.abort(new Error("too late"));
  await expect(job.text()).rejects.toThrow("too late");

  const before = served.server.seen.length;
  await expect(served.open({ signal: late.signal })).rejects.toThrow("too late");
  expect(served.server.seen).toHaveLength(before);
});

test("types: a job's log like those of a run, for a job's id", async () => {
  expectTypeOf(openJobLog).returns.resolves.toEqualTypeOf<JobLog>();
  const wrong = () => {
    const { github } = runOf([]);
    // @ts-expect-error a run has many jobs
    void openJobLog(github, { owner, repo, run_id: 1 });
    // @ts-expect-error a job has one attempt
    void openJobLog(github, { owner, repo, job_id: 1 }, { attempts: "all" });
  };
  expect(wrong).toBeTypeOf("function");
});
