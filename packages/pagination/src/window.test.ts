import * as fc from "fast-check";
import { expect, test } from "vitest";
import { planWindow } from "./window.ts";

test.each([
  { known: 0, overlap: 0, want: 100, page: 1, perPage: 100 },
  { known: 0, overlap: 0, want: 5, page: 1, perPage: 5 },
  { known: 1, overlap: 1, want: 100, page: 1, perPage: 100 },
  { known: 100, overlap: 1, want: 100, page: 2, perPage: 99 },
  { known: 199, overlap: 1, want: 100, page: 3, perPage: 99 },
  { known: 201, overlap: 1, want: 100, page: 3, perPage: 100 },
  { known: 100, overlap: 1, want: 30, page: 4, perPage: 33 },
])(
  "after $known known items, $want more are on page $page of $perPage",
  ({ known, overlap, want, page, perPage }) => {
    const cap = Infinity;
    expect(planWindow({ known, overlap, want, cap })).toMatchObject({ page, perPage });
  },
);

test("nothing new within what a search shows is no page", () => {
  expect(planWindow({ known: 1000, overlap: 1, want: 100, cap: 1000 })).toBeUndefined();
  expect(planWindow({ known: 999, overlap: 1, want: 100, cap: 1000 })).toMatchObject({
    end: 1000,
  });
});

test("a page begins inside what is known, ends beyond it and within the cap", () => {
  const known = fc.integer({ min: 1, max: 1000 });
  const overlap = fc.integer({ min: 1, max: 50 });
  const want = fc.integer({ min: 1, max: 100 });
  fc.assert(
    fc.property(known, overlap, want, (known, overlap, want) => {
      const window = planWindow({ known, overlap, want, cap: 1000 });
      // A page number of 100 fits wherever ten new items do.
      fc.pre(known <= 990);
      if (!window) throw new Error("no page");
      const { page, perPage, start, end } = window;
      expect([start, end]).toEqual([(page - 1) * perPage, page * perPage]);
      expect(perPage).toBeLessThanOrEqual(100);
      expect(start).toBeLessThanOrEqual(Math.max(0, known - overlap));
      expect(end).toBeGreaterThan(known);
      expect(end).toBeLessThanOrEqual(1000);
    }),
  );
});
