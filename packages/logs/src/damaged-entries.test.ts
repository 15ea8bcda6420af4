import { createClient } from "@workflow-runs/core";
import { expect, test } from "vitest";
import { apiJob, archiveOf, jobText, noise, timed, withStepFiles } from "../test/log-archives.ts";
import { logServer } from "../test/log-server.ts";
import { writeZip } from "../test/zip-writer.ts";
import { CorruptArchiveError, explain, openRunLogs, type RunLogs } from "./index.ts";

const failing = jobText("docs", { output: ["##[error]Process completed with exit code 2."] });
const texts = { lint: jobText("lint"), build: jobText("build"), docs: failing };

/** The archive with a byte of this entry's data changed. */
function damaged(archive: Uint8Array, name: string, position = 40): Uint8Array {
  const at = Buffer.from(archive).indexOf(`0_${name}.txt`);
  const bytes = Uint8Array.from(archive);
  const data = at + `0_${name}.txt`.length;
  bytes[data + position] = (bytes[data + position] as number) ^ 255;
  return bytes;
}

async function read(logs: RunLogs): Promise<Record<string, number | string>> {
  const lines: Record<string, number | string> = {};
  for (const job of logs.jobs) {
    try {
      let count = 0;
      for await (const _ of job.lines()) count++;
      lines[job.name] = count;
    } catch (error) {
      if (!(error instanceof CorruptArchiveError)) throw error;
      lines[job.name] = "damaged";
    }
  }
  return lines;
}

const archive = damaged(archiveOf(texts), "lint");
const expected = { lint: "damaged", build: 9, docs: 9 };

test("a damaged entry of an archive at hand is that job's own fault", async () => {
  expect(await read(await openRunLogs(archive))).toEqual(expected);
});

test("failures() and explain() tell of it, and go on", async () => {
  const { failures, text } = await explain(await openRunLogs(archive));
  expect(failures.map(({ job, kind, lines }) => [job.name, kind, lines.length > 0])).toEqual([
    ["lint", "no-step", false],
    ["docs", "failed", true],
  ]);
  expect(failures[0]?.reason).toMatch(/^The log of the job cannot be read: .*0_lint\.txt/);
  expect(text).toContain("2 failures in 2 jobs.");
});

test.each([
  ["downloaded", Infinity],
  ["read in parts", 1],
])("a damaged entry of an archive that is %s is that job's own fault", async (_, partsFrom) => {
  const jobs = [
    apiJob(1, "lint", { conclusion: "failure" }),
    apiJob(2, "build"),
    apiJob(3, "docs"),
  ];
  await using server = await logServer({ archives: { latest: archive }, jobs: { latest: jobs } });
  const github = createClient({ auth: "secret", baseUrl: server.baseUrl, retry: false });
  const logs = await openRunLogs(github, { owner: "o", repo: "r", run_id: 1 }, { partsFrom });
  expect(await read(logs)).toEqual(expected);
  const reasons: string[] = [];
  for await (const { job, reason } of logs.failures()) reasons.push(`${job.name}: ${reason}`);
  expect(reasons).toEqual([
    expect.stringMatching(/^lint: The log of .*cannot be read: .*0_lint\.txt/) as string,
  ]);
});

