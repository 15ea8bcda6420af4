import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { CreatedRange } from "./created-range.ts";
import { halves } from "./count-pieces.ts";

const now = Date.UTC(2026, 0, 31) / 1000;
const decades = 40 * 365 * 86_400;
const at = fc.integer({ min: now - decades, max: now + decades });
const range = fc
  .tuple(at, at, fc.boolean(), fc.boolean())
  .map(([a, b, openFrom, openTo]): CreatedRange => {
    const range: { from?: number; to?: number } = { from: Math.min(a, b), to: Math.max(a, b) };
    if (openFrom) delete range.from;
    if (openTo) delete range.to;
    return range;
  });

function holds({ from = -Infinity, to = Infinity }: CreatedRange, second: number): boolean {
  return second >= from && second <= to;
}

test("two halves cover the range, and only it, without overlap, the newer first", () => {
  fc.assert(
    fc.property(range, at, (range, second) => {
      const parts = halves(range, now);
      expect(parts === undefined).toBe(range.from !== undefined && range.from === range.to);
      if (!parts) return;
      const [newer, older] = parts;
      expect(newer.from).toBe((older.to as number) + 1);
      expect([older.from, newer.to]).toEqual([range.from, range.to]);
      expect([newer, older].filter((part) => holds(part, second))).toHaveLength(
        holds(range, second) ? 1 : 0,
      );
    }),
  );
});

test("halving ends, at single seconds if it must, in about as many cuts as there are full pieces", () => {
  fc.assert(
    fc.property(range, fc.array(at, { maxLength: 200 }), (range, seconds) => {
      const most = 3;
      const open = [range];
      const counted: number[] = [];
      let cuts = 0;
      for (let piece = open.pop(); piece; piece = open.pop()) {
        const inside = seconds.filter((second) => holds(piece, second));
        const parts = inside.length > most ? halves(piece, now) : undefined;
        if (parts) open.push(...parts);
        else counted.push(...inside);
        expect(++cuts).toBeLessThan(45 * (seconds.length + 2));
      }
      const expected = seconds.filter((second) => holds(range, second));
      expect(counted.toSorted((a, b) => a - b)).toEqual(expected.toSorted((a, b) => a - b));
    }),
  );
});

test("an open range is cut between 2018 and now", () => {
  const [newer, older] = halves({}, now) ?? [];
  expect(older).toEqual({ to: (newer?.from ?? 0) - 1 });
  expect(newer?.from).toBeGreaterThan(Date.UTC(2018, 0, 1) / 1000);
  expect(newer?.from).toBeLessThan(now);
});

test("a second, and an open end a century away, are not cut", () => {
  expect(halves({ from: now, to: now }, now)).toBeUndefined();
  expect(halves({ from: now + 101 * 366 * 86_400 }, now)).toBeUndefined();
  expect(halves({ to: -101 * 366 * 86_400 }, now)).toBeUndefined();
});
