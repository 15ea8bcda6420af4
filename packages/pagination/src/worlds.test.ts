import { describe, expect, test } from "vitest";
import { fewestOf, isCounted, readAll, ways, worldOf } from "../test/worlds.ts";

// WORLDS=0..10000 reads ten thousand worlds in every way; a world that fails is read alone by WORLDS=<seed>..<seed + 1>.
const [first = 0, end = 0] = (process.env["WORLDS"] ?? "0..400").split("..").map(Number);
const timeout = 4 * 3_600_000;

describe("random worlds", () => {
  test.each([
    {
      way: "whole",
      what: "no run is lost, none comes twice, the order is right, every reading ends",
    },
    {
      way: "array",
      what: "toArray() brings the same, with pages requested before one has counted them",
    },
    { way: "taken", what: "take() brings the beginning, and its cursor the rest, wherever cut" },
    { way: "crashed", what: "an error at any request leaves a cursor from which nothing is lost" },
    {
      way: "aborted",
      what: "an abort at any point ends it at once, and its cursor gives the rest",
    },
    { way: "counted", what: "count() is exact while nothing moves" },
  ] as const)("$way: $what", { timeout }, async ({ way }) => {
    for (let seed = first; seed < end; seed++)
      expect(await ways[way](seed), `WORLDS=${seed}..${seed + 1}, ${way}`).toEqual([]);
  });

  test(
    "requests are at most 1.1 × the fewest one after the other, 1.6 × with concurrency",
    { timeout },
    async () => {
      const cost = { one: { requests: 0, fewest: 0 }, several: { requests: 0, fewest: 0 } };
      // By fewer worlds the mean says little.
      for (const most of [Infinity, Number.MAX_SAFE_INTEGER])
        for (let seed = first; seed < Math.max(end, first + 1000); seed++) {
          const world = worldOf(seed);
          if (!world.plain || !world.whole) continue;
          const fewest = fewestOf(world, world.model.runs);
          const outcome = await readAll(world, {}, most);
          if (!isCounted(world, outcome)) continue;
          const sum = world.concurrency === 1 ? cost.one : cost.several;
          sum.requests += outcome.requests;
          sum.fewest += fewest;
        }
      expect(cost.one.requests / cost.one.fewest).toBeLessThanOrEqual(1.1);
      expect(cost.several.requests / cost.several.fewest).toBeLessThanOrEqual(1.6);
    },
  );
});
