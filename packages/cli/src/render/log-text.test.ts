import { expect, test } from "vitest";
import { createColors } from "../terminal/colors.ts";
import { explanationLines } from "./log-text.ts";

const plain = createColors(false);

test("a heading and a reason that take two lines are indented, and coloured in both", () => {
  expect(explanationLines("1. build › 3. Run npm test", { colors: plain, width: 20 })).toEqual([
    "1. build › 3. Run",
    "   npm test",
  ]);
  const colors = createColors(true);
  const red = (text: string): string => colors.bold(colors.red(text));
  expect(explanationLines("1. build › 3. Run npm test", { colors, width: 20 })).toEqual([
    red("1. build › 3. Run"),
    red("   npm test"),
  ]);
  expect(explanationLines("   expected 1 to be 2", { colors, width: 16 })).toEqual([
    colors.bold("   expected 1 to"),
    colors.bold("   be 2"),
  ]);
});

test("what is quoted from a log is whole, without its control characters or colours", () => {
  const quoted = "    12 │ 1. a line that is longer than the terminal is";
  expect(explanationLines(quoted, { colors: createColors(true), width: 20 })).toEqual([quoted]);
  const [line] = explanationLines("    12 │ \u{1B}[2Jgone", { colors: plain, width: 80 });
  expect(line).not.toContain("\u{1B}");
});

test("without a width, a line stays as it is", () => {
  for (const text of ["1. build", "   reason", "a sentence of many words", ""]) {
    expect(explanationLines(text, { colors: plain, width: undefined })).toEqual([text]);
  }
});
