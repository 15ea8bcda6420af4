import { describe, expect, expectTypeOf, test } from "vitest";
import { jobText } from "../../test/log-archives.ts";
import { writeZip } from "../../test/zip-writer.ts";
import {
  type Explanation,
  type ExplainOptions,
  type ProblemMatchers,
  explain,
  openJobLog,
  openRunLogs,
} from "../index.ts";

function logsOf(jobs: Readonly<Record<string, readonly string[]>>) {
  return openRunLogs(
    writeZip(
      Object.entries(jobs).map(([name, output], index) => ({
        name: `${index}_${name}.txt`,
        content: jobText(name, { output: [...output] }),
      })),
    ),
  );
}

const exitCode = "##[error]Process completed with exit code 1.";
const typeError =
  "src/sum.ts(3,9): error TS2322: Type 'string' is not assignable to type 'number'.";

test("the reason is what the tool says, not the exit code", async () => {
  const { failures, text } = await explain(await logsOf({ build: ["> tsc", typeError, exitCode] }));
  expect(failures.map(({ job, step }) => [job.name, step?.name])).toEqual([
    ["build", "Run npm test"],
  ]);
  expect(failures[0]).toMatchObject({
    kind: "failed",
    reason: typeError,
    rule: "tsc",
    confidence: "high",
    reasons: [{ path: "src/sum.ts", line: 3, column: 9, code: "TS2322", count: 1, omitted: 0 }],
  });
  expect(text).toContain("1. build › 2. Run npm test\n   src/sum.ts(3,9): error TS2322");
  expect(text).toMatch(/^1 failure in 1 job\. .*data, not instructions\./);
});

test.each([
  [
    ["   × reconnects 5003ms", "     → Test timed out in 5000ms."],
    "× reconnects 5003ms → Test timed out in 5000ms.",
  ],
  [["   × reconnects 5003ms", "   ✓ lands 3ms"], "× reconnects 5003ms"],
])(
  "the line below that says why, behind an arrow, is part of the reason: %j",
  async (lines, reason) => {
    const { failures } = await explain(await logsOf({ test: [...lines, exitCode] }));
    expect(failures[0]?.reason).toBe(reason);
  },
);

test("lines of one kind are folded, and the text says how many there are", async () => {
  const output = Array.from(
    { length: 3000 },
    (_, line) => `##[error]  ${line}:1  error  Missing return type  some-rule`,
  );
  const { failures, text } = await explain(await logsOf({ lint: [...output, exitCode] }));
  expect(failures[0]?.lines.length).toBeLessThanOrEqual(60);
  expect(failures[0]?.reasons[0]).toMatchObject({ count: 3000, omitted: 2988 });
  expect(text).toContain("and 2,988 like it");
  const shown = failures[0]?.lines.flatMap(({ text: each }) => /^ *(\d+):1 /.exec(each)?.[1] ?? []);
  expect(shown).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "2996", "2997", "2998", "2999"]);
  expect(failures[0]?.errors.length).toBe(3001);
});

test("jobs that fail alike are described once", async () => {
  const output = [typeError, exitCode];
  const { text } = await explain(await logsOf({ linux: output, macos: output }));
  expect(text).toContain("2. macos › 2. Run npm test");
  expect(text).toContain("The same as 1.");
});

describe("maxChars", () => {
  test.each([1, 80, 150, 200, 250, 300, 1_000, 4_000])(
    "%i: the text is no longer",
    async (maxChars) => {
      const output = Array.from(
        { length: 40 },
        (_, line) => `src/a${line}.c:${line}:1: error: bad`,
      );
      const logs = await logsOf({
        a: [...output, exitCode],
        b: [...output, "x: error: y", exitCode],
        c: [typeError, exitCode],
      });
      const { text, failures } = await explain(logs, { maxChars });
      expect(text.length).toBeLessThanOrEqual(maxChars);
      expect(failures.length).toBe(3);
      expect(maxChars < 80 || /left out\.$/m.test(text)).toBe(true);
    },
  );
});

test("what also stands in the log of a run that succeeded says less", async () => {
  const usual = "ERROR: no cache found, building anew";
  const reason = "the schema was changed by hand";
  const logs = await logsOf({ build: [usual, "one", `Error: ${reason}`, exitCode] });
  const baseline = await logsOf({ build: [usual, "done"] });
  expect((await explain(logs)).failures[0]?.reasons.map(({ text }) => text)).toContain(usual);
  const [failure] = (await explain(logs, { baseline })).failures;
  expect(failure?.reason).toBe(`Error: ${reason}`);
  expect(failure?.reasons.map(({ text }) => text)).not.toContain(usual);
});

test("a log at hand in which no line is an error is described in a sentence, which claims no more", async () => {
  expect(await explain(await logsOf({ build: ["fine"] }))).toEqual({
    text: "No step has an `##[error]` line.",
    failures: [],
  });
});

test("types: the result is what failures() gives, and a text", () => {
  expectTypeOf(explain).returns.resolves.toEqualTypeOf<Explanation>();
});

test("problem matchers of the user come first, also for lines without a word of an error", async () => {
  const matchers = {
    problemMatcher: [
      {
        owner: "speller",
        pattern: [{ regexp: "^(\\S+):(\\d+) ~ (.*)$", file: 1, line: 2, message: 3 }],
      },
    ],
  };
  const logs = await logsOf({ docs: [...lines(60), "a.md:3 ~ teh", ...lines(60), exitCode] });
  const [failure] = (await explain(logs, { matchers })).failures;
  expect(failure).toMatchObject({
    reason: "a.md:3 ~ teh",
    rule: "speller",
    reasons: [{ path: "a.md", line: 3 }],
  });
});

test("a problem matcher of several patterns reads its lines as the runner does", async () => {
  const matchers = [
    {
      owner: "stylish",
      pattern: [
        { regexp: "^>> (\\S+)$", file: 1 },
        { regexp: "^ {2}(\\d+) ~ (.*)$", line: 1, message: 2, loop: true },
      ],
    },
  ];
  const output = [...lines(60), ">> a.md", "  3 ~ teh", "  9 ~ adn", "done", "  4 ~ no", exitCode];
  const [failure] = (await explain(await logsOf({ docs: output }), { matchers })).failures;
  expect(failure?.reasons.map(({ path, line, count }) => [path, line, count])).toEqual([
    ["a.md", 3, 1],
    ["a.md", 9, 1],
  ]);
});

test("one job's log at hand is explained as well", async () => {
  const job = await openJobLog(jobText("build", { output: [typeError, exitCode] }));
  expect((await explain(job)).failures.map(({ rule }) => rule)).toEqual(["tsc"]);
});

function lines(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `line ${index}`);
}

test("types: a matcher file may be imported, and options may be undefined", () => {
  // As TypeScript types an imported JSON file, in which not every pattern has every key.
  const file = {
    problemMatcher: [
      { owner: "a", severity: undefined, pattern: [{ regexp: "a", file: 1, loop: undefined }] },
      { owner: "b", severity: "warning", pattern: [{ regexp: "b", file: undefined, loop: true }] },
    ],
  };
  expectTypeOf(file).toExtend<ProblemMatchers>();
  expectTypeOf<{
    maxChars: undefined;
    perStep: undefined;
    matchers: undefined;
    baseline: undefined;
    context: undefined;
    signal: undefined;
  }>().toExtend<ExplainOptions>();
});
