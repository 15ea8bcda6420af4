import type { Job, WorkflowRun } from "@workflow-runs/core";
import { expect, test } from "vitest";
import { jobData, runData } from "./run-data.ts";
import { createTerminal, type Terminal } from "./terminal.ts";

/** A terminal where GitHub has one run and its jobs. */
function terminalWith(run: WorkflowRun, jobs: readonly Job[]): Terminal {
  return createTerminal({
    fetch: async (input) => {
      const { pathname } = new URL(new Request(input).url);
      if (pathname.endsWith(`/runs/${run.id}`)) return Response.json(run);
      if (pathname.endsWith("/jobs")) return Response.json({ total_count: jobs.length, jobs });
      if (pathname.endsWith("/actions/runs")) {
        return Response.json({ total_count: 1, workflow_runs: [run] });
      }
      return Response.json({ message: "Not Found" }, { status: 404 });
    },
  });
}

function without<Value extends object>(value: Value, ...names: (keyof Value)[]): Value {
  const copy = { ...value };
  for (const name of names) delete copy[name];
  return copy;
}

test("a run of 2021, which has no attempt, no start, no title and no actor, is listed, shown and watched", async () => {
  const run = without(
    runData({ conclusion: "failure" }),
    "run_attempt",
    "run_started_at",
    "display_title",
    "actor",
  );
  const terminal = terminalWith(run, [
    without(jobData({ conclusion: "failure" }), "run_attempt", "created_at"),
  ]);
  expect(await terminal.run("list")).toBe(0);
  expect(terminal.stdout()).toMatch(/^failure\tCI\tCI\tmain\t\tpush\t101\t2026-05-01T09:59:50Z\n$/);
  expect(await terminal.run("view", "101")).toBe(0);
  expect(terminal.stdout()).toContain(" · failure · attempt 1 · ");
  expect(await terminal.run("watch", "101")).toBe(3);
  expect(terminal.stdout()).toContain("✗ Run 101, attempt 1: failure in 1m 10s");
  expect(await terminal.run("stats", "--jq", ".all.duration_p50_ms")).toBe(0);
  expect(terminal.stdout()).toBe("70000\n");
});

test("what may be null is null: every part can be shown", async () => {
  const run = runData({
    name: null,
    head_branch: null,
    actor: null as never,
    head_commit: null,
    conclusion: null,
    status: "a new word" as never,
  });
  const job = jobData({
    status: "another word" as never,
    conclusion: null,
    completed_at: null,
    steps: [],
  });
  const terminal = terminalWith(run, [job]);
  for (const args of [["list"], ["view", "101", "--steps"], ["stats"]]) {
    expect(await terminal.run(...args)).toBe(0);
    expect(terminal.stdout()).not.toMatch(/undefined|NaN|null/);
  }
});

test("a job whose runner was lost has no log, which is a note: the others are shown", async () => {
  const { repository, ...terminal } = createTerminal();
  const { id } = repository.createRun({
    status: "completed",
    jobs: [
      { name: "lint", steps: [{ name: "Run lint", log: "all clean" }] },
      { name: "suite", steps: [{ name: "Run the suite", log: "gone" }] },
    ],
  });
  const lost = repository.run(id)?.jobs[1] as Job;
  const odd = createTerminal({
    fetch: async (input, init) => {
      const request = new Request(input, init);
      if (
        request.url.includes(`/jobs/${lost.id}/logs`) ||
        request.url.endsWith(`/runs/${id}/logs`)
      ) {
        return request.url.endsWith(`/runs/${id}/logs`)
          ? terminal.fake.fetch(request)
          : Response.json({ message: "Not Found" }, { status: 404 });
      }
      const response = await terminal.fake.fetch(request);
      if (!request.url.includes(`/runs/${id}/jobs`)) return response;
      const list = (await response.json()) as { jobs: Job[] };
      const steps = lost.steps?.map((step) =>
        Object.assign(
          structuredClone(step),
          step.number === 2 ? { status: "in_progress", conclusion: null } : {},
        ),
      );
      Object.assign(list.jobs[1] ?? {}, { conclusion: "failure", steps });
      return Response.json(list);
    },
  });
  expect(await odd.run("logs", String(id), "--follow", "--job", "suite")).toBe(0);
  expect(odd.stderr()).toContain(
    "suite (failure), has no log: its runner was lost in step 2, Run the suite.",
  );
  expect(await odd.run("explain", String(id))).toBe(0);
  expect(odd.stdout()).toContain('The runner was lost while step 2, "Run the suite", ran');
});
