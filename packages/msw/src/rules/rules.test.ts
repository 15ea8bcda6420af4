import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { accessRefusal, callerOf, tokenOf } from "./access.ts";
import { createdRange } from "./created-range.ts";
import { milliseconds } from "./duration.ts";
import { jobOrder, withDependents } from "./job-order.ts";
import { inAttempt, stepNumbers } from "./job-plan.ts";
import { linkHeader, pageOf } from "./page.ts";
import { currentBudget, rateLimitHeaders } from "./rate-limit.ts";
import { runNumbers } from "./run-numbers.ts";
import { derivedConclusion } from "./run-state.ts";
import { seeded, seededHex } from "./seeded.ts";

describe("the created filter", () => {
  const moment = fc.date({
    min: new Date("2015-01-01T00:00:00Z"),
    max: new Date("2035-01-01T00:00:00Z"),
    noInvalidDate: true,
  });
  const second = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;

  test("splits time without gaps or overlaps at any second", () => {
    fc.assert(
      fc.property(moment, moment, (at, other) => {
        const holds = (text: string): boolean => {
          const range = createdRange(text);
          return (
            range !== undefined && other.getTime() >= range.from && other.getTime() <= range.to
          );
        };
        const here = second(at);
        expect([holds(`<${here}`), holds(here), holds(`>${here}`)].filter(Boolean)).toHaveLength(1);
        expect(holds(`<=${here}`)).toBe(holds(`<${here}`) || holds(here));
        expect(holds(`>=${here}`)).toBe(!holds(`<${here}`));
        expect(holds(`*..${here}`)).toBe(holds(`<=${here}`));
        expect(holds(`${here}..*`)).toBe(holds(`>=${here}`));
      }),
    );
  });

  test.for([
    ["2026-01-31", "2026-01-31T00:00:00.000Z", "2026-01-31T23:59:59.999Z"],
    ["2026-01-01..2026-01-02", "2026-01-01T00:00:00.000Z", "2026-01-02T23:59:59.999Z"],
    ["2026-01-01T10:00:00+02:00", "2026-01-01T08:00:00.000Z", "2026-01-01T08:00:00.999Z"],
    ["2026-01-01T10:00", "2026-01-01T10:00:00.000Z", "2026-01-01T10:00:59.999Z"],
  ] as const)("%s is from %s to %s", ([text, from, to]) => {
    const range = createdRange(text);
    expect(new Date(range?.from ?? 0).toISOString()).toBe(from);
    expect(new Date(range?.to ?? 0).toISOString()).toBe(to);
  });

  test.for([
    "",
    "yesterday",
    ">",
    "2026-13-01",
    "2026-1-1",
    "a..b",
    "2026-01-01...2026-01-02",
    ">=>2026-01-01",
  ])("%j is no range", (text) => {
    expect(createdRange(text)).toBeUndefined();
  });
});

describe("pages", () => {
  test("cover a list exactly once", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 500 }),
        fc.integer({ min: 1, max: 120 }),
        (reachable, perPage) => {
          const seen: number[] = [];
          for (let page = 1; ; page += 1) {
            const query = new URLSearchParams({ page: String(page), per_page: String(perPage) });
            const { start, end, lastPage } = pageOf(query, reachable);
            for (let index = start; index < end; index += 1) seen.push(index);
            if (page >= lastPage) break;
          }
          expect(seen).toEqual(Array.from({ length: reachable }, (_, index) => index));
        },
      ),
    );
  });

  test("read nonsense as the default", () => {
    for (const text of ["0", "-1", "x", "x4", ""]) {
      expect(pageOf(new URLSearchParams({ page: text, per_page: text }), 100)).toMatchObject({
        page: 1,
        perPage: 30,
      });
    }
  });

  test("read a number up to where it ends", () => {
    const query = new URLSearchParams("page=4?per_page=50");
    expect(pageOf(query, 1000)).toMatchObject({ page: 4, perPage: 30 });
  });

  test("past the end lead back", () => {
    const page = pageOf(new URLSearchParams({ page: "9", per_page: "10" }), 25);
    expect(linkHeader(new URL("https://x.test/?page=9&per_page=10"), page)).toBe(
      '<https://x.test/?page=3&per_page=10>; rel="prev", <https://x.test/?page=3&per_page=10>; rel="last", <https://x.test/?page=1&per_page=10>; rel="first"',
    );
  });
});

