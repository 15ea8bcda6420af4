import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asker } from "../../test/ask.ts";
import { setUp, start } from "../../test/set-up.ts";
import { applySeed, createActionsFake } from "../index.ts";
import { jobs, runs, worlds } from "./index.ts";

describe("arbitraries", () => {
  test("give runs that the fake takes, and serves as the description says at any time", async () => {
    await fc.assert(
      fc.asyncProperty(runs(), fc.integer({ min: 0, max: 7200 }), async (init, seconds) => {
        const { fake, repository, ask } = setUp();
        const run = repository.createRun(init);
        fake.advance(seconds * 1000);
        const { status, data } = await ask("getWorkflowRun", { run_id: run.id });
        expect(status).toBe(200);
        expect(data.conclusion === null).toBe(data.status !== "completed");
        expect((await ask("listJobsForWorkflowRun", { run_id: run.id })).status).toBe(200);
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  test("give runs that end by themselves with `ends`", () => {
    fc.assert(
      fc.property(runs({ ends: true }), (init) => {
        const { fake, repository } = setUp();
        const run = repository.createRun(init);
        fake.advance("30d");
        expect(run.data.status).toBe("completed");
        expect(run.jobs.filter(({ status }) => status !== "completed")).toEqual([]);
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  test("give jobs that need only jobs before them", () => {
    fc.assert(
      fc.property(jobs({ maxJobs: 12 }), (list) => {
        const before = new Set<string>();
        for (const { name, needs = [] } of list) {
          for (const need of [needs].flat()) expect(before).toContain(need);
          before.add(name);
        }
      }),
      { seed: 7 },
    );
  });

  test("give worlds, whose every repository is served", async () => {
    await fc.assert(
      fc.asyncProperty(worlds(), async (world) => {
        const fake = createActionsFake({ clock: () => start });
        for (const fullName of applySeed(fake, world)) {
          const { data } = await asker(fake, fullName)("listWorkflowRunsForRepo", {
            per_page: 100,
          });
          expect(data.total_count).toBe(world.repositories[fullName]?.runs?.length);
        }
      }),
      { numRuns: 25, seed: 7 },
    );
  });

  test("reach what tests forget: holds, approvals, startup failures, skipped jobs, needs", () => {
    const kinds = fc.sample(runs(), { numRuns: 400, seed: 7 });
    const has = (test: (run: (typeof kinds)[number]) => boolean): boolean => kinds.some(test);
    expect(has(({ status }) => status === "pending")).toBe(true);
    expect(has(({ approval }) => approval === "required")).toBe(true);
    expect(has(({ conclusion }) => conclusion === "startup_failure")).toBe(true);
    expect(has(({ branch }) => branch === null)).toBe(true);
    expect(has(({ jobs: list = [] }) => list.some(({ needs = [] }) => needs.length > 1))).toBe(
      true,
    );
    expect(
      has(({ jobs: list = [] }) => list.some(({ environment }) => environment !== undefined)),
    ).toBe(true);
  });
});