test.each([
  ["downloaded", Infinity],
  ["read in parts", 1],
])(
  "where an archive that is %s has a damaged entry, the job's own log is read",
  async (_, partsFrom) => {
    const long = jobText("lint", { output: noise(900_000).split("\n") });
    const archive = damaged(archiveOf({ ...texts, lint: long }), "lint", 600_000);
    const jobs = [
      apiJob(1, "lint", { conclusion: "failure" }),
      apiJob(2, "build"),
      apiJob(3, "docs"),
    ];
    await using server = await logServer({
      archives: { latest: archive },
      jobs: { latest: jobs },
      jobLogs: { 1: long },
    });
    const github = createClient({ auth: "secret", baseUrl: server.baseUrl, retry: false });
    const open = () => openRunLogs(github, { owner: "o", repo: "r", run_id: 1 }, { partsFrom });
    const logs = await open();
    expect(logs.jobs[0]?.origin).toBe("archive");
    const lines = await read(logs);
    expect(lines).toMatchObject({ build: 9, docs: 9 });
    expect(lines["lint"]).toBe(long.split("\n").length - 1);
    expect(logs.jobs.map(({ origin }) => origin)).toEqual(["job-log", "archive", "archive"]);
    const ofJobs = server.seen.filter(({ host, path }) => host === "api" && /\d\/logs/.test(path));
    expect(ofJobs.map(({ path }) => /jobs\/\d+/.exec(path)?.[0]).filter(Boolean)).toEqual([
      "jobs/1",
    ]);

    // Nothing of the damaged entry is in what is read at the first try, in whichever way.
    expect(await (await open()).jobs[0]?.text()).toBe(long);
    const [step] = (await open()).jobs.flatMap(({ steps }) => steps.slice(1));
    expect(long).toContain(await step?.text());
    for await (const { job, reason, step } of (await open()).failures()) {
      expect([job.name, step?.number]).toEqual(["lint", 2]);
      expect(reason).not.toContain("cannot be read");
    }
    const withoutSteps = { ...apiJob(1, "lint"), steps: [] };
    server.jobs = { latest: [withoutSteps, ...jobs.slice(1)] };
    expect((await read(await open()))["lint"]).toBe(long.split("\n").length - 1);
  },
);

test.each([
  ["cut off", archiveOf(texts).subarray(0, -40)],
  ["without its end", archiveOf(texts).subarray(0, 700)],
])("where an archive is %s each time, the jobs' own logs are read", async (_, cut) => {
  const jobs = [
    apiJob(1, "lint"),
    apiJob(2, "build"),
    apiJob(3, "docs", { conclusion: "failure" }),
  ];
  await using server = await logServer({
    archives: { latest: cut },
    jobs: { latest: jobs },
    jobLogs: { 1: texts.lint, 3: texts.docs },
    deletedLogs: [2],
  });
  const github = createClient({ auth: "secret", baseUrl: server.baseUrl, retry: false });
  const logs = await openRunLogs(github, { owner: "o", repo: "r", run_id: 1 });
  expect(await read(logs)).toEqual({ lint: 9, build: 0, docs: 9 });
  expect(logs.jobs.map(({ origin }) => origin)).toEqual(["job-log", "none", "job-log"]);
  for await (const { reason } of logs.failures())
    expect(reason).toBe("Process completed with exit code 2.");
  server.jobs = { latest: [] };
  await expect(openRunLogs(github, { owner: "o", repo: "r", run_id: 1 })).rejects.toThrow(
    CorruptArchiveError,
  );
});

test("where neither the archive's entry nor the job's own log can be read, the error is the entry's", async () => {
  const jobs = [apiJob(1, "lint"), apiJob(2, "build"), apiJob(3, "docs")];
  await using server = await logServer({
    archives: { latest: archive },
    jobs: { latest: jobs },
    deletedLogs: [1],
  });
  const github = createClient({ auth: "secret", baseUrl: server.baseUrl, retry: false });
  const logs = await openRunLogs(github, { owner: "o", repo: "r", run_id: 1 });
  expect(await read(logs)).toEqual(expected);
  expect(logs.jobs[0]?.origin).toBe("archive");
});

test("what could not be read once, is read when it can be", async () => {
  const jobs = [apiJob(1, "lint"), apiJob(2, "build"), apiJob(3, "docs")];
  await using server = await logServer({
    archives: { latest: archive },
    jobs: { latest: jobs },
    deletedLogs: [1],
    jobLogs: { 1: texts.lint },
  });
  const github = createClient({ auth: "secret", baseUrl: server.baseUrl, retry: false });
  const logs = await openRunLogs(github, { owner: "o", repo: "r", run_id: 1 });
  expect(await read(logs)).toEqual(expected);
  server.deletedLogs = [];
  expect(await read(logs)).toEqual({ ...expected, lint: 9 });
  expect(logs.jobs[0]?.origin).toBe("job-log");
});

