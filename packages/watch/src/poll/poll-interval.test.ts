import * as fc from "fast-check";
import { expect, test } from "vitest";
import { pollInterval } from "../index.ts";

test("a young run is polled every three seconds, an old one every minute", () => {
  expect([0, 60_000, 300_000, 1_200_000, 86_400_000].map(pollInterval)).toEqual([
    3_000, 3_000, 15_000, 60_000, 60_000,
  ]);
});

test("the interval never shrinks as the run gets older, and what is seen is at most 5 % late", () => {
  const ages = fc.integer({ min: 0, max: 10 * 86_400_000 });
  fc.assert(
    fc.property(ages, ages, (a, b) => {
      const [young, old] = a < b ? [a, b] : [b, a];
      expect(pollInterval(young)).toBeLessThanOrEqual(pollInterval(old));
      expect(pollInterval(old)).toBeLessThanOrEqual(Math.max(3_000, old / 20));
    }),
  );
});
