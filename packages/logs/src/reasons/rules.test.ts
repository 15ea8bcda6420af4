import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { visibleText } from "./message-text.ts";
import { RuleBook } from "./rule-book.ts";
import { allRules } from "./rules/index.ts";

/** The rules that the lines of a text are hit by, in order. */
function rulesOf(text: string): string[] {
  const rules = new RuleBook(allRules);
  return text
    .split("\n")
    .flatMap((line, at) => rules.match(visibleText(line), "output", at)?.rule ?? []);
}

describe("each rule matches its example, and no rule before it takes that from it", () => {
  test.each(
    allRules
      .filter(({ strength }) => strength !== "nothing")
      .map(({ owner, strength, example }) => [owner, strength, example] as const),
  )("%s (%s): %s", (owner, _strength, example) => {
    expect(rulesOf(example)).toContain(owner);
  });

  test.each(
    allRules
      .filter(({ strength }) => strength === "nothing")
      .map(({ owner, example }) => [owner, example] as const),
  )("%s: %s is no error", (_owner, example) => {
    expect(rulesOf(example)).toEqual([]);
  });
});

test.each([
  "[WebServer] ",
  "web:test: ",
  "#12 3.456 ",
  "@scope/web: ",
  "packages/web test: ",
  "db-1  | ",
  "2026-11-20T10:00:00.123Z ",
  "[10:00:00] ",
  "[0] ",
  "demo> ",
  "[  +21 ms] ",
  "[        ] ",
  "[     3.105s] ",
  "#12 3.4 web:test: [WebServer] ",
])("the prefix %j hides no reason", (prefix) => {
  expect(rulesOf(`${prefix}sum.c:3:5: error: expected ';' before 'return'`)).toEqual(["gcc"]);
  expect(rulesOf(`${prefix}AssertionError: expected 3 to be 4`)).toEqual(["assertion"]);
  expect(rulesOf(`${prefix}fatal: couldn't find remote ref main`)).toEqual(["git"]);
});

test.each([
  "main.c:3:5: error: unused variable 'x' [-Werror=unused-variable]",
  "src/Types.hs:40:1: error: [-Wunused-imports, -Werror=unused-imports]",
])("an error that says which option made it one is an error: %s", (line) => {
  expect(rulesOf(line)).toHaveLength(1);
});

test.each([
  "20:50:52.530 [info] Closing the session: Stream reset by peer: connection timed out",
  "[ RUN      ] API works on error: fails with specific error: 5.62 ms OK",
  "        RST inlines cannot start with spaces:                OK (0.01s)",
  "cc -Wall -Werror -c fatal.c",
])("what says that all is well is no reason: %s", (line) => {
  expect(rulesOf(line)).toEqual([]);
});

test("a line that has no end takes no time that grows with it", () => {
  const rules = new RuleBook(allRules);
  const pieces = ["error", "a", " ", ":", "/", ".", "(", "'", "\t", "-", "Error: ", "E", "1", "["];
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 4 }),
      fc.constantFrom(2_000, 100_000),
      (unit, length) => {
        const text = unit.join("").repeat(length).slice(0, length);
        rules.match(visibleText(`error ${text}`), "output", 0);
        rules.match(visibleText(`${text} error`), "output", 1);
      },
    ),
    { seed: 75, numRuns: 100 },
  );
});
