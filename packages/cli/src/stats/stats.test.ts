import type { Job, WorkflowRun } from "@workflow-runs/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { jobData, runData, stepData } from "../../test/run-data.ts";
import {
  flakyJobs,
  groupStatistics,
  mostFailingSteps,
  type RunHistory,
  runStatistics,
  slowestSteps,
  stepStatistics,
  weekOf,
} from "./index.ts";

const at = (seconds: number): string =>
  new Date(Date.UTC(2026, 0, 5) + seconds * 1_000).toISOString();

function job(part: Partial<Job> & { from?: number; to?: number; queued?: number } = {}): Job {
  const { from = 10, to = 70, queued = 4, ...rest } = part;
  return jobData({
    created_at: at(from - queued),
    started_at: at(from),
    completed_at: at(to),
    ...rest,
  });
}

function run(part: Partial<WorkflowRun> = {}): WorkflowRun {
  return runData({ created_at: at(0), run_started_at: at(0), ...part });
}

test("a run takes from its start to the end of its last job, whatever updated_at says", () => {
  const jobs = [job({ name: "a", to: 70 }), job({ name: "b", from: 20, to: 40 })];
  const history = { run: run({ updated_at: "2026-07-30T10:00:00Z" }), jobs };
  expect(runStatistics([history])).toMatchObject({
    duration_p50_ms: 70_000,
    duration_p95_ms: 70_000,
    queue_p50_ms: 4_000,
  });
});

test("a re-run counts by its first and by its latest attempt, and carried-over jobs once", () => {
  const first = run({ conclusion: "failure", run_attempt: 1 });
  const latest = run({ run_attempt: 2, run_started_at: at(1_000) });
  const history: RunHistory = {
    run: latest,
    firstAttempt: first,
    jobs: [
      job({ id: 1, name: "lint", run_attempt: 1, from: 10, to: 20 }),
      job({ id: 2, name: "test", run_attempt: 1, from: 10, to: 60, conclusion: "failure" }),
      // Carried over: a new id, the new attempt, the old times.
      job({ id: 3, name: "lint", run_attempt: 2, from: 10, to: 20 }),
      job({ id: 4, name: "test", run_attempt: 2, from: 1_010, to: 1_050, queued: 8 }),
    ],
  };
  expect(runStatistics([history])).toMatchObject({
    ended: 1,
    succeeded: 1,
    success_rate: 1,
    first_attempt_success_rate: 0,
    rerun: 1,
    rerun_rate: 1,
    duration_p50_ms: 50_000,
    queue_p50_ms: 4_000,
    queue_p95_ms: 8_000,
  });
  expect(groupStatistics([history], "job")).toMatchObject([
    { group: "CI / lint", ended: 1, rerun: 0, success_rate: 1 },
    { group: "CI / test", ended: 1, rerun: 1, success_rate: 1, first_attempt_success_rate: 0 },
  ]);
});

test("an approval is no re-run: what waited had no first attempt", () => {
  const approved = { run: run({ run_attempt: 2 }), jobs: [job({ run_attempt: 2 })] };
  const waiting = { run: run({ conclusion: "action_required" }), jobs: [] };
  expect(runStatistics([approved, waiting])).toMatchObject({
    ended: 1,
    unfinished: 1,
    rerun: 0,
    first_attempt_success_rate: 1,
  });
});

test("startup failures, cancelled and skipped runs are counted, and are in no rate", () => {
  const conclusions = [
    "startup_failure",
    "cancelled",
    "skipped",
    "neutral",
    "failure",
    "timed_out",
  ];
  const histories = [
    ...conclusions.map((conclusion) => ({ run: run({ conclusion }), jobs: [] })),
    { run: run({ status: "in_progress", conclusion: null }), jobs: [] },
  ];
  expect(runStatistics(histories)).toMatchObject({
    ended: 6,
    unfinished: 1,
    succeeded: 0,
    failed: 2,
    did_not_start: 1,
    cancelled: 1,
    other: 2,
    success_rate: 0,
    duration_p50_ms: null,
    queue_p50_ms: null,
  });
  expect(runStatistics([])).toMatchObject({ ended: 0, success_rate: null, rerun_rate: null });
});

test.each([
  ["branch", "topic"],
  ["actor", "mona"],
  ["event", "push"],
  ["workflow", "CI"],
  ["week", "2026-01-05"],
] as const)("groups by %s", (by, group) => {
  const histories = [{ run: run({ head_branch: "topic" }), jobs: [job()] }];
  expect(groupStatistics(histories, by)).toMatchObject([{ group, ended: 1 }]);
});

test("weeks begin on Monday, in UTC, and come in order", () => {
  expect(weekOf("2026-01-05T00:00:00Z")).toBe("2026-01-05");
  expect(weekOf("2026-01-04T23:59:59Z")).toBe("2025-12-29");
  expect(weekOf("2026-01-05T00:30:00+02:00")).toBe("2025-12-29");
  const histories = ["2026-02-10T00:00:00Z", "2026-01-06T00:00:00Z"].map((created_at) => ({
    run: run({ created_at }),
    jobs: [],
  }));
  expect(groupStatistics(histories, "week").map(({ group }) => group)).toEqual([
    "2026-01-05",
    "2026-02-09",
  ]);
});

