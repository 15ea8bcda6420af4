import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createColors, wantsColor } from "./colors.ts";
import { showsUnicode, toAscii } from "./ascii.ts";
import { ago, between, duration, parseDuration } from "./duration.ts";
import { stateSymbol, stateWord } from "./state.ts";
import { createStatusLine } from "./status-line.ts";
import { table } from "./table.ts";
import { plain, plainLine } from "./plain.ts";
import { pad, textWidth, truncate, truncateMiddle } from "./text-width.ts";

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
  expect(plainLine("\u001B[32m\tok\u001B[0m\u0007")).toBe("\tok^G");
  expect(plain("one\r\ntwo")).toBe("one two");
});

const someColumns = [
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
  expect(table(rows, someColumns, { width: undefined, colors })).toEqual([
    "NAME         N  NOTE",
    "a            1  first",
    "long name  200",
  ]);
  expect(table(rows, someColumns, { width: 18, colors })).toEqual([
    "NAME      N  NOTE",
    "a         1  first",
    "lon…me  200",
  ]);
  expect(table([], someColumns, { width: 80, colors })).toEqual([]);
});

test("a narrow table leaves out what matters least first, and keeps the rest whole", () => {
  const colors = createColors(false);
  const columns = [
    { title: "ID", text: () => "12345678901" },
    { title: "ONE", text: () => "first of all", priority: 1, min: 5 },
    { title: "TWO", text: () => "second", priority: 2 },
  ];
  const at = (width: number) => table([1], columns, { width, colors })[1];
  expect(at(33)).toBe("12345678901  first of all  second");
  expect(at(27)).toBe("12345678901  fir…ll  second");
  expect(at(25)).toBe("12345678901  second");
  expect(at(18)).toBe("12345678901");
  expect(at(5)).toBe("12345678901");
});

test("a name is cut in its middle, where names are alike", () => {
  expect(truncateMiddle("test (ubuntu-latest, 22)", 15)).toBe("test (u…st, 22)");
  expect(truncateMiddle("発射台へようこそ", 8)).toBe("発射…そ");
  expect(truncateMiddle("short", 5)).toBe("short");
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      fc.integer({ min: 0, max: 40 }),
      (text, columns) => {
        expect(textWidth(truncateMiddle(plain(text), columns))).toBeLessThanOrEqual(columns);
      },
    ),
  );
});

test.each([
  [{ LC_ALL: "C" }, "linux", false],
  [{ LC_ALL: "C", LANG: "en_US.UTF-8" }, "linux", false],
  [{ LANG: "C.UTF-8" }, "linux", true],
  [{ LC_CTYPE: "en_US.utf8" }, "darwin", true],
  [{ LANG: "de_DE.ISO-8859-1" }, "linux", false],
  [{}, "linux", true],
  [{ TERM: "linux" }, "linux", false],
  [{}, "win32", false],
  [{ WT_SESSION: "1" }, "win32", true],
])("the locale %j on %s shows more than ASCII: %s", (env, platform, expected) => {
  expect(showsUnicode(env, platform)).toBe(expected);
});

test("text in ASCII is as wide as it was", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const shown = plain(text);
      const ascii = toAscii(shown);
      expect(ascii).toMatch(/^[ -~]*$/);
      expect(textWidth(ascii)).toBe(textWidth(shown));
    }),
  );
  expect(toAscii("\u001B[31m✗ failure\u001B[39m › 発射…")).toBe(
    "\u001B[31mx failure\u001B[39m > ????~",
  );
});

test("what turns text around or hides in it is written out", () => {
  expect(plain("a\u202Eb\u200B\u{E0041}")).toBe("a<U+202E>b<U+200B><U+E0041>");
  expect(plainLine("\u0000\u009B1m\u007F")).toBe("^@<U+009B>1m^?".replace("<U+009B>1m", ""));
  expect(plain("👩‍🚀 e\u0301")).toBe("👩‍🚀 e\u0301");
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
        for (const line of table(rows, someColumns, { width, colors })) {
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
