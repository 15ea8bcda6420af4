import { expect, test } from "vitest";
import { faultsOf, fewestOf, readAll, worldOf } from "../test/worlds.ts";

// WORLDS=0..10000 reads ten thousand worlds; a world that fails is read alone by WORLDS=<seed>..<seed + 1>.
const [first = 0, end = 0] = (process.env["WORLDS"] ?? "0..250").split("..").map(Number);

const isCrash = (error: unknown): boolean =>
  error instanceof Error && error.message.includes("crash");

test(
  "random worlds: no run is lost, none comes twice, the order is right, every reading ends",
  { timeout: 4 * 3_600_000 },
  async () => {
    const cost = { one: { requests: 0, fewest: 0 }, several: { requests: 0, fewest: 0 } };
    for (let seed = first; seed < end; seed++) {
      const world = worldOf(seed);
      const before = world.model.runs.map((run) => ({ ...run }));
      const outcome = await readAll(world);
      const faults = faultsOf(world, before, outcome);
      expect(faults, `WORLDS=${seed}..${seed + 1}: ${world.kind}`).toEqual([]);
      // What contradicts itself costs more, and so do runs of one second that the index has in no order.
      const ordered = world.kind !== "search" || world.options.ties === "fixed";
      if (!world.plain || !ordered || outcome.error !== undefined) continue;
      const sum = world.concurrency === 1 ? cost.one : cost.several;
      sum.requests += outcome.requests;
      sum.fewest += fewestOf(world, before);
    }
    if (end - first < 250) return;
    expect(cost.one.requests / cost.one.fewest).toBeLessThanOrEqual(1.1);
    expect(cost.several.requests / cost.several.fewest).toBeLessThanOrEqual(1.6);
  },
);

test(
  "random worlds: take() brings the beginning of the list, a cursor the rest, wherever it was cut",
  { timeout: 3_600_000 },
  async () => {
    for (let seed = first; seed < first + (end - first) / 5; seed++) {
      const world = worldOf(seed);
      const before = world.model.runs.map((run) => ({ ...run }));
      const all = { ids: [] as number[], seconds: [] as number[] };
      let from: string | undefined;
      let error: unknown;
      for (let part = 0; error === undefined && part < 40; part++) {
        const read = await readAll(world, { from }, 1 + world.random.below(400));
        all.ids.push(...read.ids);
        all.seconds.push(...read.seconds);
        [from, error] = [read.cursor, read.error];
        if (read.ids.length === 0) break;
      }
      const faults = faultsOf(world, before, { ...all, error, requests: 0 });
      const whole = error !== undefined || (from ?? "").includes(".e.");
      expect(
        faults.filter((fault) => whole || !fault.startsWith("lost")),
        `WORLDS=${seed}..${seed + 1}: ${world.kind}`,
      ).toEqual([]);
    }
  },
);

test(
  "random worlds: an error at any request leaves a cursor from which nothing is lost",
  { timeout: 3_600_000 },
  async () => {
    for (let seed = first; seed < first + (end - first) / 5; seed++) {
      const world = worldOf(seed);
      const before = world.model.runs.map((run) => ({ ...run }));
      const all = { ids: new Set<number>(), repeated: 0 };
      let from: string | undefined;
      let error: unknown;
      for (let crash = 0; crash < 30; crash++) {
        world.model.failAt = world.model.requests + 1 + world.random.below(crash < 25 ? 12 : 5000);
        const read = await readAll(world, { from });
        for (const id of read.ids) {
          if (all.ids.has(id)) all.repeated++;
          all.ids.add(id);
        }
        [from, error] = [read.cursor, read.error];
        if (error === undefined || !isCrash(error)) break;
      }
      expect(all.repeated, `WORLDS=${seed}..${seed + 1}: ${world.kind}`).toBeLessThanOrEqual(
        25 * 1000,
      );
      if (isCrash(error)) continue;
      const faults = faultsOf(world, before, {
        ids: [...all.ids],
        seconds: [],
        error,
        requests: 0,
      });
      expect(
        faults.filter((fault) => !/came after|not by id/.test(fault)),
        `WORLDS=${seed}..${seed + 1}: ${world.kind}`,
      ).toEqual([]);
    }
  },
);

test("random worlds: count() is exact while nothing moves", { timeout: 3_600_000 }, async () => {
  for (let seed = first; seed < first + (end - first) / 5; seed++) {
    const world = worldOf(seed, true);
    const { error, count } = await readAll(world, {}, 0);
    if (error !== undefined) continue;
    const { parameters, kind, model } = world;
    const [from = 0, to = Infinity] =
      parameters.created?.split("..").map((at) => Date.parse(at) / 1000) ?? [];
    const matches = model.runs.filter(
      ({ status, created }) =>
        kind === "list" || (status === "failure" && from <= created && created <= to),
    );
    expect(count, `WORLDS=${seed}..${seed + 1}: ${kind}`).toBe(matches.length);
  }
});
