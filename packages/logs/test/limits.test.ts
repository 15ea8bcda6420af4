import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

/** Runs a program in a process whose heap is bounded, and gives what it printed. */
function inSmallHeap(megabytes: number, program: string): unknown {
  const href = (path: string) => new URL(path, import.meta.url).href;
  const imports = `
    import { openRunLogs } from ${JSON.stringify(href("../src/index.ts"))};
    import { writeZip } from ${JSON.stringify(href("./zip-writer.ts"))};`;
  const output = execFileSync(
    process.execPath,
    [
      `--max-old-space-size=${megabytes}`,
      "--input-type=module-typescript",
      "--eval",
      imports + program,
    ],
    { encoding: "utf8", maxBuffer: 2 ** 26 },
  );
  return JSON.parse(output);
}

test("60,000 entries are opened and read in a heap of 200 MB", () => {
  expect(
    inSmallHeap(
      200,
      `const entries = Array.from({ length: 60_000 }, (_, at) => ({
        name: \`job \${at % 300}/\${Math.floor(at / 300) + 1}_step.txt\`,
        content: "2026-01-01T00:00:00.0000000Z x\\n",
        method: at % 10 === 0 ? 8 : 0,
      }));
      const logs = await openRunLogs(writeZip(entries));
      let lines = 0;
      for (const job of logs.jobs) for await (const _ of job.lines()) lines++;
      console.log(JSON.stringify({ entries: logs.entries.length, jobs: logs.jobs.length, lines }));`,
    ),
  ).toEqual({ entries: 60_000, jobs: 300, lines: 60_000 });
}, 300_000);

test("40,000 composite actions that never end are split and read in a heap of 64 MB", () => {
  expect(
    inSmallHeap(
      64,
      `const open = Array.from(
        { length: 40_000 },
        (_, at) => \`2026-01-01T00:00:00.0000000Z ##[start-action display=y;id=a.\${at}]\\n\`,
      ).join("");
      const content = open + "2026-01-01T00:00:01.0000000Z last\\n";
      const logs = await openRunLogs(writeZip([{ name: "0_a.txt", content }]));
      let lines = 0;
      let last;
      for await (const line of logs.jobs[0].lines()) { lines++; last = line; }
      const tree = await logs.jobs[0].tree();
      console.log(JSON.stringify({ lines, text: last.text, groups: last.groups.length, tree: tree.length }));`,
    ),
  ).toEqual({ lines: 40_001, text: "last", groups: 32, tree: 1 });
}, 300_000);

test("a step of 300,000 errors is told of in a heap of 64 MB, and those that are left out are counted", () => {
  expect(
    inSmallHeap(
      64,
      `const content = Array.from(
        { length: 300_000 },
        (_, at) => \`2026-01-01T00:00:00.0000000Z ##[error]src/a\${at}.ts(3,9): error TS2322: no\\n\`,
      ).join("");
      const logs = await openRunLogs(writeZip([{ name: "build/1_Build.txt", content: Buffer.from(content) }]));
      const found = [];
      for await (const { errors, omittedErrors, lines } of logs.failures())
        found.push([errors.length, omittedErrors, lines.length <= 60]);
      console.log(JSON.stringify(found));`,
    ),
  ).toEqual([[10_000, 290_000, true]]);
}, 300_000);
