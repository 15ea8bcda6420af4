// The decisions of both readers, apart from the requests.
import { describe, expect, test } from "vitest";
import { mayFollow, type Page } from "./endpoint.ts";
import { UnstableListError } from "./errors.ts";
import { planPage } from "./pages.ts";
import { PositionReading } from "./position-reading.ts";
import { misfit, prove, WindowSize } from "./windows.ts";

interface Item {
  readonly id: number;
}

/** A page of items, as `[id, second]`. */
function page(
  rows: readonly (readonly [id: number, second: number])[],
  total: number,
  next?: boolean,
): Page<Item> {
  return {
    items: rows.map(([id]) => ({ id })),
    seconds: rows.map(([, second]) => second),
    total,
    isLowerBound: false,
    next,
    response: new Response(),
  };
}
const idsOf = (items: Iterable<Item>): number[] => [...items].map(({ id }) => id);

describe("whether more may follow a page", () => {
  test.each([
    { what: "Link names a next page", rows: 1, total: 1, next: true, more: true },
    {
      what: "Link names none, whatever the count says",
      rows: 1,
      total: 9,
      next: false,
      more: false,
    },
    {
      what: "Link names a next page, but nothing is there and nothing is counted",
      rows: 0,
      total: 0,
      next: true,
      more: false,
    },
    {
      what: "Link names a next page of an empty one, and something is counted",
      rows: 0,
      total: 1,
      next: true,
      more: true,
    },
    {
      what: "without Link, the count is not reached",
      rows: 2,
      total: 3,
      next: undefined,
      more: true,
    },
    { what: "without Link, the count is reached", rows: 3, total: 3, next: undefined, more: false },
    { what: "without Link, an empty page", rows: 0, total: 3, next: undefined, more: false },
  ])("$what: $more", ({ rows, total, next, more }) => {
    const items = Array.from({ length: rows }, (_, index) => [index, 1] as const);
    expect(mayFollow(page(items, total, next), rows)).toBe(more);
  });
});

describe("what a page of created=A..B proves", () => {
  test("the last second is left, all above it is proved, by second and id", () => {
    const { items, crowded, rest } = prove(
      page(
        [
          [7, 30],
          [9, 30],
          [8, 29],
          [5, 28],
        ],
        9,
        true,
      ),
      { from: 1, to: 30 },
    );
    expect([idsOf(items), crowded, rest]).toEqual([[9, 7, 8], undefined, { from: 1, to: 28 }]);
  });

  test("a last page is proved whole", () => {
    expect(
      prove(
        page(
          [
            [7, 30],
            [5, 28],
          ],
          2,
          false,
        ),
        { from: 1, to: 30 },
      ),
    ).toMatchObject({ items: [{ id: 7 }, { id: 5 }], rest: undefined });
  });

  test.each([
    { from: 29, rest: { from: 29, to: 29 } },
    { from: 30, rest: undefined },
    { from: undefined, rest: { from: undefined, to: 29 } },
  ])(
    "a second that fills the page is read alone, and the range goes on before it: from $from",
    ({ from, rest }) => {
      expect(
        prove(
          page(
            [
              [7, 30],
              [5, 30],
            ],
            9,
            true,
          ),
          { from, to: 30 },
        ),
      ).toEqual({ items: [], crowded: 30, rest });
    },
  );

  test("an empty page behind which more should follow is requested again", () => {
    expect(prove(page([], 3, true), { from: 1, to: 30 })).toEqual({
      items: [],
      crowded: undefined,
      rest: { from: 1, to: 30 },
    });
  });

  test.each([
    { rows: [[1, Number.NaN]], fit: "created_at" },
    { rows: [[2, 31]], fit: "range" },
    { rows: [[2, 9]], fit: "range" },
    {
      rows: [
        [2, 20],
        [1, 21],
      ],
      fit: "order",
    },
    {
      rows: [
        [3, 30],
        [2, 30],
        [1, 10],
      ],
      fit: undefined,
    },
  ] as const)("$rows in 10..30: $fit", ({ rows, fit }) => {
    expect(misfit(page(rows, 2, false), { from: 10, to: 30 })).toBe(fit);
  });
});

