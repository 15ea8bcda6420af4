import { ParameterError } from "@workflow-runs/core/support";
import { expect, expectTypeOf, test } from "vitest";
import { jobText, timed } from "../test/log-archives.ts";
import { writeZip } from "../test/zip-writer.ts";
import { type JobLog, openRunLogs, type RunLogs, type StepLog } from "./index.ts";

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

test("diagnostic archives are listed, and opened on request", async () => {
  const inner = writeZip([{ name: "Runner_1.log", content: "debug" }]);
  const logs = await openRunLogs(
    writeZip([
      { name: "0_build.txt", content: jobText("build") },
      { name: "runner-diagnostic-logs/1-build.zip", content: inner },
    ]),
  );
  const entry = logs.entries.find(({ role }) => role === "diagnostics");
  const [file] = (await entry?.open()) ?? [];
  expect([file?.path, await file?.text()]).toEqual(["Runner_1.log", "debug"]);
});

test("without a client a step fails when it has error lines, of which each stands once", async () => {
  const output = ["a", "b", "##[error]one", "c", "##[error]two", "d"];
  const logs = await openRunLogs(
    writeZip([
      { name: "0_ok.txt", content: jobText("ok") },
      { name: "1_bad.txt", content: jobText("bad", { output }) },
    ]),
  );
  const failures = await all(logs.failures({ context: 2 }));
  expect(failures.map(({ job, step }) => [job.name, step?.name])).toEqual([
    ["bad", "Run npm test"],
  ]);
  expect(failures[0]?.lines.map(({ text }) => text)).toEqual(["a", "b", "one", "c", "two", "d"]);
  expect((await all(logs.failures({ context: 0 })))[0]?.lines.length).toBe(2);
});

test.each([
  [{ levels: ["error", "err"] }, 'levels is "err", not "output", "error", '],
  [{ levels: "error" }, 'levels is "error", not an array of levels'],
  [{ levels: null }, "levels is null, not an array of levels"],
  [{ level: ["error"] }, 'Unknown option "level". Did you mean "levels"? Valid options: levels'],
  [null, "options is null, not an object"],
])("lines(%j) is refused, of a job and of a step", async (options, message) => {
  const logs = await openRunLogs(writeZip([{ name: "0_build.txt", content: jobText("build") }]));
  const [job] = logs.jobs as [JobLog];
  for (const log of [job, job.steps[0] as StepLog]) {
    const reading = () => log.lines(options as object);
    expect(reading).toThrow(ParameterError);
    expect(reading).toThrow(message);
  }
});

test.each([
  [
    { contxt: 1 },
    'failures: Unknown option "contxt". Did you mean "context"? Valid options: context, perStep, matchers, baseline, signal.',
  ],
  [{ context: "3" }, 'failures: context is "3", not a number of lines, 0 or more.'],
  [{ context: -1 }, "failures: context is -1, not a number of lines"],
  [{ perStep: 0 }, "failures: perStep is 0, not a whole number of 1 or more."],
  [{ matchers: [{ owner: "mine" }] }, "matchers[0] (mine): it has no pattern."],
  [3, "failures: options is 3, not an object"],
])("failures(%j) is refused", async (options, message) => {
  const logs = await openRunLogs(writeZip([]));
  const reading = all(logs.failures(options as object));
  await expect(reading).rejects.toThrow(ParameterError);
  await expect(reading).rejects.toThrow(message);
});

test("an unknown limit, or one that is no number, is refused by name", async () => {
  // @ts-expect-error there is no such limit
  await expect(openRunLogs(writeZip([]), { limits: { lines: 1 } })).rejects.toThrow(
    /limits\.lines/,
  );
  await expect(openRunLogs(writeZip([]), { limits: { ratio: 0 } })).rejects.toThrow(
    /limits\.ratio/,
  );
});

test("steps read one after the other, in any order, or twice are the same", async () => {
  const logs = await openRunLogs(writeZip([{ name: "0_build.txt", content: jobText("build") }]));
  const steps = logs.jobs[0]?.steps ?? [];
  const texts = async (list: typeof steps) => {
    const found: Record<string, string> = {};
    for (const step of list) found[step.name] = await step.text();
    return found;
  };
  const inOrder = await texts(steps);
  expect(Object.keys(inOrder)).toEqual(["Set up job", "Run npm test", "Complete job"]);
  expect(Object.values(inOrder).join("")).toBe(jobText("build"));
  expect(await texts(steps.toReversed())).toEqual(inOrder);
  expect(await texts(steps)).toEqual(inOrder);
  const together = await Promise.all(steps.map((step) => step.text()));
  expect(together).toEqual(Object.values(inOrder));
});

test("what the service wrote before the first step is of the job and of no step", async () => {
  const early = timed(["Requested labels: ubuntu-latest"]);
  const logs = await openRunLogs(
    writeZip([{ name: "0_build.txt", content: early + jobText("build", { from: 5 }) }]),
  );
  const [first, second] = await all(logs.jobs[0]?.lines() ?? (async function* () {})());
  expect([first?.step, first?.number, second?.step?.name, second?.number]).toEqual([
    undefined,
    1,
    "Set up job",
    1,
  ]);
});

test("with split: false nothing is read but the directory, and a job still has its lines", async () => {
  const logs = await openRunLogs(writeZip([{ name: "0_build.txt", content: jobText("build") }]), {
    split: false,
  });
  expect(logs.jobs[0]?.steps).toEqual([]);
  expect((await all(logs.jobs[0]?.lines() ?? (async function* () {})())).length).toBe(9);
});

test("an empty archive has no jobs", async () => {
  const logs = await openRunLogs(writeZip([]));
  expect([logs.jobs, logs.entries]).toEqual([[], []]);
});

test("a response without success, or read already, is refused", async () => {
  await expect(openRunLogs(new Response("", { status: 404 }))).rejects.toThrow(/status 404/);
  const read = new Response("x");
  await read.text();
  await expect(openRunLogs(read)).rejects.toThrow(/read already/);
});

test("types: jobs, steps and lines lead to one another", async () => {
  const logs = await openRunLogs(writeZip([]));
  expectTypeOf(logs).toEqualTypeOf<RunLogs>();
  expectTypeOf<RunLogs["jobs"][number]["steps"][number]["job"]>().toEqualTypeOf<JobLog>();
  expectTypeOf<StepLog["number"]>().toEqualTypeOf<number>();
  const wrong = () => {
    // @ts-expect-error earlier attempts are reached with a client only
    void openRunLogs(writeZip([]), { attempts: "all" });
    // @ts-expect-error a path is for /node
    void openRunLogs("logs.zip");
    // @ts-expect-error a job's steps are GitHub's
    logs.jobs[0]?.steps.push();
  };
  expect(wrong).toBeTypeOf("function");
});
