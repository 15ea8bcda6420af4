import { createClient } from "@workflow-runs/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatSecond } from "./created-range.ts";
import { CrowdedSecondError, paginate } from "./index.ts";
import { createdRange, GitHubServer, type StoredRun } from "../test/github-server.ts";
import { burst, evenly, newYear } from "../test/histories.ts";

const repository = { owner: "o", repo: "r" };
const failures = { ...repository, status: "failure" } as const;
const days = 86_400;

function idsOf(runs: readonly { id: number }[]): number[] {
  return runs.map(({ id }) => id);
}

test("12,345 matches over 90 days with 900 in one second: once each, newest first, with hardly a request too many", async () => {
  const crowded = newYear + 40 * days;
  const runs = [...evenly(11_445, 90 * days), ...burst(900, crowded)];
  await using server = await new GitHubServer({ runs }).listen();
  const github = createClient({ baseUrl: server.url });
  const found = await paginate(github, "listWorkflowRunsForRepo", failures).toArray();
  expect(idsOf(found)).toEqual(idsOf(server.runs));
  expect(server.seen.length).toBeLessThan(1.1 * Math.ceil(runs.length / 100));
});

test("45,000 runs without a filter: GitHub's 422 past 40,000 is never met", async () => {
  await using server = await new GitHubServer({ runs: evenly(45_000, 90 * days) }).listen();
  const github = createClient({ baseUrl: server.url });
  const list = paginate(github, "listWorkflowRunsForRepo", repository, { concurrency: 6 });
  let previous = Infinity;
  let count = 0;
  for await (const { id } of list) {
    if (id >= previous) throw new Error(`${id} came after ${previous}`);
    previous = id;
    count++;
  }
  expect(count).toBe(45_000);
  expect(list.totalCount).toEqual({ count: 40_000, exact: false });
  expect(server.seen.length).toBeLessThan(1.2 * 450);
});

test.each([
  { count: 1100, counted: 1100, bound: false },
  { count: 3000, counted: 2500, bound: true },
])(
  "$count runs in one second are an error that names the second and the count",
  async ({ count, counted, bound }) => {
    const runs = [
      ...evenly(300, 3600, newYear + 60),
      ...burst(count, newYear + 30),
      ...evenly(50, 20),
    ];
    await using server = await new GitHubServer({ runs }).listen();
    const github = createClient({ baseUrl: server.url });
    const seen: number[] = [];
    const list = paginate(github, "listWorkflowRunsForRepo", failures);
    const reading = (async () => {
      for await (const { id } of list) seen.push(id);
    })();
    await expect(reading).rejects.toBeInstanceOf(CrowdedSecondError);
    await expect(reading).rejects.toMatchObject({
      name: "CrowdedSecondError",
      second: "2026-01-01T00:00:30Z",
      count: counted,
      countIsLowerBound: bound,
      message: expect.stringContaining("2026-01-01T00:00:30Z"),
      cursor: expect.stringMatching(/^wr2\./),
    });
    // What is newer than the second has been yielded, and nothing of it.
    expect(seen).toEqual(idsOf(server.runs).slice(0, 300));
  },
);

test.each([1000, 999, 901, 100, 99])(
  "%d runs in one second, which GitHub just shows, are no error",
  async (count) => {
    const runs = [
      ...evenly(150, 3600, newYear + 60),
      ...burst(count, newYear + 30),
      ...evenly(150, 30),
    ];
    await using server = await new GitHubServer({ runs }).listen();
    const github = createClient({ baseUrl: server.url });
    const found = await paginate(github, "listWorkflowRunsForRepo", failures).toArray();
    expect(idsOf(found)).toEqual(idsOf(server.runs));
  },
);

test.each([
  "2026-01-02..2026-01-05",
  "2026-01-02T06:00:00Z..2026-01-05T06:00:00Z",
  "2026-01-02T06:00:00+02:00..2026-01-05T06:00:00-05:00",
  ">=2026-01-02",
  ">2026-01-02",
  "<=2026-01-04",
  "<2026-01-04",
  "*..2026-01-04T12:00:00Z",
  "2026-01-03T12:00:00Z..*",
  "2026-01-03",
  "2026-01-05..2026-01-02",
])("the caller's own created: %j stays the outer bound", async (created) => {
  await using server = await new GitHubServer({ runs: evenly(4000, 7 * days) }).listen();
  const github = createClient({ baseUrl: server.url });
  const found = await paginate(github, "listWorkflowRunsForRepo", {
    ...repository,
    created,
  }).toArray();
  const { from, to } = createdRange(created);
  const inside = server.runs.filter(({ created }) => created >= from && created <= to);
  expect(idsOf(found)).toEqual(idsOf(inside));
});

test("the caller's last second is not overstepped, however many runs are in it and after it", async () => {
  const runs = [0, 1, 2].flatMap((offset) => burst(250, newYear + offset));
  await using server = await new GitHubServer({ runs }).listen();
  const github = createClient({ baseUrl: server.url });
  const created = "*..2026-01-01T00:00:01Z";
  const list = paginate(github, "listWorkflowRunsForRepo", { ...repository, created });
  const inside = server.runs.filter(({ created }) => created <= newYear + 1);
  expect(idsOf(await list.toArray())).toEqual(idsOf(inside));
});

test("a history of any shape is read whole, over real HTTP", async () => {
  const part = fc.record({
    gap: fc.oneof(fc.nat({ max: 2 }), fc.nat({ max: 100 }), fc.nat({ max: 40 * days })),
    runs: fc.oneof(
      { weight: 4, arbitrary: fc.nat({ max: 4 }) },
      { weight: 2, arbitrary: fc.nat({ max: 40 }) },
      { weight: 1, arbitrary: fc.nat({ max: 700 }) },
    ),
    seconds: fc.oneof(fc.constant(1), fc.nat({ max: 50 }), fc.nat({ max: 20 * days })),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(part, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 8 }),
      fc.option(fc.tuple(fc.nat(), fc.nat()), { nil: undefined }),
      async (parts, concurrency, ends) => {
        const runs: StoredRun[] = [];
        let at = newYear;
        for (const { gap, runs: count, seconds } of parts) {
          at += gap;
          for (let index = 0; index < count; index++)
            runs.push({
              id: 2 * runs.length + 2,
              created: at + Math.floor((index * seconds) / count),
              status: "failure",
            });
          at += seconds;
        }
        await using server = await new GitHubServer({ runs }).listen();
        const github = createClient({ baseUrl: server.url });
        const [from = 0, to = Infinity] = (ends ?? [])
          .map((index) => runs[index % runs.length]?.created ?? newYear)
          .toSorted((a, b) => a - b);
        const created = ends && `${formatSecond(from)}..${formatSecond(to)}`;
        const parameters = { ...failures, created };
        const list = paginate(github, "listWorkflowRunsForRepo", parameters, { concurrency });
        const inside = server.runs.filter(({ created }) => created >= from && created <= to);
        expect(idsOf(await list.toArray())).toEqual(idsOf(inside));
        const fewest = Math.max(1, Math.ceil(inside.length / 100));
        // A second that fills a page is read alone, from its first page on.
        const isHundredth = ({ created }: StoredRun, index: number): boolean =>
          inside[index - 99]?.created === created && inside[index - 100]?.created !== created;
        const crowded = inside.filter(isHundredth).length;
        expect(server.seen.length).toBeLessThanOrEqual(2 * fewest + crowded);
      },
    ),
    { numRuns: Number(process.env["SPLIT_RUNS"] ?? 30), seed: 20_262 },
  );
}, 120_000);