describe("windows ahead", () => {
  /** A hundred runs, one a second. */
  const dense = Array.from({ length: 100 }, (_, index) => 1000 - index);

  test("without a density, and for what fits one page, there is one open request", () => {
    const size = new WindowSize();
    expect(size.cut({ to: 900 }, 100, 4, Infinity)).toEqual([{ from: undefined, to: 900 }]);
    size.full(dense);
    expect(size.cut({ to: undefined }, 100, 4, Infinity)).toHaveLength(1);
    expect(size.cut({ to: 900 }, 100, 4, 100)).toHaveLength(1);
    expect(size.cut({ to: 900 }, 100, 4, 101)).toHaveLength(2);
    expect(size.cut({ to: 900 }, 100, 1, Infinity)).toHaveLength(1);
  });

  test("they follow each other without a gap, each for 85 runs, and the last is open", () => {
    const size = new WindowSize();
    size.full(dense);
    expect(size.cut({ from: 1, to: 900 }, 100, 3, Infinity)).toEqual([
      { from: 816, to: 900 },
      { from: 731, to: 815 },
      { from: 1, to: 730 },
    ]);
    expect(size.cut({ from: 800, to: 900 }, 100, 3, Infinity)).toEqual([
      { from: 816, to: 900 },
      { from: 800, to: 815 },
    ]);
  });

  test("they become smaller when they overflow, larger when they do not, and fewer when they are empty", () => {
    const width = (size: WindowSize): number => {
      const [{ from = 0, to = 0 } = {}] = size.cut({ to: 900 }, 100, 9, Infinity);
      return to - from + 1;
    };
    const full = new WindowSize();
    full.full(dense);
    full.held([1.2, 1.1]);
    expect(width(full)).toBe(74);
    for (let round = 0; round < 50; round++) full.held([0.9]);
    expect(width(full)).toBe(97);
    const empty = new WindowSize();
    empty.full(dense);
    empty.held([0, 0.1, 0, 0]);
    expect(empty.cut({ to: 900 }, 100, 9, Infinity)).toHaveLength(3);
    empty.held([0, 0]);
    empty.held([0]);
    expect(empty.cut({ to: 900 }, 100, 9, Infinity)).toHaveLength(1);
  });
});

describe("pages that begin inside what is known", () => {
  test.each([
    { known: 0, back: 0, most: 100, page: 1, perPage: 100 },
    { known: 100, back: 0, most: 100, page: 2, perPage: 100 },
    { known: 100, back: 1, most: 100, page: 2, perPage: 99 },
    { known: 100, back: 2, most: 100, page: 2, perPage: 98 },
    { known: 201, back: 1, most: 100, page: 3, perPage: 100 },
    { known: 30, back: 1, most: 30, page: 2, perPage: 29 },
  ])(
    "$known known, $back repeated, $most at most: page $page of $perPage",
    ({ known, back, most, page, perPage }) => {
      expect(planPage(known, back, most)).toEqual({
        page,
        perPage,
        from: (page - 1) * perPage,
        end: page * perPage,
      });
    },
  );

  test("none ends behind the limit", () => {
    expect(planPage(1000, 1, 100, 1000)).toBeUndefined();
    expect(planPage(999, 1, 100, 1000)).toMatchObject({ end: 1000 });
  });
});