test("flaky is what failed and later passed on one commit, by job and step", () => {
  const steps = [
    stepData({ name: "Run make" }),
    stepData({ name: "Run tests", conclusion: "failure" }),
  ];
  const rerun: RunHistory = {
    run: run({ id: 1, run_attempt: 2 }),
    jobs: [
      job({ name: "test", run_attempt: 1, from: 10, conclusion: "failure", steps }),
      job({ name: "test", run_attempt: 2, from: 500, to: 600 }),
    ],
  };
  const again: RunHistory = {
    run: run({ id: 2 }),
    jobs: [job({ name: "test", from: 1_000, to: 1_060, conclusion: "timed_out", steps })],
  };
  const passed: RunHistory = {
    run: run({ id: 3 }),
    jobs: [job({ name: "test", from: 2_000, to: 2_060 })],
  };
  const otherCommit: RunHistory = {
    run: run({ id: 4, head_sha: "b".repeat(40) }),
    jobs: [job({ name: "test", from: 3_000, to: 3_060, conclusion: "failure", steps })],
  };
  const otherEvent: RunHistory = {
    run: run({ id: 5, head_sha: "b".repeat(40), event: "pull_request" }),
    jobs: [job({ name: "test", from: 4_000, to: 4_060 })],
  };
  expect(flakyJobs([rerun, again, passed, otherCommit, otherEvent])).toEqual([
    {
      workflow: "CI",
      job: "test",
      step: "Run tests",
      flakes: 2,
      executions: 6,
      rate: 1 / 3,
      last: { run_id: 2, run_attempt: 1, job_id: 201, failed_at: at(1_060) },
    },
  ]);
  // What broke after it passed is broken, not flaky.
  const broke = [
    passed,
    {
      ...again,
      jobs: [job({ name: "test", from: 9_000, to: 9_060, conclusion: "failure", steps })],
    },
  ];
  expect(flakyJobs(broke)).toEqual([]);
});

test("steps: the slowest by their 95th percentile, and those that fail most", () => {
  const histories = [10, 20, 30].map((seconds, index) => ({
    run: run({ id: index }),
    jobs: [
      job({
        steps: [
          stepData({ name: "fast", started_at: at(0), completed_at: at(1) }),
          stepData({
            name: "slow",
            started_at: at(0),
            completed_at: at(seconds),
            conclusion: index === 0 ? "failure" : "success",
          }),
          stepData({ name: "never", conclusion: "skipped" }),
        ],
      }),
    ],
  }));
  const steps = stepStatistics(histories);
  expect(steps.map(({ step }) => step)).toEqual(["fast", "slow"]);
  expect(slowestSteps(steps, 1)).toMatchObject([
    { step: "slow", duration_p50_ms: 20_000, duration_p95_ms: 30_000, executions: 3 },
  ]);
  expect(mostFailingSteps(steps, 5)).toMatchObject([{ step: "slow", failures: 1 }]);
});

// The definitions of the README, computed in another way: over all runs by hand, without the package's parts.
test("the figures are what the README says of them", () => {
  const conclusion = fc.constantFrom(
    "success",
    "failure",
    "timed_out",
    "cancelled",
    "startup_failure",
    "skipped",
  );
  const history = fc
    .record({
      first: conclusion,
      last: fc.option(conclusion),
      unfinished: fc.boolean(),
      took: fc.integer({ min: 1, max: 5_000 }),
      queued: fc.integer({ min: 0, max: 500 }),
    })
    .map(({ first, last, unfinished, took, queued }): RunHistory => {
      const attempt = last === null ? 1 : 2;
      const start = last === null ? 0 : 10_000;
      const jobs = [
        job({ run_attempt: attempt, from: start + queued, to: start + queued + took, queued }),
      ];
      const status = unfinished ? "in_progress" : "completed";
      const latest = run({
        status,
        conclusion: unfinished ? null : (last ?? first),
        run_attempt: attempt,
        run_started_at: at(start),
      });
      const firstAttempt = last === null ? undefined : run({ conclusion: first });
      return { run: latest, jobs, firstAttempt };
    });
  fc.assert(
    fc.property(fc.array(history, { maxLength: 40 }), (histories) => {
      let [runs, success, failure, firstSuccess, firstDecided, reruns] = [0, 0, 0, 0, 0, 0];
      const durations: number[] = [];
      const queued: number[] = [];
      for (const { run: each, firstAttempt, jobs } of histories) {
        if (each.status !== "completed") continue;
        for (const { created_at, started_at } of jobs)
          queued.push(Date.parse(started_at) - Date.parse(created_at));
        runs += 1;
        if (firstAttempt) reruns += 1;
        const good = each.conclusion === "success";
        const bad = each.conclusion === "failure" || each.conclusion === "timed_out";
        if (good) success += 1;
        if (bad) failure += 1;
        if (good || bad) {
          durations.push(
            Date.parse(jobs[0]?.completed_at ?? "") - Date.parse(each.run_started_at ?? ""),
          );
        }
        const first = (firstAttempt ?? each).conclusion;
        if (first === "success") firstSuccess += 1;
        if (["success", "failure", "timed_out"].includes(first ?? "")) firstDecided += 1;
      }
      const figures = runStatistics(histories);
      expect(figures).toMatchObject({
        ended: runs,
        succeeded: success,
        failed: failure,
        unfinished: histories.length - runs,
        rerun: reruns,
        success_rate: success + failure === 0 ? null : success / (success + failure),
        first_attempt_success_rate: firstDecided === 0 ? null : firstSuccess / firstDecided,
        rerun_rate: runs === 0 ? null : reruns / runs,
      });
      // The smallest value that at least so many of all do not exceed.
      const nearestRank = (all: readonly number[], share: number): number | null =>
        all
          .toSorted((a, b) => a - b)
          .find((ms) => all.filter((other) => other <= ms).length >= all.length * share) ?? null;
      expect(figures).toMatchObject({
        duration_p50_ms: nearestRank(durations, 0.5),
        duration_p95_ms: nearestRank(durations, 0.95),
        queue_p50_ms: nearestRank(queued, 0.5),
        queue_p95_ms: nearestRank(queued, 0.95),
      });
    }),
  );
});
