import { expect, test } from "vitest";
import { jobsAreAhead, type JobFacts, type RunFacts } from "./jobs-ahead.ts";

const run = (status: string, conclusion: string | null = null, run_attempt = 1): RunFacts => ({
  status,
  conclusion,
  run_attempt,
});
const jobs = (...statuses: string[]): JobFacts[] =>
  statuses.map((status) => ({ status, run_attempt: 1 }));

test.each<[string, RunFacts, JobFacts[]]>([
  ["a queued run whose job has begun", run("queued"), jobs("in_progress", "queued")],
  ["a queued run whose job is completed", run("queued"), jobs("completed")],
  ["a queued run with a job that is and one to come", run("queued"), jobs("completed", "queued")],
  ["a running run without a job to go on with", run("in_progress"), jobs("completed", "completed")],
  ["a running run that only waits", run("in_progress"), jobs("completed", "waiting")],
  ["a run that was reviewed: its job is queued", run("waiting"), jobs("completed", "queued")],
  ["a run that was reviewed: its job runs", run("waiting"), jobs("in_progress")],
  ["a run that was approved", run("completed", "action_required"), jobs("queued")],
  ["one that was approved and is over", run("completed", "action_required"), jobs("completed")],
  [
    "a finished run that was run again",
    run("completed", "failure"),
    [{ status: "queued", run_attempt: 2 }],
  ],
])("ahead: %s", (_, run, jobs) => {
  expect(jobsAreAhead(run, jobs)).toBe(true);
});

test.each<[string, RunFacts, JobFacts[]]>([
  ["no jobs yet", run("queued"), []],
  ["none of them begun", run("queued"), jobs("queued", "pending")],
  ["a run held by its concurrency group", run("pending"), jobs("queued")],
  ["a run that has begun before its jobs", run("in_progress"), jobs("queued")],
  ["some done, one running", run("in_progress"), jobs("completed", "in_progress", "waiting")],
  ["some done, one queued", run("in_progress"), jobs("completed", "queued")],
  ["a run that waits with its job", run("waiting"), jobs("completed", "waiting")],
  ["a finished run", run("completed", "success"), jobs("completed")],
  ["jobs that are behind", run("completed", "cancelled"), jobs("in_progress")],
  ["jobs of the attempt before", run("queued", null, 2), jobs("completed")],
  ["an attempt without a number", { status: "queued", conclusion: null }, jobs("queued")],
])("not ahead: %s", (_, run, jobs) => {
  expect(jobsAreAhead(run, jobs)).toBe(false);
});