describe("pages of a list that are joined", () => {
  const options = { perPage: 100, wanted: Infinity, limit: 40_000, mayBeSorted: true };
  /** Runs 5000 − from, … 5001 − end, ten a minute. */
  const rows = (from: number, end: number): [id: number, second: number][] =>
    Array.from({ length: end - from }, (_, index) => [
      5000 - from - index,
      90_000 - 6 * (from + index),
    ]);
  const list = (shown: [number, number][], total: number, next: boolean): Page<Item> =>
    page(shown, total, next);

  test("a page begins at the last run but one of the page before, and brings what follows", () => {
    const reading = new PositionReading<Item>(undefined, options);
    const first = reading.plan(undefined)!;
    expect(first).toMatchObject({ page: 1, perPage: 100 });
    expect(reading.add(first, list(rows(0, 100), 150, true))).toMatchObject({ ended: false });
    const second = reading.plan(undefined)!;
    expect(second).toMatchObject({ page: 2, perPage: 98 });
    const joined = reading.add(second, list(rows(98, 150), 150, false))!;
    expect([idsOf(joined.found), joined.ended]).toEqual([
      idsOf(list(rows(100, 150), 0, false).items),
      true,
    ]);
    expect(reading.here).toEqual({ position: 150, id: 4851, sorted: true });
  });

  test("one after the other, a list that only grows at its top needs no page that overlaps", () => {
    const reading = new PositionReading<Item>(undefined, options);
    reading.sequential = true;
    reading.add(reading.plan(undefined)!, list(rows(0, 100), 250, true));
    const second = reading.plan(undefined)!;
    expect(second).toMatchObject({ page: 2, perPage: 100 });
    expect(reading.add(second, list(rows(100, 200), 250, true))?.found).toHaveLength(100);
    // One less: what follows may have moved up.
    expect(reading.add(reading.plan(undefined)!, list(rows(201, 250), 249, false))).toBeUndefined();
    expect(reading.plan(undefined)!.from).toBeLessThan(199);
  });

  test("a page without a known run is requested farther back, ever farther, and the first page joins always", () => {
    const reading = new PositionReading<Item>(undefined, options);
    reading.add(reading.plan(undefined)!, list(rows(0, 100), 900, true));
    const from: number[] = [];
    for (
      let planned = reading.plan(undefined)!;
      planned.page > 1;
      planned = reading.plan(undefined)!
    ) {
      from.push(planned.from);
      const others = rows(400, 400 + planned.perPage);
      expect(reading.add(planned, list(others, 900, true))).toBeUndefined();
    }
    expect(from).toEqual([98, 90]);
    expect(
      reading.add(reading.plan(undefined)!, list(rows(400, 500), 900, true))?.found,
    ).toHaveLength(100);
  });

  test("runs that came in above are left out, and join the page to what is known", () => {
    const reading = new PositionReading<Item>(undefined, options);
    reading.add(reading.plan(undefined)!, list(rows(0, 100), 300, true));
    const joined = reading.add(reading.plan(undefined)!, list(rows(-50, 48), 350, true));
    expect(joined).toEqual({ found: [], ended: false });
    const above = rows(-200, -150);
    expect(
      reading.add(reading.plan(undefined)!, list([...above, ...rows(100, 120)], 350, false))?.found,
    ).toHaveLength(20);
  });

  test("of a second that a page ended in, a run that changed its position is found", () => {
    const reading = new PositionReading<Item>(undefined, options);
    const tied = [...rows(0, 99), [4901, 7]] as [number, number][];
    reading.add(reading.plan(undefined)!, list(tied, 200, true));
    const joined = reading.add(
      reading.plan(undefined)!,
      list(
        [
          [4902, 89_412],
          [4900, 7],
          [4901, 7],
          [4899, 6],
        ],
        200,
        false,
      ),
    );
    expect(idsOf(joined!.found)).toEqual([4900, 4899]);
  });

  test("a server that makes smaller pages is read by those; one that makes larger ones, by their numbers", () => {
    const smaller = new PositionReading<Item>(undefined, options);
    smaller.add(smaller.plan(undefined)!, list(rows(0, 50), 200, true));
    expect(smaller.plan(undefined)).toMatchObject({ perPage: 48, page: 2 });
    const larger = smaller.plan(undefined)!;
    // It sends 50 whatever is requested: page 2 begins at 50.
    expect(smaller.add(larger, list(rows(50, 100), 200, true))?.found).toHaveLength(50);
    expect(smaller.plan(undefined)).toMatchObject({ page: 3, from: 100, end: 150 });
    // Its pages cannot overlap: they are joined while the count stays the same.
    expect(smaller.add(smaller.plan(undefined)!, list(rows(100, 150), 199, true))).toBeUndefined();
  });

  test("behind a cursor, what stands before its item was passed on, in a list of jobs, too", () => {
    const start = { position: 100, id: 4901, sorted: true };
    const runs = new PositionReading<Item>(start, options);
    expect(idsOf(runs.add(runs.plan(undefined)!, list(rows(60, 160), 300, true))!.found)[0]).toBe(
      4900,
    );
    const jobs = new PositionReading<Item>(
      { ...start, sorted: false },
      { ...options, mayBeSorted: false },
    );
    const others: [number, number][] = [
      [7, 1],
      [4901, 1],
      [8, 1],
      [9, 1],
    ];
    // Also of the second that is read next, and on a page that does not begin at the cursor's item.
    const tied = new PositionReading<Item>(start, options);
    const rest = rows(101, 197).map(([id]) => [id, 7] as [number, number]);
    tied.add(tied.plan(undefined)!, list([[4901, 7], [4900, 7], ...rest], 300, true));
    const again = tied.add(
      tied.plan(undefined)!,
      list([[4903, 7], [4902, 7], ...rest], 300, false),
    );
    expect(idsOf(again!.found)).toEqual([]);
    // A short page behind a cursor may be another one, of a server that makes smaller pages: it is requested by its size.
    expect(jobs.add(jobs.plan(undefined)!, list(others, 103, false))).toBeUndefined();
    expect(jobs.plan(undefined)).toMatchObject({ perPage: 3 });
    expect(idsOf(jobs.add(jobs.plan(undefined)!, list(others, 103, false))!.found)).toEqual([8, 9]);
    const gone = new PositionReading<Item>(start, options);
    const left = [...rows(-20, 99), ...rows(100, 300)];
    const { from, end } = gone.plan(undefined)!;
    const [next] = gone.add(gone.plan(undefined)!, list(left.slice(from, end), 319, true))!.found;
    expect(next!.id).toBe(4900);
  });

  test("empty twice with nothing new between is the end", () => {
    const reading = new PositionReading<Item>(undefined, options);
    reading.add(reading.plan(undefined)!, page(rows(0, 100), 130));
    expect(reading.add(reading.plan(undefined)!, page([], 130))).toBeUndefined();
    expect(reading.add(reading.plan(undefined)!, page([], 130))).toEqual({
      found: [],
      ended: true,
    });
  });

  test("in no order, a list is read until as many are known as the server counts and a round brings nothing new", () => {
    const reading = new PositionReading<Item>(undefined, { ...options, second: 30 });
    reading.sequential = true;
    const shuffled = rows(0, 120).map(
      ([id]) => [id % 7 === 0 ? 9000 - id : id, 30] as [number, number],
    );
    const found: number[] = [];
    let requests = 0;
    for (let ended = false; !ended;) {
      const { from, end } = reading.plan(undefined)!;
      // The first page does not hold the last ones of the second, whichever way the order is.
      const now = requests++ % 3 === 0 ? shuffled : shuffled.toReversed();
      const joined = reading.add(
        { ...reading.plan(undefined)! },
        list(now.slice(from, end), 120, end < 120),
      );
      found.push(...idsOf(joined?.found ?? []));
      ended = joined?.ended ?? false;
      expect(requests).toBeLessThan(60);
    }
    expect(found).toHaveLength(120);
    expect(new Set(found)).toEqual(new Set(shuffled.map(([id]) => id)));
  });

  test("in no order, the limit is not the end of a list that it holds: it is read again", () => {
    const reading = new PositionReading<Item>(undefined, { ...options, second: 30, limit: 120 });
    const turned: [number, number][] = rows(0, 100).map(([id]) => [10_000 - id, 30]);
    reading.add(reading.plan(undefined)!, list(turned, 110, true));
    const { perPage, from } = reading.plan(undefined)!;
    expect(from + perPage).toBe(120);
    // Nothing new, and a next page is named: the reading goes back to the start.
    reading.add(reading.plan(undefined)!, list(turned.slice(0, perPage), 110, true));
    expect(reading.plan(undefined)).toMatchObject({ page: 1 });
  });

  test("pages that never come to the count are an error that names the second and both numbers", () => {
    const reading = new PositionReading<Item>(undefined, { ...options, second: 30 });
    const some = rows(0, 90).map(([id]) => [id, 30] as [number, number]);
    let requests = 0;
    const endless = (): void => {
      for (;;) {
        const turned = ++requests % 2 === 0 ? some : some.toReversed();
        reading.add(reading.plan(undefined)!, list(turned, 120, requests % 3 > 0));
      }
    };
    expect(endless).toThrow(UnstableListError);
    expect(endless).toThrow(
      "for the second 1970-01-01T00:00:30Z brought no new item: 90 were found, the server counts 120",
    );
    expect(endless).toThrow(expect.objectContaining({ second: "1970-01-01T00:00:30Z" }));
    expect(requests).toBeLessThan(120);
  });

  test("nothing is requested behind the limit, nor behind what is wanted", () => {
    const reading = new PositionReading<Item>(undefined, { ...options, wanted: 150, limit: 300 });
    reading.add(reading.plan(undefined)!, list(rows(0, 100), 900, true));
    const second = reading.plan(undefined)!;
    expect(reading.plan(second)).toBeUndefined();
    expect(reading.plan({ ...second, end: 149 })).toBeDefined();
    const atLimit = new PositionReading<Item>(
      { position: 300, id: 1, sorted: true },
      { ...options, limit: 300 },
    );
    expect(atLimit.plan(undefined)).toBeUndefined();
  });
});
