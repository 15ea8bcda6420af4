import { describe, expect, test } from "vitest";
import { apiJob, jobText, timed } from "../test/log-archives.ts";
import type { Job } from "@workflow-runs/core";
import { explain, type JobLog, openJobLog, openRunLogs } from "./index.ts";

// Logs as people have them: saved by a tool or a shell, cut, copied from the page.

const output = [
  "> demo@1.0.0 test",
  "src/sum.ts(3,5): error TS2322: Type 'string' is not assignable to type 'number'.",
  "##[error]Process completed with exit code 2.",
];
const text = jobText("build", { output });
const withoutTimes = text.replaceAll(/^\S+Z /gm, "");
const reason = "src/sum.ts(3,5): error TS2322: Type 'string' is not assignable to type 'number'.";

/** What `gh run view --log` prints: each line behind the names of the job and of the step. */
function dumped(log: string, { job = "build", step = "UNKNOWN STEP", mark = "" } = {}): string {
  const lines = log.trimEnd().split("\n");
  return lines.map((line, at) => `${job}\t${step}\t${at === 0 ? mark : ""}${line}\n`).join("");
}

function utf16(text: string, { bigEndian = false } = {}): Uint8Array {
  const bytes = Buffer.from(`\ufeff${text}`, "utf16le");
  return new Uint8Array(bigEndian ? bytes.swap16() : bytes);
}

async function whyOf(job: JobLog): Promise<[string | undefined, string][]> {
  const { failures } = await explain(job);
  return failures.map(({ step, reason }) => [step?.name, reason]);
}