describe("jobs", () => {
  test("come after those they need, whatever the order they were written in", () => {
    const graph = fc
      .integer({ min: 1, max: 12 })
      .chain((count) =>
        fc.tuple(
          ...Array.from({ length: count }, (_, index) =>
            fc.subarray(Array.from({ length: index }, (__, earlier) => `j${earlier}`)),
          ),
        ),
      );
    fc.assert(
      fc.property(graph, fc.boolean(), (needs, reversed) => {
        const jobs = needs.map((list, index) => ({ name: `j${index}`, needs: list }));
        if (reversed) jobs.reverse();
        const positions = new Map(jobOrder(jobs).map((index, at) => [jobs[index]?.name, at]));
        expect(positions.size).toBe(jobs.length);
        for (const job of jobs) {
          for (const need of job.needs) {
            expect(positions.get(need)).toBeLessThan(positions.get(job.name) as number);
          }
        }
      }),
    );
  });

  test("run again together with those that need them", () => {
    const jobs = [
      { name: "a" },
      { name: "b", needs: ["a"] },
      { name: "c", needs: ["b"] },
      { name: "d" },
    ];
    expect(withDependents(jobs, ["a"])).toEqual(["a", "b", "c"]);
    expect(withDependents(jobs, ["d"])).toEqual(["d"]);
  });

  test("number their steps as GitHub does", () => {
    const main = ["Set up job", "one", "two", "three"];
    expect(stepNumbers([...main, "Post one", "Complete job"])).toEqual([1, 2, 3, 4, 8, 9]);
    expect(stepNumbers([...main, "Post two", "Post one", "Complete job"])).toEqual([
      1, 2, 3, 4, 7, 8, 9,
    ]);
    expect(stepNumbers(["Set up job", "Post a", "Post b", "Post c", "Complete job"])).toEqual([
      1, 2, 3, 4, 5,
    ]);
  });

  test("decide how a run ends", () => {
    const ends = (
      ...conclusions: Parameters<typeof derivedConclusion>[0][number]["conclusion"][]
    ): string => derivedConclusion(conclusions.map((conclusion) => ({ conclusion })));
    expect(ends("success", "skipped")).toBe("success");
    expect(ends("success", "cancelled", "failure")).toBe("failure");
    expect(ends("success", "cancelled")).toBe("cancelled");
    expect(ends("skipped", "skipped")).toBe("skipped");
    expect(ends()).toBe("success");
  });

  test("take the last outcome of a list for all attempts after it", () => {
    expect([1, 2, 3].map((attempt) => inAttempt(["x", "y"], attempt))).toEqual(["x", "y", "y"]);
    expect(inAttempt("x", 3)).toBe("x");
    expect(inAttempt(undefined, 1)).toBeUndefined();
  });
});

describe("run numbers", () => {
  test("count up for each workflow, and past those of runs that may be any workflow's", () => {
    const numbers: Record<string, number> = {};
    const take = (path: string | undefined, count: number): number => {
      const { first, next } = runNumbers(numbers, path, count);
      Object.assign(numbers, next);
      return first;
    };
    expect([take("ci", 1), take("ci", 2), take("deploy", 1), take("ci", 1)]).toEqual([1, 2, 1, 4]);
    expect(take(undefined, 10)).toBe(5);
    expect([take("deploy", 1), take("new", 1), take(undefined, 1)]).toEqual([15, 15, 16]);
  });
});

describe("small rules", () => {
  test("durations have units", () => {
    expect([milliseconds(5), milliseconds("1.5s"), milliseconds("2h"), milliseconds("1d")]).toEqual(
      [5, 1500, 7_200_000, 86_400_000],
    );
  });

  test("what is made up depends on nothing but its parts", () => {
    expect(seeded(1, "a")).toBe(seeded(1, "a"));
    expect(seeded("ab", "c")).not.toBe(seeded("a", "bc"));
    expect(seededHex(40, 1)).toMatch(/^[0-9a-f]{40}$/);
  });

  test("budgets start again after their hour", () => {
    const spent = { limit: 60, used: 60, resetAt: 1000 };
    expect(currentBudget(spent, 60, 999)).toBe(spent);
    expect(currentBudget(spent, 60, 1000)).toEqual({ limit: 60, used: 0, resetAt: 3_601_000 });
    expect(rateLimitHeaders({ limit: 60, used: 61, resetAt: 1500 })).toMatchObject({
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": "2",
    });
  });

  test("tokens come in three forms", () => {
    expect([
      tokenOf("Bearer a"),
      tokenOf("token a"),
      tokenOf(`Basic ${btoa("me:a")}`),
      tokenOf(null),
    ]).toEqual(["a", "a", "a", undefined]);
  });

  test("a token is no name of an object's own machinery", () => {
    expect(callerOf({}, "Bearer constructor")).toEqual({ status: 401, message: "Bad credentials" });
  });

  test("who may do everything is never refused", () => {
    const caller = callerOf(undefined, null);
    if ("status" in caller) throw new Error(caller.message);
    expect(
      accessRefusal(
        caller,
        { fullName: "o/r", private: true },
        { kind: "write", permissions: [{ actions: "write" }], publicRead: false },
        null,
      ),
    ).toBeUndefined();
  });
});