test("a job's own log whose host fails or breaks off hides no other job's reason", async () => {
  const jobs = [
    apiJob(1, "lint", { conclusion: "failure" }),
    apiJob(4, "broken", { conclusion: "failure" }),
    apiJob(3, "docs", { conclusion: "failure" }),
  ];
  await using server = await logServer({
    archives: { latest: archiveOf({ docs: failing }) },
    jobs: { latest: jobs },
    failingLogs: [1],
    jobLogs: { 4: noise(200_000) },
  });
  const github = createClient({ auth: "secret", baseUrl: server.baseUrl, retry: false });
  const logs = await openRunLogs(github, { owner: "o", repo: "r", run_id: 1 });
  server.breakAfter = [10_000, 10_000, 10_000, 10_000, 10_000, 10_000];
  const reasons: string[] = [];
  for await (const { job, reason } of logs.failures()) reasons.push(`${job.name}: ${reason}`);
  expect(reasons).toEqual([
    expect.stringMatching(/^lint: The log of step 2, "Test", cannot be read: .*503/s) as string,
    expect.stringMatching(
      /^broken: The log of .*cannot be read: The download .*broke off/,
    ) as string,
    "docs: Process completed with exit code 2.",
  ]);
});

test("a damaged log says so at its end also where only its head is of use, beside step files", async () => {
  const steps: [string, string][] = [
    ["Set up job", jobText("a")],
    ["Test", noise(900_000)],
  ];
  const zip = damaged(writeZip(withStepFiles("a", steps)), "a", 600_000);
  expect(await read(await openRunLogs(zip))).toEqual({ a: "damaged" });
});

test("a damaged step file is that job's own fault", async () => {
  const files = ["a", "b"].flatMap((name) =>
    withStepFiles(name, [
      ["Set up job", `set up ${name}\n`],
      ["Test", `${name} `.repeat(200)],
    ]),
  );
  const zip = writeZip(files);
  const at = Buffer.from(zip).indexOf("a/2_Test.txt") + "a/2_Test.txt".length;
  zip[at + 3] = (zip[at + 3] as number) ^ 255;
  const logs = await openRunLogs(zip);
  const lines = await read(logs);
  expect(lines["a"]).toBe("damaged");
  expect(lines["b"]).toBeGreaterThan(0);
});

test.each([
  ["a short", 200],
  ["a long", 900_000],
])(
  "where %s step file is damaged, the step is cut out of the job's log, at the first reading",
  async (_, length) => {
    const steps: [string, string][] = [
      ["Set up job", timed(["Current runner version: '2.331.0'", "Complete job name: a"])],
      [
        "Test",
        timed(
          [
            "##[group]Run npm test",
            "shell: bash",
            "##[endgroup]",
            ...noise(length).trim().split("\n"),
          ],
          2,
        ),
      ],
      ["Complete job", timed(["Cleaning up orphan processes"], 100_000)],
    ];
    const zip = writeZip(withStepFiles("a", steps));
    const at = Buffer.from(zip).indexOf("a/2_Test.txt") + "a/2_Test.txt".length + length / 2;
    zip[at] = (zip[at] as number) ^ 255;
    const jobs = [apiJob(1, "a")];
    await using server = await logServer({ archives: { latest: zip }, jobs: { latest: jobs } });
    const github = createClient({ auth: "secret", baseUrl: server.baseUrl, retry: false });
    const logs = await openRunLogs(github, { owner: "o", repo: "r", run_id: 1 });
    const [job] = logs.jobs;
    const raw: string[] = [];
    for await (const line of job?.steps[1]?.lines() ?? []) raw.push(`${line.raw}\n`);
    expect(raw.join("")).toBe(steps[1]?.[1]);
    expect(await job?.steps[1]?.text()).toBe(steps[1]?.[1]);
    expect(await read(logs)).toEqual({
      a:
        steps
          .map(([, text]) => text)
          .join("")
          .split("\n").length - 1,
    });
  },
);
