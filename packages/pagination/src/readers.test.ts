// The decisions of both readers, apart from the requests.
import { describe, expect, test } from "vitest";
import { mayFollow, type Page } from "./endpoint.ts";
import { CrowdedSecondError, UnstableListError } from "./errors.ts";
import { planPage } from "./pages.ts";
import { SecondReading } from "./second.ts";
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

describe("a second that is read alone", () => {
  const items = (from: number, end: number): Item[] =>
    Array.from({ length: end - from }, (_, index) => ({ id: 5000 - from - index }));
  const list = (shown: Item[], total: number, next: boolean): Page<Item> =>
    page(
      shown.map(({ id }) => [id, 30]),
      total,
      next,
    );

  test("in order, each page begins with the last run of the one before, and the count ends it", () => {
    const reading = new SecondReading(30, items(0, 100));
    expect(reading.next()).toMatchObject({ page: 2, perPage: 99 });
    reading.add(list(items(99, 198), 230, true));
    expect(reading.done).toBe(false);
    const { page, perPage } = reading.next();
    reading.add(list(items((page - 1) * perPage, 230), 230, false));
    expect([reading.done, reading.found.size]).toEqual([true, 230]);
  });

  test("hidden runs that are counted are not waited for when every page joins", () => {
    const reading = new SecondReading(30, items(0, 100));
    reading.add(list(items(99, 120), 123, false));
    expect([reading.done, reading.found.size]).toEqual([true, 120]);
  });

  test.each([
    ["the first run is another", items(98, 119), 120],
    ["the count changes", items(99, 150), 151],
  ])(
    "out of order (%s), whole rounds are read until one brings nothing new",
    (_, second, total) => {
      const reading = new SecondReading(30, items(0, 100));
      reading.add(list(second, 120, true));
      if (total !== 120) reading.add(list(items(196, 200), total, true));
      expect(reading.next()).toEqual({ page: 1, perPage: 100 });
      const all = items(0, 120);
      for (let round = 0; round < 3 && !reading.done; round++) {
        reading.add(list(all.slice(0, 100), 120, true));
        expect(reading.next()).toEqual({ page: 2, perPage: 100 });
        reading.add(list(all.slice(100), 120, false));
      }
      expect(reading.done).toBe(true);
      expect(idsOf(reading.found.values())).toEqual(expect.arrayContaining(idsOf(all)));
    },
  );

  test("one page that holds all of it is enough", () => {
    const reading = new SecondReading(30, items(0, 100));
    reading.add(list(items(3, 60), 57, true));
    reading.add(list(items(3, 60), 57, false));
    expect(reading.done).toBe(true);
  });

  test("more than a search shows cannot be read", () => {
    const reading = new SecondReading(30, items(0, 100));
    expect(() => reading.add(list(items(99, 198), 1001, true))).toThrow(CrowdedSecondError);
    expect(() =>
      new SecondReading(30, items(0, 100)).add(list(items(99, 198), 1000, true)),
    ).not.toThrow();
  });

  test("pages that never come to the count are an error that names the second and both numbers", () => {
    const reading = new SecondReading(30, items(0, 100));
    let requests = 0;
    const endless = (): void => {
      while (!reading.done) reading.add(list(items(++requests % 7, 90), 120, true));
    };
    expect(endless).toThrow(UnstableListError);
    expect(endless).toThrow("The server counts 120 runs in the second 1970-01-01T00:00:30Z");
    expect(requests).toBeLessThan(110);
  });
});
