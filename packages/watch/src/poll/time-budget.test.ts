import * as fc from "fast-check";
import { expect, test } from "vitest";
import { timeBudget } from "./time-budget.ts";

test("without a limit for the queue, all time counts for the timeout", () => {
  const budget = timeBudget({ timeout: 100 }, 0);
  budget.spend(30, true);
  budget.spend(50, false);
  expect(budget.left(true)).toEqual({ option: "timeout", limit: 100, left: 50 });
  expect(budget.left(false)).toEqual({ option: "timeout", limit: 100, left: 50 });
});

test("with one, the queue's time counts for it alone", () => {
  const budget = timeBudget({ timeout: 100, queueTimeout: 40 }, 1_000);
  budget.spend(1_030, true);
  budget.spend(1_080, false);
  budget.spend(1_085, true);
  expect(budget.left(true)).toEqual({ option: "queueTimeout", limit: 40, left: 5 });
  expect(budget.left(false)).toEqual({ option: "timeout", limit: 100, left: 50 });
});

test("no limit is never used up", () => {
  const budget = timeBudget({ queueTimeout: 0 }, 0);
  budget.spend(1e12, false);
  expect(budget.left(false).left).toBe(Number.POSITIVE_INFINITY);
  expect(budget.left(true)).toEqual({ option: "queueTimeout", limit: 0, left: 0 });
});

test("every millisecond counts once", () => {
  const spans = fc.array(fc.tuple(fc.nat(10_000), fc.boolean()));
  fc.assert(
    fc.property(spans, (all) => {
      const budget = timeBudget({ timeout: 1e9, queueTimeout: 1e9 }, 0);
      let now = 0;
      for (const [span, queued] of all) budget.spend((now += span), queued);
      expect(2e9 - budget.left(true).left - budget.left(false).left).toBe(now);
    }),
  );
});
