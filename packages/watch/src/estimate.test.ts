import type { WorkflowRun } from "@workflow-runs/core";
import { expect, test } from "vitest";
import { type EarlierRun, estimate } from "./index.ts";

const start = Date.parse("2026-01-01T00:00:00Z");
const minute = 60_000;
const iso = (ms: number) => new Date(ms).toISOString();

const running = {
  id: 1,
  workflow_id: 7,
  status: "in_progress",
  conclusion: null,
  run_attempt: 1,
  created_at: iso(start - minute),
  run_started_at: iso(start),
} as WorkflowRun;

const earlier = (minutes: number, rest: Partial<EarlierRun> = {}): EarlierRun => ({
  workflow_id: 7,
  status: "completed",
  conclusion: "success",
  run_attempt: 1,
  created_at: iso(0),
  run_started_at: iso(0),
  updated_at: iso(minutes * minute),
  ...rest,
});

test("a run ends after the median of earlier ones", () => {
  const result = estimate(running, [earlier(8), earlier(12), earlier(10)], start + 4 * minute);
  expect(result).toEqual({
    endsAt: new Date(start + 10 * minute),
    remaining: 6 * minute,
    elapsed: 4 * minute,
    median: 10 * minute,
    overdue: false,
    basedOn: 3,
  });
});

test("one that goes on for long is compared with those that went on longer", () => {
  const runs = [earlier(2), earlier(2), earlier(2), earlier(20), earlier(30)];
  expect(estimate(running, runs, start + 5 * minute)).toMatchObject({ remaining: 20 * minute });
});

test("longer than all of them is overdue", () => {
  expect(estimate(running, [earlier(2), earlier(3)], start + 5 * minute)).toMatchObject({
    overdue: true,
    remaining: 0,
    endsAt: new Date(start + 5 * minute),
    median: 2.5 * minute,
  });
});

test("the jobs say when an earlier run ended, not updated_at, which moves weeks later", () => {
  const jobs = [
    { completed_at: iso(5 * minute) },
    { completed_at: iso(9 * minute) },
    { completed_at: null },
  ];
  const moved = earlier(50_000, { jobs });
  expect(estimate(running, [moved], start)?.median).toBe(9 * minute);
});

test.for([
  ["another workflow's", { workflow_id: 8 }],
  ["a failed", { conclusion: "failure" }],
  ["a re-run", { run_attempt: 2 }],
  ["a running", { status: "in_progress" }],
] as const)("%s run says nothing", ([, rest]) => {
  expect(estimate(running, [earlier(10, rest)], start)).toBeUndefined();
  expect(estimate(running, [earlier(10, rest), earlier(4)], start)?.basedOn).toBe(1);
});

test("a run that has not begun, or has ended, has no estimate", () => {
  for (const status of ["queued", "waiting", "completed"] as const)
    expect(estimate({ ...running, status }, [earlier(5)], start)).toBeUndefined();
});
