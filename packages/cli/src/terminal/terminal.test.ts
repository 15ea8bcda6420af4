import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createColors, wantsColor } from "./colors.ts";
import { ago, between, duration, parseDuration } from "./duration.ts";
import { stateSymbol, stateWord } from "./state.ts";
import { createStatusLine } from "./status-line.ts";
import { table } from "./table.ts";
import { pad, plain, plainLine, textWidth, truncate } from "./text-width.ts";

test.each([
  [{}, true, true],
  [{}, false, false],
  [{ NO_COLOR: "1" }, true, false],
  [{ NO_COLOR: "" }, true, true],
  [{ NO_COLOR: "1", FORCE_COLOR: "1" }, true, false],
  [{ FORCE_COLOR: "1" }, false, true],
  [{ FORCE_COLOR: "0" }, true, false],
  [{ TERM: "dumb" }, true, false],
])("colours with %j on a terminal (%s): %s", (env, isTTY, wanted) => {
  expect(wantsColor(env, isTTY)).toBe(wanted);
});

test.each([
  [0, "0s"],
  [499, "0s"],
  [42_000, "42s"],
  [59_600, "1m 0s"],
  [187_000, "3m 7s"],
  [7_500_000, "2h 5m"],
  [273_600_000, "3d 4h"],
  [-5, "0s"],
  [undefined, ""],
])("%s ms are %j", (ms, text) => {
  expect(duration(ms)).toBe(text);
});

test("ago keeps the largest unit", () => {
  expect(ago(187_000)).toBe("3m ago");
});

test("between is undefined when a time is missing, and never negative", () => {
  expect(between("2026-01-01T00:00:00Z", "2026-01-01T00:00:07Z")).toBe(7_000);
  expect(between("2026-01-01T00:00:07Z", "2026-01-01T00:00:00Z")).toBe(0);
  expect(between(null, "2026-01-01T00:00:00Z")).toBeUndefined();
  expect(between("2026-01-01T00:00:00Z", undefined)).toBeUndefined();
  expect(between("soon", "later")).toBeUndefined();
});

test.each([
  ["90", 90_000],
  ["1.5", 1_500],
  ["90s", 90_000],
  ["10m", 600_000],
  ["1h30m", 5_400_000],
  ["1h 30m", 5_400_000],
  ["2d", 172_800_000],
  ["", undefined],
  ["soon", undefined],
  ["m", undefined],
  ["5x", undefined],
  ["-5", undefined],
  ["30m1h", undefined],
])("the duration %j is %s ms", (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test("a state is the conclusion once there is one, with a symbol for each", () => {
  expect(stateWord({ status: "completed", conclusion: "failure" })).toBe("failure");
  expect(stateWord({ status: "in_progress", conclusion: null })).toBe("in_progress");
  expect(stateWord({})).toBe("unknown");
  const words = ["success", "failure", "cancelled", "skipped", "action_required", "new one"];
  expect(words.map((conclusion) => stateSymbol({ conclusion }))).toEqual([
    "✓",
    "✗",
    "⊘",
    "-",
    "!",
    "○",
  ]);
});

test("emoji and CJK take two columns, colour codes none", () => {
  expect(textWidth("🚀 発射")).toBe(7);
  expect(textWidth("\u001B[31mred\u001B[39m")).toBe(3);
  expect(truncate("発射台へようこそ", 7)).toBe("発射台…");
  expect(pad("発射", 6)).toBe("発射  ");
});

test("a truncated text is never wider than it may be", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      fc.integer({ min: 0, max: 40 }),
      (text, columns) => {
        const shown = plain(text);
        expect(textWidth(truncate(shown, columns))).toBeLessThanOrEqual(columns);
      },
    ),
  );
});

test("no control character gets through, and a log keeps its tabs", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(plain(text)).not.toMatch(/\p{Cc}/u);
      expect(plainLine(text)).not.toMatch(/[^\P{Cc}\t]/u);
    }),
  );
  expect(plainLine("\u001B[32m\tok\u001B[0m\u0007")).toBe("\tok");
  expect(plain("one\r\ntwo")).toBe("one two");
});

const COLUMNS = [
  { title: "NAME", text: (row: string[]) => row[0] ?? "", min: 4 },
  { title: "N", text: (row: string[]) => row[1] ?? "", align: "right" as const },
  { title: "NOTE", text: (row: string[]) => row[2] ?? "", min: 4 },
];

test("a table aligns, and ends no line with spaces", () => {
  const colors = createColors(false);
  const rows = [
    ["a", "1", "first"],
    ["long name", "200", ""],
  ];
  expect(table(rows, COLUMNS, { width: undefined, colors })).toEqual([
    "NAME         N  NOTE",
    "a            1  first",
    "long name  200",
  ]);
  expect(table(rows, COLUMNS, { width: 18, colors })).toEqual([
    "NAME      N  NOTE",
    "a         1  first",
    "long …  200",
  ]);
  expect(table([], COLUMNS, { width: 80, colors })).toEqual([]);
});

test("a table fits the terminal whenever the columns may be cut that far", () => {
  const colors = createColors(true);
  const cell = fc.string({ unit: "grapheme", maxLength: 60 }).map((text) => plain(text));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(cell, fc.stringMatching(/^\d{1,5}$/), cell), {
        minLength: 1,
        maxLength: 8,
      }),
      fc.integer({ min: 17, max: 120 }),
      (rows, width) => {
        for (const line of table(rows, COLUMNS, { width, colors })) {
          expect(textWidth(line)).toBeLessThanOrEqual(width);
        }
      },
    ),
  );
});

test("a status line is drawn over, cut to the terminal, and not there without one", async () => {
  let text = "";
  const output = { write: async (part: string) => void (text += part), columns: 10 };
  const line = createStatusLine({ ...output, isTTY: true });
  await line.show("0123456789abc");
  await line.show("0123456789abc");
  await line.clear();
  await line.clear();
  expect(text).toBe("\r\u001B[2K01234567…\r\u001B[2K");
  text = "";
  const none = createStatusLine({ ...output, isTTY: false });
  await none.show("anything");
  await none.clear();
  expect(text).toBe("");
});