describe("a log without times", () => {
  test("has its job, its steps and its failing step, and says why", async () => {
    const job = await openJobLog(withoutTimes);
    expect(job.name).toBe("build");
    expect(job.steps.map(({ name }) => name)).toEqual([
      "Set up job",
      "Run npm test",
      "Complete job",
    ]);
    expect(await whyOf(job)).toEqual([["Run npm test", reason]]);
    const errors: unknown[] = [];
    for await (const { text, timestamp, continuation } of job.lines({ levels: ["error"] }))
      errors.push([text, timestamp, continuation]);
    expect(errors).toEqual([["Process completed with exit code 2.", undefined, false]]);
    expect(await job.text()).toBe(withoutTimes);
  });

  test("has the API's steps where the job is passed", async () => {
    const api = apiJob(7, "build", { conclusion: "failure" }) as Job;
    const job = await openJobLog(withoutTimes, { job: api });
    expect(await whyOf(job)).toEqual([["Test", reason]]);
  });

  test("that holds only a part of a job says why", async () => {
    const part = withoutTimes.split("\n").slice(7, -2).join("\n");
    expect(await whyOf(await openJobLog(part))).toEqual([[undefined, reason]]);
  });

  test("keeps a warning before a step's header in the step that wrote it", async () => {
    const step = (name: string) => `##[group]Run ${name}\nshell: bash\n##[endgroup]\n`;
    const log = `${step("./one.sh")}##[warning]deprecated\n${step("./two.sh")}`;
    const job = await openJobLog(log);
    expect(job.steps.map(({ name }) => name)).toEqual(["Run ./one.sh", "Run ./two.sh"]);
    expect(await job.steps[0]?.text()).toMatch(/##\[warning\]deprecated\n$/);
  });

  test.each([
    ["Windows line ends", withoutTimes.replaceAll("\n", "\r\n")],
    ["a byte order mark", `\ufeff${withoutTimes}`],
    ["colours", withoutTimes.replace("error TS2322", "\u001b[91merror\u001b[0m TS2322")],
    ["colours as gh writes them", withoutTimes.replace("error TS", "^[[91merror^[[0m TS")],
  ])("is read with %s", async (_, log) => {
    expect(await whyOf(await openJobLog(log))).toEqual([["Run npm test", reason]]);
  });
});

describe("a log of which a part has times", () => {
  const lines = text.split("\n");
  const bare = withoutTimes.split("\n");

  test.each([
    ["only its head has none", [...bare.slice(0, 4), ...lines.slice(4)]],
    ["only its head has some", [...lines.slice(0, 3), ...bare.slice(3)]],
  ])("says why where %s", async (_, mixed) => {
    const job = await openJobLog(mixed.join("\n"));
    expect(job.steps.map(({ name }) => name)).toContain("Run npm test");
    expect(await whyOf(job)).toEqual([["Run npm test", reason]]);
  });

  test("goes on with a message where a line has neither a time nor a marker", async () => {
    const job = await openJobLog(timed(["##[error]first\nsecond", "third"]));
    const levels: unknown[] = [];
    for await (const { level, continuation } of job.lines()) levels.push([level, continuation]);
    expect(levels).toEqual([
      ["error", false],
      ["error", true],
      ["output", false],
    ]);
  });
});

describe("a log copied from GitHub's page", () => {
  const copied = `Run npm test\n${output.join("\n").replace("##[error]", "Error: ")}\n`;

  test("fails where the page shows an error of the runner's", async () => {
    expect(await whyOf(await openJobLog(copied))).toEqual([[undefined, reason]]);
  });

  test("where only a program writes an error, that it failed is a guess", async () => {
    const job = await openJobLog("Run npm test\nError: no such branch\ntrying another one\n");
    const { failures } = await explain(job);
    expect(failures).toMatchObject([{ reason: "Error: no such branch", confidence: "low" }]);
    const log = timed(["Error: Process completed with exit code 1.", "which was expected"]);
    expect(await whyOf(await openJobLog(log))).toEqual([]);
  });
});

describe("a log without an error of the runner's", () => {
  const failing = output.slice(0, -1);
  const lines = text.split("\n");

  test("that is cut says what a tool said in its last step, as a guess", async () => {
    const cut = lines.slice(0, -3).join("\n");
    expect(cut).not.toContain("##[error]");
    const { failures } = await explain(await openJobLog(cut));
    expect(failures).toMatchObject([
      { step: { name: "Run npm test" }, kind: "failed", reason, rule: "tsc", confidence: "low" },
    ]);
  });

  test("that no runner wrote says what a tool said", async () => {
    const { failures } = await explain(await openJobLog(`${failing.join("\n")}\n`));
    expect(failures).toMatchObject([{ step: undefined, reason, confidence: "low" }]);
  });

  test("that act wrote says what the tool said, not that the job failed", async () => {
    const ofAct = [
      "[CI/build] 🚀  Start image=catthehacker/ubuntu:act-latest",
      "[CI/build] ⭐ Run Main npm test",
      "[CI/build]   🐳  docker exec cmd=[bash -e /var/run/act/workflow/1] user= workdir=",
      ...failing.map((line) => `[CI/build]   | ${line}`),
      "[CI/build]   ❌  Failure - Main npm test [1.2s]",
      "[CI/build] exitcode '2': failure",
      "[CI/build] 🏁  Job failed",
      "Error: Job 'build' failed",
    ];
    const { failures } = await explain(await openJobLog(`${ofAct.join("\n")}\n`));
    expect(failures).toMatchObject([{ reason, rule: "tsc", confidence: "low" }]);
  });

  test("that has the runner's end did not fail, whatever its tools said", async () => {
    const green = jobText("build", { output: failing });
    expect(await whyOf(await openJobLog(green))).toEqual([]);
  });

  test("in which an action only marked pip's notice did not fail", async () => {
    const notice = "##[error][notice] A new release of pip is available: 21.1.1 -> 25.0.1";
    const green = jobText("build", { output: [notice, "Successfully installed certifi"] });
    expect(await whyOf(await openJobLog(green))).toEqual([]);
  });

  test("whose last step says nothing of an error did not fail", async () => {
    const cut = jobText("build", { output: ["2 tests passed", "the sums are not rounded"] });
    const job = await openJobLog(cut.split("\n").slice(0, -2).join("\n"));
    expect(await whyOf(job)).toEqual([]);
  });
});

describe("a log that a shell has saved", () => {
  test.each([
    ["UTF-16, as PowerShell writes it", utf16(text)],
    ["UTF-16 without its mark", utf16(text).subarray(2)],
    [
      "UTF-16 with the high byte first, without its mark",
      utf16(text, { bigEndian: true }).subarray(2),
    ],
    ["UTF-16 with the high byte first", utf16(text, { bigEndian: true })],
    ["UTF-16 with Windows line ends", utf16(text.replaceAll("\n", "\r\n"))],
    ["UTF-16 without times", utf16(withoutTimes)],
    ["a mark in code page 437", Buffer.from(`∩╗┐${text}`)],
    ["a mark in code page 1252", Buffer.from(`ï»¿${text}`)],
    ["a mark that was lost", Buffer.from(`?${text}`)],
  ])("is read: %s", async (_, bytes) => {
    const job = await openJobLog(new Uint8Array(bytes));
    expect(job.steps.map(({ name }) => name)).toEqual([
      "Set up job",
      "Run npm test",
      "Complete job",
    ]);
    expect(await whyOf(job)).toEqual([["Run npm test", reason]]);
    expect(await job.text()).toMatch(/^(?:2026-|Current runner)/);
  });

  test.each([
    ["UTF-16", utf16(dumped(text))],
    ["UTF-16, a mark in code page 437", utf16(dumped(text, { mark: "∩╗┐" }))],
    ["UTF-16, a mark in code page 850", utf16(dumped(text, { mark: "´╗┐" }))],
    ["UTF-16, a mark in code page 932", utf16(dumped(text, { mark: "・ｿ" }))],
    ["a mark in code page 437", Buffer.from(dumped(text, { mark: "∩╗┐" }))],
    ["a mark that was lost", Buffer.from(dumped(text, { mark: "???" }))],
    ["a byte order mark", Buffer.from(dumped(text, { mark: "\ufeff" }))],
    ["Windows line ends", Buffer.from(dumped(text).replaceAll("\n", "\r\n"))],
    ["without times", Buffer.from(dumped(withoutTimes))],
    ["the command before it", Buffer.from(`$ gh run view 42 --log\n\n${dumped(text)}`)],
  ])("is read as what gh printed: %s", async (_, bytes) => {
    const source = new Uint8Array(bytes);
    const job = await openJobLog(source);
    expect([job.name, job.steps.map(({ name }) => name)]).toEqual([
      "build",
      ["Set up job", "Run npm test", "Complete job"],
    ]);
    expect(await whyOf(job)).toEqual([["Run npm test", reason]]);
    const logs = await openRunLogs(new Blob([source]));
    expect(logs.jobs.map(({ name }) => name)).toEqual(["build"]);
  });

  test("is read in whatever pieces its stream comes", async () => {
    const bytes = utf16(dumped(text, { mark: "∩╗┐" }));
    const job = await openJobLog(
      (async function* () {
        for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
      })(),
    );
    expect(job.name).toBe("build");
    expect(await whyOf(job)).toEqual([["Run npm test", reason]]);
  });

  test("of several jobs, each step behind a spoilt mark, is a run's", async () => {
    const mark = "∩╗┐";
    const both =
      dumped(timed(["##[group]Run npm run lint", "ok"]), { job: "lint", step: "Lint", mark }) +
      dumped(timed(output), { job: "test", step: "Types", mark }) +
      dumped(timed(["ok"]), { job: "test", step: "Post Types", mark });
    const logs = await openRunLogs(utf16(both));
    expect(logs.jobs.map(({ name, steps }) => [name, steps.length])).toEqual([
      ["lint", 1],
      ["test", 2],
    ]);
    const { failures } = await explain(logs);
    expect(failures.map(({ job, step, reason }) => [job.name, step?.name, reason])).toEqual([
      ["test", "Types", reason],
    ]);
  });

  test.each([
    ["437", "∩╗┐", "Γ¥î caf├⌐ ΓåÆ closed"],
    ["850", "´╗┐", "ÔØî caf├® ÔåÆ closed"],
  ])("whose UTF-8 was read in code page %s is UTF-8 again", async (_, mark, spoilt) => {
    const log = timed([
      "##[group]Run ./x",
      "shell: bash",
      "##[endgroup]",
      spoilt,
      ...output.slice(2),
    ]);
    for (const source of [`${mark}${log}`, dumped(log, { mark })]) {
      const job = await openJobLog(utf16(source));
      expect(await whyOf(job)).toEqual([["Run ./x", "❌ café → closed"]]);
      expect(await job.text()).toContain(" ❌ café → closed\n");
    }
  });

  test("that prints a table with tabs is no print of gh's", async () => {
    const table = timed(["a\tb\tc", "build\tTest\t2026-01-01T00:00:00.0000000Z ok"]);
    const job = await openJobLog(table);
    expect([job.name, await job.text()]).toEqual(["job", table]);
  });
});
