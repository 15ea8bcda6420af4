// The decisions of both readers, apart from the requests.
import { describe, expect, test } from "vitest";
import { mayFollow, type Page } from "./endpoint.ts";
import { UnstableListError } from "./errors.ts";
import { pagesLeft, planPage } from "./pages.ts";
import { PositionReading } from "./position-reading.ts";
import { checkTimes, prove, windowsAhead } from "./windows.ts";

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

  test("one run above the last second is proved", () => {
    const rows = [
      [7, 30],
      [5, 29],
      [4, 29],
    ] as const;
    const { items, rest } = prove(page(rows, 9, true), { to: 30 });
    expect([idsOf(items), rest]).toEqual([[7], { from: undefined, to: 29 }]);
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
    let reason: string | undefined;
    try {
      checkTimes(page(rows, 2, false), { from: 10, to: 30 });
    } catch (error) {
      ({ reason } = error as { reason: string });
    }
    expect(reason).toBe(fit);
  });
});

describe("windows ahead", () => {
  /** A hundred runs, one a second. */
  const dense = Array.from({ length: 100 }, (_, index) => 1000 - index);

  test("without a density, and for what fits one page, there is one open request", () => {
    const all = { from: undefined, to: 900 };
    expect(windowsAhead(all, [], 100, 4, Infinity)).toEqual([all]);
    expect(windowsAhead({}, dense, 100, 4, Infinity)).toHaveLength(1);
    expect(windowsAhead(all, dense, 100, 4, 100)).toHaveLength(1);
    expect(windowsAhead(all, dense, 100, 4, 101)).toHaveLength(2);
    expect(windowsAhead(all, dense, 100, 1, Infinity)).toHaveLength(1);
  });

  test("they follow each other without a gap, each for 90 runs, and the last is open", () => {
    const [first, second] = [
      { from: 811, to: 900 },
      { from: 721, to: 810 },
    ];
    expect(windowsAhead({ from: 1, to: 900 }, dense, 100, 3, Infinity)).toEqual([
      first,
      second,
      { from: 1, to: 720 },
    ]);
    expect(windowsAhead({ from: 800, to: 900 }, dense, 100, 3, Infinity)).toEqual([
      first,
      { from: 800, to: 810 },
    ]);
    // Down to the last second.
    const toLast = windowsAhead({ from: 720, to: 900 }, dense, 100, 9, Infinity);
    expect(toLast).toEqual([first, second, { from: 720, to: 720 }]);
    const [sparse] = windowsAhead(
      { to: 900 },
      dense.map((at) => 10 * at),
      100,
      2,
      Infinity,
    );
    expect(sparse).toEqual({ from: 9, to: 900 });
    // A server that sends more than was requested.
    const [tied] = windowsAhead({ to: 900 }, Array<number>(100).fill(7), 20, 2, Infinity);
    expect(tied).toEqual({ from: 900, to: 900 });
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
    expect(planPage(1, 2, 1)).toBeUndefined();
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
    // Nor is it proved by a count that stays, until a page was joined.
    const from: number[] = [];
    for (let turn = 0; turn < 2; turn++) {
      const planned = reading.plan(undefined)!;
      from.push(planned.from);
      const others = list(rows(201, 201 + planned.perPage), 249, false);
      expect(reading.add(planned, others)).toBeUndefined();
    }
    expect(from).toEqual([190, 100]);
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
    expect(reading.here.position).toBe(28);
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
    // It sends 50 whatever is requested: page 2 begins at 50, and not at 48.
    expect(smaller.add(larger, list(rows(50, 100), 200, true))).toBeUndefined();
    expect(smaller.plan(undefined)).toMatchObject({ page: 2, from: 50, end: 100 });
    expect(
      smaller.add(smaller.plan(undefined)!, list(rows(50, 100), 200, true))?.found,
    ).toHaveLength(50);
    expect(smaller.plan(undefined)).toMatchObject({ page: 3, from: 100, end: 150 });
    // Its pages cannot overlap: they are joined while the count stays the same.
    expect(smaller.add(smaller.plan(undefined)!, list(rows(100, 150), 199, true))).toBeUndefined();
  });

  test("behind a cursor, what stands before its item was passed on, in a list of jobs, too", () => {
    const start = { position: 100, id: 4901, sorted: true };
    const runs = new PositionReading<Item>(start, options);
    const next = runs.plan(undefined)!;
    const [first] = runs.add(next, list(rows(next.from, next.end), 300, true))!.found;
    expect(first!.id).toBe(4900);
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
    const behind = tied.plan(undefined)!;
    const turned: [number, number][] = [[4903, 7], [4902, 7], ...rest];
    const again = tied.add(behind, list(turned.slice(0, behind.perPage), 300, false));
    expect(idsOf(again!.found)).toEqual([]);
    // A short page behind a cursor may be another one, of a server that makes smaller pages: it is requested by its size.
    expect(jobs.add(jobs.plan(undefined)!, list(others, 103, false))).toBeUndefined();
    expect(jobs.plan(undefined)).toMatchObject({ perPage: 3 });
    const three = list(others.slice(0, 3), 103, false);
    expect(idsOf(jobs.add(jobs.plan(undefined)!, three)!.found)).toEqual([8]);
    // A job that comes to stand before the cursor's later on is new.
    const late = list(
      [
        [9, 1],
        [4901, 1],
        [8, 1],
      ],
      103,
      false,
    );
    expect(idsOf(jobs.add(jobs.plan(undefined)!, late)!.found)).toEqual([9]);
    const moved = new PositionReading<Item>(start, options);
    const before = moved.plan(undefined)!;
    const other = list(rows(300, 300 + before.perPage), 400, true);
    expect(moved.add(before, other)).toBeUndefined();
    expect(moved.here.position).toBe(92);
    const small = new PositionReading<Item>({ ...start, position: 60 }, { ...options, perPage: 5 });
    for (const position of [52, 0]) {
      const planned = small.plan(undefined)!;
      const others = list(rows(300, 300 + planned.perPage), 400, true);
      expect(small.add(planned, others)).toBeUndefined();
      expect(small.here.position).toBe(position);
    }
    expect(small.plan(undefined)).toMatchObject({ page: 1, perPage: 5 });
    const gone = new PositionReading<Item>(start, options);
    const left = [...rows(-20, 99), ...rows(100, 300)];
    const { from, end } = gone.plan(undefined)!;
    const { found } = gone.add(gone.plan(undefined)!, list(left.slice(from, end), 319, true))!;
    expect(found[0]!.id).toBe(4900);
  });

  test.each([
    { tied: 1, back: 2 },
    { tied: 22, back: 23 },
    { tied: 24, back: 25 },
    { tied: 25, back: 1 },
  ])(
    "of a second of $tied runs the next page repeats $back: of a quarter of a page, one",
    ({ tied, back }) => {
      const reading = new PositionReading<Item>(undefined, options);
      expect(reading.here).toEqual({ position: 0, id: 0, sorted: true });
      const shown = rows(0, 100).map(
        ([id, second], index) => [id, index < 100 - tied ? second : 7] as [number, number],
      );
      reading.add(reading.plan(undefined)!, list(shown, 900, true));
      expect(reading.plan(undefined)).toMatchObject(planPage(100, back, 100)!);
    },
  );

  test("behind a cursor, 100 requests that bring nothing are an error", () => {
    const reading = new PositionReading<Item>({ position: 100, id: 4901, sorted: true }, options);
    let requests = 0;
    const read = (): void => {
      for (; ; requests++) reading.add(reading.plan(undefined)!, list([[4901, 7]], 900, true));
    };
    expect(read).toThrow(UnstableListError);
    expect(requests).toBe(100);
  });

  test("one new run behind known ones is where the reading is", () => {
    const reading = new PositionReading<Item>(undefined, options);
    reading.add(reading.plan(undefined)!, list(rows(0, 100), 101, true));
    reading.add(reading.plan(undefined)!, list(rows(98, 101), 101, false));
    expect(reading.here).toEqual({ position: 101, id: 4900, sorted: true });
  });

  test("empty twice behind the same runs is the end, though more are counted", () => {
    const reading = new PositionReading<Item>(undefined, options);
    const all = rows(0, 100);
    const shown: number[] = [];
    for (let ended = false; !ended;) {
      const planned = reading.plan(undefined)!;
      const part = all.slice(planned.from, planned.end);
      ended = reading.add(planned, page(part, 130))?.ended ?? false;
      shown.push(part.length);
      expect(shown.length).toBeLessThan(20);
    }
    // The page behind the last run holds it, and is short: it may be of a server that makes pages of two.
    expect(shown).toEqual([100, 2, 0, 2, 2, 2, 2, 0]);
  });

  test.each([
    { turned: 3, expected: 6 },
    { turned: 1, expected: 4 },
  ])(
    "in no order, a list is read until as many are known as the server counts and a round brings nothing new: $expected requests",
    ({ turned, expected }) => {
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
        const now = requests++ % turned === 0 ? shuffled : shuffled.toReversed();
        const joined = reading.add(
          { ...reading.plan(undefined)! },
          list(now.slice(from, end), 120, end < 120),
        );
        found.push(...idsOf(joined?.found ?? []));
        ended = joined?.ended ?? false;
        expect(requests).toBeLessThan(60);
      }
      expect(requests).toBe(expected);
      expect(found).toHaveLength(120);
      expect(new Set(found)).toEqual(new Set(shuffled.map(([id]) => id)));
    },
  );

  test("in no order, the limit is not the end of a list that it holds: it is read again", () => {
    const reading = new PositionReading<Item>(undefined, { ...options, second: 30, limit: 120 });
    const turned: [number, number][] = rows(0, 100).map(([id]) => [10_000 - id, 30]);
    reading.add(reading.plan(undefined)!, list(turned, 110, true));
    const { perPage, from } = reading.plan(undefined)!;
    expect(from + perPage).toBe(120);
    // Nothing new, and a next page is named: the reading goes back to the start.
    reading.add(reading.plan(undefined)!, list(turned.slice(0, perPage), 110, true));
    expect(reading.plan(undefined)).toMatchObject({ page: 1 });
    expect(reading.here.position).toBe(0);
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
    // The first brings all, and is no idle one; each call of `endless` ends with one more.
    expect(requests).toBe(104);
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

test("pages left down to a second: by how densely a page's runs lie, none when all that follows is older by a day", () => {
  const day = 86_400;
  const pageAt = (seconds: number[], ids = seconds.map((_, index) => 900 - index)): never =>
    ({ items: ids.map((id) => ({ id })), seconds }) as never;
  const floor = 100 * day;
  expect(pagesLeft(pageAt([110 * day, 109 * day]), undefined)).toBe(Infinity);
  expect(pagesLeft(pageAt([110 * day, 109 * day]), floor)).toBe(10);
  expect(pagesLeft(pageAt([110 * day, 108.5 * day]), floor)).toBe(7);
  // The last run is older than the floor, but not by a day.
  expect(pagesLeft(pageAt([110 * day, 99 * day]), floor)).toBe(1);
  expect(pagesLeft(pageAt([110 * day, 99 * day - 1]), floor)).toBe(0);
  // In no order, a younger run may follow.
  expect(pagesLeft(pageAt([110 * day, 90 * day], [5, 6]), floor)).toBe(1);
  expect(pagesLeft(pageAt([98 * day, 90 * day], [5, 6]), floor)).toBe(0);
  expect(pagesLeft(pageAt([98 * day, 90 * day], [6, 6]), floor)).toBe(0);
  for (const page of [pageAt([]), pageAt([110 * day]), pageAt([NaN, NaN]), pageAt([99 * day])])
    expect(pagesLeft(page, floor)).toBe(Infinity);
});
