import { ParameterError } from "@workflow-runs/core/support";
import { expect, test } from "vitest";
import { timed } from "../test/log-archives.ts";
import { annotatedLines, type LogLine, type LogNode, openJobLog } from "./index.ts";

const text = timed([
  "Current runner version: '2.336.0'", // 0
  "Complete job name: build", // 1
  "##[group]Run ./setup", // 2
  "with:", // 3
  "##[endgroup]", // 4
  "##[start-action display=Install;id=__self.install]", // 5
  "##[group]fetch", // 6
  "a", // 7
  "##[error]no route to host", // 8
  "##[endgroup]", // 9
  "##[end-action id=__self.install;outcome=failure;conclusion=success;duration_ms=4321]", // 10
  "##[group]never closed", // 11
  "##[warning]old", // 12
  "##[error]no route to host", // 13
  "Cleaning up orphan processes", // 14
]);

function shown(nodes: readonly LogNode[], depth = 0): string[] {
  return nodes.flatMap(({ kind, title, line, lines, duration, outcome, children }) => [
    `${"  ".repeat(depth)}${kind} ${title} @${line} ${lines} lines ${duration} ms ${outcome ?? ""}`.trimEnd(),
    ...shown(children, depth + 1),
  ]);
}

test("a job's tree has its steps, their actions and groups, with times and outcomes", async () => {
  const job = await openJobLog(text);
  expect(shown(await job.tree())).toEqual([
    "step Set up job @1 2 lines 1000 ms",
    "step Run ./setup @1 12 lines 11000 ms",
    "  group Run ./setup @1 3 lines 2000 ms",
    "  action Install @4 6 lines 4321 ms failure",
    "    group fetch @5 4 lines 3000 ms",
    "  group never closed @10 3 lines 2000 ms",
    "step Complete job @1 1 lines 0 ms",
  ]);
});

test("the slowest come first", async () => {
  const job = await openJobLog(text);
  expect((await job.slowest(3)).map(({ title, duration }) => [title, duration])).toEqual([
    ["Run ./setup", 11_000],
    ["Install", 4321],
    ["fetch", 3000],
  ]);
});

test("groups without end do not make the tree deeper and deeper, and what is left out is counted", async () => {
  const many = timed(Array.from({ length: 300 }, (_, at) => `##[group]${at}`));
  const [root] = await (await openJobLog(many)).tree();
  expect(root?.omitted).toBe(300 - 63);
});

async function all(lines: AsyncIterable<LogLine>): Promise<string[]> {
  const found: string[] = [];
  for await (const { number, step, text: said } of lines)
    found.push(`${step?.name} ${number} ${said}`);
  return found;
}

test("grep gives the lines that hold a string or match an expression, tail the last ones", async () => {
  const job = await openJobLog(text);
  expect(await all(job.grep("route"))).toEqual([
    "Run ./setup 7 no route to host",
    "Run ./setup 12 no route to host",
  ]);
  expect(await all(job.grep(/^o|ROUTE/gi, { levels: ["warning"] }))).toEqual([
    "Run ./setup 11 old",
  ]);
  expect((await job.tail(2)).map(({ text: said }) => said)).toEqual([
    "no route to host",
    "Cleaning up orphan processes",
  ]);
  expect((await job.steps[0]?.tail(99))?.length).toBe(2);
  expect(() => job.grep(5 as never)).toThrow(ParameterError);
  await expect(job.tail(0)).rejects.toThrow(ParameterError);
});

test("annotations are joined with the lines they were made from, in order", async () => {
  const at = (start_line: number, annotation_level: string, message: string) => ({
    path: "src/a.ts",
    start_line,
    annotation_level,
    message,
  });
  const joined = await annotatedLines(await openJobLog(text), [
    at(1, "failure", "no route to host"),
    at(2, "failure", "no route to host\nand more"),
    at(3, "warning", "old"),
    at(4, "failure", "The runner has been lost"),
  ]);
  expect(joined.map(({ annotation, line }) => [annotation.start_line, line?.number])).toEqual([
    [1, 7],
    [2, 12],
    [3, 11],
    [4, undefined],
  ]);
});

test("a problem matcher's annotation is joined with the line that has its file, line and message", async () => {
  const matched = timed([
    "##[error]lib/index.ts(3,9): error TS2322: Type 'string' is not assignable.",
    "##[error]src/index.ts(13,9): error TS2322: Type 'string' is not assignable.",
    "##[error]src/index.ts(3,9): error TS2322: Type 'string' is not assignable.",
    "##[warning]D:\\a\\r\\src\\b.ts:7: unused",
    "##[error]a.go:3:1: unused",
  ]);
  const message = "Type 'string' is not assignable.";
  const at = (path: string, start_line: number, annotation_level: string, text = message) => ({
    path,
    start_line,
    annotation_level,
    message: text,
  });
  const joined = await annotatedLines(await openJobLog(matched), [
    at("src/index.ts", 3, "failure"),
    at("packages/a/lib/index.ts", 3, "failure"),
    at("src/index.ts", 4, "failure"),
    at("src/b.ts", 7, "warning", "unused"),
    at("src/b.ts", 7, "failure", "unused"),
    at("src/index.ts", 13, "failure"),
    at("cmd/a.go", 3, "failure", "unused"),
    at("", 3, "failure", ""),
  ]);
  expect(joined.map(({ line }) => line?.number)).toEqual([
    3,
    1,
    undefined,
    4,
    undefined,
    2,
    5,
    undefined,
  ]);
});

test("the annotations of matchers of several lines are joined with the line that was marked", async () => {
  const log = timed([
    "/home/runner/work/r/r/src/a.ts",
    "##[warning]  1:1  warning  Unexpected console statement  no-console",
    "##[error]  3:9  error  Missing return type  some-rule",
    "##[error]  13:9  error  Missing return type  some-rule",
    "",
    "/home/runner/work/r/r/src/b.ts",
    "##[error]  3:9  error  Missing return type  some-rule",
    "",
    "Traceback (most recent call last):",
    '  File "/home/runner/work/r/r/main.py", line 7, in <module>',
    '##[error]    raise ValueError("no such user")',
    "error[E0425]: cannot find value `x` in this scope",
    "##[error] --> src/main.rs:4:5",
    "all is well",
    "##[error]  3:9  error  Missing return type  some-rule",
  ]);
  const at = (path: string, start_line: number, message: string, annotation_level = "failure") => ({
    path,
    start_line,
    annotation_level,
    message,
  });
  const joined = await annotatedLines(await openJobLog(log), [
    at("src/b.ts", 3, "Missing return type"),
    at("src/a.ts", 13, "Missing return type"),
    at("src/a.ts", 3, "Missing return type"),
    at("src/a.ts", 1, "Unexpected console statement", "warning"),
    at("main.py", 7, '"no such user"'),
    at("src/main.rs", 4, "cannot find value `x` in this scope"),
    at("src/c.ts", 3, "Missing return type"),
    at("src/a.ts", 9, "Missing return type"),
  ]);
  expect(joined.map(({ line }) => line?.number)).toEqual([
    7,
    4,
    3,
    2,
    11,
    13,
    undefined,
    undefined,
  ]);
});
