import * as fc from "fast-check";
import { expect, test } from "vitest";
import { lineLevels } from "../lines/line.ts";
import { reasonsOf } from "./reasons-of.ts";
import { allRules } from "./rules/index.ts";

const pieces = fc.constantFrom(
  ...allRules.flatMap(({ example }) => example.split("\n")),
  "",
  "ok",
  "    at a (b.js:1:2)",
  "##",
  "Run tests",
  "\u001b[31mred",
  "a\rb\r",
  "🚨",
  "\ud800",
);
const line = fc.record({
  text: fc.oneof(
    { weight: 4, arbitrary: pieces },
    { weight: 2, arbitrary: fc.tuple(pieces, pieces).map((both) => both.join(": ")) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 200 }) },
  ),
  level: fc.option(fc.constantFrom(...lineLevels), { nil: undefined }),
});

test("an excerpt is made of lines of the log, in order and each once, has the best reason, and counts what it leaves out", () => {
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 400 }),
      fc.integer({ min: 1, max: 80 }),
      (lines, perStep) => {
        const { lines: shown, reasons, omitted } = reasonsOf(lines, { perStep });
        const positions = shown.map((each) => lines.indexOf(each));
        expect(positions).toEqual([...new Set(positions)].toSorted((a, b) => a - b));
        expect(positions).not.toContain(-1);
        expect(shown.length).toBeLessThanOrEqual(perStep);
        expect(shown.length + omitted).toBeLessThanOrEqual(lines.length);
        for (const best of reasons.slice(0, 1)) expect(shown).toContain(best.logLine);
        for (const { logLine, count, omitted: more } of reasons) {
          expect(lines).toContain(logLine);
          expect(more).toBeLessThan(count + 1);
          expect(more).toBeGreaterThanOrEqual(0);
        }
      },
    ),
    { seed: 75, numRuns: 300 },
  );
});

test("how many lines of a kind are left out is exact, wherever those shown stand", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("error", "other", "warning", "quiet"), { maxLength: 200 }),
      fc.integer({ min: 1, max: 60 }),
      (kinds, perStep) => {
        const words = {
          error: "src/a.c:3:5: error: expected ';'",
          other: "src/b.c:4:1: error: 'x' undeclared",
          warning: "src/c.c:5:1: warning: unused variable",
          quiet: "all is well",
        } as const;
        const lines = kinds.map((kind) => ({ text: words[kind] }));
        const { lines: shown, reasons } = reasonsOf(lines, { perStep });
        for (const { logLine, count, omitted } of reasons) {
          const same = ({ text }: { text: string }) => text === logLine.text;
          expect([count, omitted]).toEqual([
            lines.filter(same).length,
            lines.filter(same).length - shown.filter(same).length,
          ]);
        }
      },
    ),
    { seed: 77, numRuns: 200 },
  );
});

test("the same log gives the same excerpt, however often", () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 100 }), (lines) => {
      expect(reasonsOf(lines)).toEqual(reasonsOf(lines));
    }),
    { seed: 76, numRuns: 50 },
  );
});

test("37,695 marked lines of one kind fill no excerpt, and what stands among them is found", () => {
  const lines = Array.from({ length: 37_695 }, (_, index) => ({
    text: `src/file${index}.ts(3,9): error TS2322: Type '${index}' is not assignable to type 'number'.`,
    level: "error" as const,
  }));
  const all = [
    ...lines.slice(0, 20_000),
    { text: "fatal: the remote end hung up unexpectedly" },
    ...lines.slice(20_000),
  ];
  const { lines: shown, reasons } = reasonsOf(all);
  expect(shown.length).toBeLessThanOrEqual(60);
  expect(reasons.map(({ rule, count }) => [rule, count])).toEqual([
    ["tsc", 37_695],
    ["git", 1],
  ]);
});

test("a line of megabytes is read at both ends", () => {
  const noise = "x".repeat(1_600_000);
  const { reasons } = reasonsOf([
    { text: `Error: the bundle is too large: ${noise}` },
    { text: `${noise} error: no` },
  ]);
  expect(reasons.map(({ text }) => text.length < 2_100)).toEqual([true, true]);
  expect(reasons[0]?.text).toMatch(/^Error: the bundle is too large/);
});
