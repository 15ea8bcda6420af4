import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Link } from "./chain.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { type Asked, type Heard, Reading } from "./reading.ts";
import { newYear } from "../test/histories.ts";

const days = 86_400;

/** What GitHub answers, in a line: of a search the first 1,000, counted to 2,500; of another list all. */
function answer(
  list: readonly Link[],
  { until = Infinity, since = -Infinity, start, end }: Asked,
  isSearch = true,
): Heard {
  const matches = list.filter(({ second }) => second <= until && second >= since);
  const links = matches.slice(start, Math.min(end, isSearch ? 1000 : Infinity));
  const totalCount = Math.min(isSearch ? 2500 : Infinity, matches.length);
  return { links, totalCount, totalIsLowerBound: isSearch && totalCount === 2500 };
}

/** Reads a list that stands still, `ahead` pages at a time; answers what was asked and what was given. */
function read(list: readonly Link[], ahead: number): { asked: Asked[]; given: number[] } {
  const reading = new Reading({ range: {}, byTime: true, perPage: 100 }, { at: "start" });
  const asked: Asked[] = [];
  const given: number[] = [];
  const flights: Asked[] = [];
  for (;;) {
    while (flights.length < ahead && !(reading.blind && flights.length > 0)) {
      const brought = flights.reduce((sum, { brings }) => sum + brings, 0);
      const next = reading.plan(brought, Infinity);
      if (!next) break;
      flights.push(next);
      asked.push(next);
    }
    const flight = flights.shift();
    if (!flight) return { asked, given };
    const { fresh, dropAhead, first } = reading.take(flight, answer(list, flight), Infinity);
    given.push(...fresh.map(({ id }) => id));
    if (dropAhead) flights.length = 0;
    if (first) {
      flights.unshift(first, flight);
      asked.push(first);
    }
    if (asked.length > 10 * list.length + 10) throw new Error("it does not end");
  }
}

const history = fc
  .array(
    fc.record({
      gap: fc.oneof(fc.nat({ max: 2 }), fc.nat({ max: 100 }), fc.nat({ max: 40 * days })),
      runs: fc.oneof(
        { weight: 4, arbitrary: fc.nat({ max: 4 }) },
        { weight: 2, arbitrary: fc.nat({ max: 40 }) },
        { weight: 1, arbitrary: fc.nat({ max: 900 }) },
      ),
      seconds: fc.oneof(fc.constant(1), fc.nat({ max: 50 }), fc.nat({ max: 20 * days })),
    }),
    { maxLength: 80 },
  )
  .map((parts) => {
    const list: Link[] = [];
    let at = newYear;
    for (const { gap, runs, seconds } of parts) {
      at += gap + 1;
      for (let index = 0; index < runs; index++)
        list.push({ id: list.length, second: at + Math.floor((index * seconds) / runs) });
      at += seconds;
    }
    return list.toReversed();
  });

test("it ends, and has given every run once and in order, with at most twice the fewest requests", () => {
  fc.assert(
    fc.property(history, fc.integer({ min: 1, max: 12 }), (list, ahead) => {
      const { asked, given } = read(list, ahead);
      expect(given).toEqual(list.map(({ id }) => id));
      expect(asked.length).toBeLessThanOrEqual(2 * Math.max(1, Math.ceil(list.length / 100)));
    }),
    { numRuns: 300 },
  );
});

test("the pages cover the list without a gap, each within what a search shows", () => {
  fc.assert(
    fc.property(history, fc.integer({ min: 1, max: 12 }), (list, ahead) => {
      let covered = 0;
      for (const { until = Infinity, since, start, end, perPage } of read(list, ahead).asked) {
        expect(end).toBeLessThanOrEqual(1000);
        expect(perPage).toBeLessThanOrEqual(100);
        const above = list.filter(({ second }) => second > until).length;
        expect(above + start).toBeLessThanOrEqual(covered);
        if (since === undefined) covered = Math.max(covered, above + end);
      }
      expect(covered).toBeGreaterThanOrEqual(list.length);
    }),
    { numRuns: 100 },
  );
});

test.each([
  { what: "by time", byTime: true },
  { what: "by position", byTime: false },
])(
  "$what: whatever comes and goes between any two answers, in whichever order they are made, over crashes",
  ({ byTime }) => {
    const step = fc.record({
      /** Which of the pages in flight GitHub answers now. */
      answers: fc.nat({ max: 7 }),
      deleted: fc.array(fc.nat(), { maxLength: 3 }),
      entered: fc.array(fc.nat(), { maxLength: 2 }),
      /** The process ends after the page, and another one goes on from its cursor. */
      crashes: fc.integer({ min: 0, max: 15 }).map((number) => number === 0),
    });
    fc.assert(
      fc.property(
        history,
        fc.array(step, { maxLength: 60 }),
        fc.integer({ min: 1, max: 5 }),
        fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constant(100)),
        (before, steps, ahead, perPage) => {
          // A second with more than a page of runs depends on their order, which entering runs do not disturb here.
          const start = before.slice(0, 20 * perPage);
          let list = [...start];
          let newId = 1_000_000;
          let reading = new Reading({ range: {}, byTime, perPage }, { at: "start" });
          let crashed = false;
          let resumed = false;
          const flights: { asked: Asked; heard?: Heard }[] = [];
          const given: number[] = [];
          const next = steps.values();
          for (let requests = 0; requests < 5000;) {
            while (flights.length < ahead && !(reading.blind && flights.length > 0)) {
              const asked = reading.plan(
                flights.reduce((sum, { asked }) => sum + asked.brings, 0),
                Infinity,
              );
              if (!asked) break;
              flights.push({ asked });
              requests++;
            }
            const [head] = flights;
            if (!head) break;
            while (!head.heard) {
              const {
                answers = 0,
                deleted = [],
                entered = [],
                crashes = false,
              } = next.next().value ?? {};
              crashed ||= crashes;
              for (const at of deleted)
                list = list.filter((_, index) => index !== at % list.length);
              for (const at of entered) {
                const { second = newYear } = list[at % Math.max(1, list.length)] ?? {};
                list = [...list, { id: newId++, second }].toSorted(
                  (a, b) => b.second - a.second || b.id - a.id,
                );
              }
              const open = flights.filter(({ heard }) => !heard);
              const flight = open[answers % open.length] as { asked: Asked; heard?: Heard };
              flight.heard = answer(list, flight.asked, byTime);
            }
            flights.shift();
            const { fresh, dropAhead, first } = reading.take(head.asked, head.heard, Infinity);
            given.push(...fresh.map(({ id }) => id));
            if (dropAhead) flights.length = 0;
            if (first) flights.unshift({ asked: first }, head);
            if (!crashed) continue;
            crashed = false;
            resumed = true;
            flights.length = 0;
            const place = decodeCursor("list", encodeCursor("list", reading.place));
            reading = new Reading({ range: {}, byTime, perPage }, place);
          }
          expect(reading.left).toBe(0);
          // By position only the last id is known after a crash, and that job may be gone.
          const twice = given.length - new Set(given).size;
          expect(byTime || !resumed ? twice : 0).toBe(0);
          const lost = start.filter((link) => list.includes(link) && !given.includes(link.id));
          expect(lost).toEqual([]);
        },
      ),
      { numRuns: Number(process.env["DRIFT_RUNS"] ?? 300) },
    );
  },
);
