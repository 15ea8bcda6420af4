import { createClient } from "@workflow-runs/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { paginate } from "./index.ts";
import { GitHubServer, type StoredRun } from "../test/github-server.ts";
import { newYear } from "../test/histories.ts";

/** What happens to the list before one answer is made. */
const change = fc.record({
  latency: fc.nat({ max: 4 }),
  deletions: fc.array(fc.nat(), { maxLength: 3 }),
  created: fc.nat({ max: 3 }),
  /** Runs that enter a filtered list where it was read already, or was not: their status changed. */
  entered: fc.array(fc.nat(), { maxLength: 2 }),
});

interface Part {
  gap: number;
  burst: number;
}

function made(parts: readonly Part[]): StoredRun[] {
  const runs: StoredRun[] = [];
  let created = newYear;
  for (const { gap, burst } of parts) {
    created += gap;
    for (let index = 0; index < burst; index++)
      runs.push({ id: 2 * runs.length + 2, created, status: "failure" });
  }
  return runs;
}

const gap = fc.oneof(fc.constant(0), fc.nat({ max: 3 }), fc.nat({ max: 5000 }));
const bursts = fc.oneof(
  { weight: 6, arbitrary: fc.constant(1) },
  { weight: 2, arbitrary: fc.nat({ max: 12 }) },
  { weight: 1, arbitrary: fc.nat({ max: 60 }) },
);
const history = fc.array(fc.record({ gap, burst: bursts }), { maxLength: 60 }).map(made);

const reading = fc.record({
  runs: history,
  changes: fc.array(change, { maxLength: 40 }),
  perPage: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant(100)),
  concurrency: fc.integer({ min: 1, max: 5 }),
  filtered: fc.boolean(),
});

test("runs created and deleted between any two answers lose and double nothing", async () => {
  await fc.assert(
    fc.asyncProperty(reading, async ({ runs, changes, perPage, concurrency, filtered }) => {
      let newest = newYear + 10_000_000;
      let odd = 1;
      await using server = await new GitHubServer({
        runs,
        refuse: (_, index) => (index > 2000 ? { status: 404, message: "no end" } : undefined),
        latency: (_, index) => changes[index]?.latency ?? 0,
        before: (_, index) => {
          const { deletions = [], created = 0, entered = [] } = changes[index] ?? {};
          const { runs: there } = server;
          if (there.length > 0)
            server.remove(...deletions.map((at) => (there[at % there.length] as StoredRun).id));
          if (filtered && there.length > 0)
            server.add(
              ...entered.map((at) => ({
                id: (odd += 2),
                created: (there[at % there.length] as StoredRun).created,
                status: "failure",
              })),
            );
          server.add(
            ...Array.from({ length: created }, () => ({
              id: 1_000_000 + (odd += 2),
              created: (newest += odd % 3),
              status: "failure",
            })),
          );
        },
      }).listen();
      const github = createClient({ baseUrl: server.url });
      const list = paginate(
        github,
        "listWorkflowRunsForRepo",
        { owner: "o", repo: "r", per_page: perPage, ...(filtered && { status: "failure" }) },
        { concurrency },
      );
      const ids = (await list.toArray()).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      const still = new Set(server.runs.map(({ id }) => id));
      const lost = runs.filter(({ id }) => still.has(id) && !ids.includes(id));
      expect(lost).toEqual([]);
    }),
    { numRuns: Number(process.env["DRIFT_RUNS"] ?? 60) },
  );
}, 120_000);

test("up to 25 runs of one second, in another order at every request, come once all the same", async () => {
  const parts = fc.record({ gap: fc.integer({ min: 1, max: 9 }), burst: fc.nat({ max: 25 }) });
  const history = fc.array(parts, { maxLength: 30 }).map(made);
  await fc.assert(
    fc.asyncProperty(history, fc.integer(), async (runs, seed) => {
      let turn = seed;
      await using server = await new GitHubServer({
        runs,
        before: () => void turn++,
        order: (a, b) =>
          b.created - a.created ||
          Math.imul(a.id ^ turn, 0x9e3779b1) - Math.imul(b.id ^ turn, 0x9e3779b1),
      }).listen();
      const github = createClient({ baseUrl: server.url });
      const list = paginate(github, "listWorkflowRunsForRepo", {
        owner: "o",
        repo: "r",
        status: "failure",
        per_page: 10,
      });
      const ids = (await list.toArray()).map(({ id }) => id);
      expect(ids.toSorted((a, b) => a - b)).toEqual(runs.map(({ id }) => id));
    }),
    { numRuns: 40 },
  );
}, 120_000);
