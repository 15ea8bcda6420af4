import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatCreated, formatSecond, parseCreated, secondOf } from "./created-range.ts";
import { ParameterError } from "@workflow-runs/core/support";

const second = (text: string): number => Date.parse(text) / 1000;
const noon = second("2026-01-31T12:00:00Z");
const day = { first: second("2026-01-31T00:00:00Z"), last: second("2026-01-31T23:59:59Z") };

test.each([
  ["2026-01-31", { from: day.first, to: day.last }],
  ["2026-01-31T12:00:00Z", { from: noon, to: noon }],
  ["2026-01-31T12:00:00", { from: noon, to: noon }],
  ["2026-01-31T12:00:00.999Z", { from: noon, to: noon }],
  ["2026-01-31T14:00:00+02:00", { from: noon, to: noon }],
  ["2026-01-31T06:30:00-0530", { from: noon, to: noon }],
  ["2026-01-30..2026-01-31", { from: second("2026-01-30T00:00:00Z"), to: day.last }],
  ["2026-01-31T12:00:00Z..2026-01-31", { from: noon, to: day.last }],
  ["2026-01-31..*", { from: day.first }],
  ["*..2026-01-31", { to: day.last }],
  ["*..*", {}],
  [">=2026-01-31", { from: day.first }],
  [">2026-01-31", { from: day.last + 1 }],
  ["<=2026-01-31", { to: day.last }],
  ["<2026-01-31", { to: day.first - 1 }],
  [">2026-01-31T12:00:00Z", { from: noon + 1 }],
  ["<2026-01-31T12:00:00Z", { to: noon - 1 }],
  [" >= 2026-01-31 ", { from: day.first }],
  ["2024-02-29", { from: second("2024-02-29T00:00:00Z"), to: second("2024-02-29T23:59:59Z") }],
])("%j is understood as GitHub does", (expression, range) => {
  expect(parseCreated(expression)).toEqual(range);
});

test.each([
  "",
  "yesterday",
  "2026",
  "2026-1-31",
  "2026-02-29",
  "2026-13-01",
  "2026-01-31T25:00:00Z",
  "2026-01-31T12:00Z",
  "2026-01-31 12:00:00",
  "..",
  "2026-01-31..",
  "*",
  "=2026-01-31",
  ">=2026-01-30..2026-01-31",
])("%j is refused, with what to write instead", (expression) => {
  expect(() => parseCreated(expression)).toThrow(ParameterError);
  expect(() => parseCreated(expression)).toThrow(JSON.stringify(expression));
  expect(() => parseCreated(expression)).toThrow("2026-01-31T12:00:00Z");
});

test("any range is read back as it was written", () => {
  const at = fc.integer({ min: second("2000-01-01"), max: second("2100-01-01") });
  const end = fc.option(at, { nil: undefined });
  fc.assert(
    fc.property(end, end, (from, to) => {
      const range = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
      expect(parseCreated(formatCreated(range) ?? "*..*")).toEqual(range);
    }),
  );
});

test("a second is written as GitHub writes it, and read back", () => {
  expect(formatSecond(noon)).toBe("2026-01-31T12:00:00Z");
  expect(secondOf("2026-01-31T12:00:00Z")).toBe(noon);
});
