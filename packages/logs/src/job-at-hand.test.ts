import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ParameterError } from "@workflow-runs/core/support";
import type { Job, RepositoryClient } from "@workflow-runs/core";
import { describe, expect, expectTypeOf, test } from "vitest";
import { apiJob, archiveOf, jobText, timed } from "../test/log-archives.ts";
import {
  type DownloadOptions,
  type FailureOptions,
  type JobLog,
  type JobLogOptions,
  type LineOptions,
  openJobLog,
  openRunLogs,
  type OpenOptions,
} from "./index.ts";
import { openJobLog as openFile, openRunLogs as openFolder } from "./node/index.ts";

const text = jobText("build", { output: ["ok", "##[error]Process completed with exit code 1."] });
const bytes = new TextEncoder().encode(text);

async function shown(job: JobLog): Promise<string[]> {
  const lines: string[] = [];
  for await (const { number, step, text: said } of job.lines({ levels: ["error"] }))
    lines.push(`${step?.number} ${step?.name} ${number}: ${said}`);
  return lines;
}

describe("a job's log at hand", () => {
  test.each([
    ["text", () => text],
    ["bytes", () => bytes],
    ["a buffer", () => bytes.buffer],
    ["a Blob", () => new Blob([text])],
    ["a Response", () => new Response(text)],
    ["a stream", () => new Blob([text]).stream()],
    [
      "an iterable",
      async function* () {
        yield bytes.subarray(0, 100);
        yield bytes.subarray(100);
      },
    ],
  ] as const)("is opened from %s", async (_, source) => {
    const job = await openJobLog(source() as never);
    expect([job.name, job.origin, job.api]).toEqual(["build", "job-log", undefined]);
    expect(job.steps.map(({ name }) => name)).toEqual([
      "Set up job",
      "Run npm test",
      "Complete job",
    ]);
    expect(await shown(job)).toEqual(["2 Run npm test 6: Process completed with exit code 1."]);
    expect(await job.text()).toBe(text);
  });

  test("has the API's steps where the job is passed", async () => {
    const job = await openJobLog(text, { job: apiJob(7, "build / x") as Job });
    expect([job.name, job.steps[1]?.name]).toEqual(["build / x", "Test"]);
    expect(await shown(job)).toEqual(["2 Test 6: Process completed with exit code 1."]);
  });

  test("that is none is refused by name", async () => {
    await expect(openJobLog(archiveOf({ build: text }))).rejects.toThrow(
      "it is a zip archive, of a run's logs; openRunLogs opens it",
    );
    await expect(openJobLog(new Response("", { status: 404 }))).rejects.toThrow(/status 404/);
    await expect(openJobLog(text, { jobs: 1 } as never)).rejects.toThrow(ParameterError);
  });
});

describe("at /node", () => {
  test("a file is a job's log, and a folder with what was in an archive a run's", async () => {
    const folder = await mkdtemp(join(tmpdir(), "logs-"));
    try {
      await writeFile(join(folder, "0_build.txt"), text);
      await mkdir(join(folder, "build"));
      await writeFile(join(folder, "build", "1_Test.txt"), text);
      const job = await openFile(join(folder, "0_build.txt"));
      expect(await shown(job)).toEqual(["2 Run npm test 6: Process completed with exit code 1."]);
      expect((await openFile(pathToFileURL(join(folder, "0_build.txt")))).name).toBe("build");
      const logs = await openFolder(folder);
      expect(logs.entries.map(({ path, role }) => [path, role])).toEqual([
        ["0_build.txt", "job"],
        ["build/1_Test.txt", "step"],
      ]);
      expect(await shown(logs.jobs[0] as JobLog)).toHaveLength(1);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe("what gh run view --log prints", () => {
  const dump = (job: string, steps: readonly [string, readonly string[]][]) =>
    steps
      .flatMap(([step, lines]) =>
        lines.map((line, at) => `${job}\t${step}\t2026-01-01T00:00:0${at}.0000000Z ${line}\n`),
      )
      .join("");
  const build = dump("build", [
    ["Set up job", ["Current runner version: '2.331.0'"]],
    ["Test", ["##[group]Run npm test", "##[error]one\nof two lines"]],
  ]);

  test("has the steps it names", async () => {
    const job = await openJobLog(build);
    expect([job.name, job.steps.map(({ name }) => name)]).toEqual([
      "build",
      ["Set up job", "Test"],
    ]);
    expect(await shown(job)).toEqual(["2 Test 2: one", "2 Test 3: of two lines"]);
  });

  test("has the steps that the log shows where gh does not know them", async () => {
    const lines = text.trimEnd().split("\n");
    const unknown = lines.map((line) => `build\tUNKNOWN STEP\t${line}\n`).join("");
    const job = await openJobLog(unknown);
    expect(job.steps.map(({ name }) => name)).toEqual([
      "Set up job",
      "Run npm test",
      "Complete job",
    ]);
  });

  test("of several jobs is a run's logs", async () => {
    const both = build + dump("lint", [["Lint", ["ok"]]]);
    await expect(openJobLog(both)).rejects.toThrow("the text holds the logs of 2 jobs");
    const logs = await openRunLogs(new Blob([both]));
    expect(logs.jobs.map(({ name, steps }) => [name, steps.length])).toEqual([
      ["build", 2],
      ["lint", 1],
    ]);
    const failing: string[] = [];
    for await (const { job, step } of logs.failures()) failing.push(`${job.name} › ${step?.name}`);
    expect(failing).toEqual(["build › Test"]);
  });
});

test("types: every option may be undefined", () => {
  const signal = undefined as AbortSignal | undefined;
  const count = undefined as number | undefined;
  expectTypeOf({
    signal,
    partsFrom: count,
    wait: count,
    idleTimeout: count,
  }).toExtend<DownloadOptions>();
  expectTypeOf({
    signal,
    limits: { ratio: count },
    onProgress: undefined,
  }).toExtend<JobLogOptions>();
  expectTypeOf({ limits: undefined, split: undefined }).toExtend<OpenOptions>();
  expectTypeOf({ signal, levels: undefined }).toExtend<LineOptions>();
  expectTypeOf({ signal, context: count, perStep: count }).toExtend<FailureOptions>();
  const open = (repository: RepositoryClient) => openRunLogs(repository, { run_id: 1 }, { signal });
  expectTypeOf(open).returns.resolves.toHaveProperty("jobs");
});

test("of a log with very many steps each line has its own", async () => {
  const count = 30_000;
  const job = await openJobLog(
    timed(
      Array.from({ length: count }, (_, at) => [
        `##[group]Run echo ${String(at)}`,
        "shell: bash",
        "##[endgroup]",
      ]).flat(),
    ),
  );
  expect(job.steps).toHaveLength(count);
  const misplaced: string[] = [];
  for await (const { level, text, step } of job.lines())
    if (level === "group" && step?.name !== text) misplaced.push(text);
  expect(misplaced).toEqual([]);
});
