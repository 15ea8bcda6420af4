import { existsSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { describe, expect, test, vi } from "vitest";
import { setUp } from "../test/set-up.ts";
import { unzip, type UnzippedEntry } from "../test/unzip.ts";
import { presets, type RunInit } from "./index.ts";

async function archiveOf(init: RunInit): Promise<UnzippedEntry[]> {
  const { repository, ask } = setUp();
  const run = repository.createRun({ status: "completed", ...init });
  const { response } = await ask(
    "downloadWorkflowRunLogs",
    { run_id: run.id },
    { redirect: "follow" },
  );
  expect(response.status).toBe(200);
  return unzip(new Uint8Array(await response.arrayBuffer()));
}

const names = (entries: readonly UnzippedEntry[]): string[] => entries.map(({ name }) => name);
const text = (entries: readonly UnzippedEntry[], name: string): string => {
  const entry = entries.find((candidate) => candidate.name === name);
  if (entry === undefined) throw new Error(`no ${name} among ${names(entries).join(", ")}`);
  return entry.text;
};

const job = {
  name: "build: x / y",
  steps: [
    "Run actions/checkout@v4",
    { name: "Run npm test", log: "one\ntwo" },
    "Post Run actions/checkout@v4",
  ],
  conclusion: "failure" as const,
};

describe("today's archives", () => {
  test("have a file for each job, its steps and the system, with a BOM and no dates", async () => {
    const entries = await archiveOf({ jobs: [job] });
    expect(names(entries)).toEqual([
      "0_build x _ y.txt",
      "build x _ y/system.txt",
      "build x _ y/1_Set up job.txt",
      "build x _ y/2_Run actions_checkout@v4.txt",
      "build x _ y/3_Run npm test.txt",
      "build x _ y/6_Post Run actions_checkout@v4.txt",
      "build x _ y/7_Complete job.txt",
    ]);
    expect(
      entries.every(
        ({ dosDate, dosTime, madeBy }) => dosDate === 0 && dosTime === 0 && madeBy === 20,
      ),
    ).toBe(true);
    const lines = text(entries, "build x _ y/3_Run npm test.txt").split("\n");
    expect(lines[0]).toMatch(
      /^\uFEFF\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z ##\[group\]Run npm test$/,
    );
    expect(lines.slice(-4).map((line) => line.slice(29))).toEqual([
      "one",
      "two",
      "##[error]Process completed with exit code 1.",
      "",
    ]);
    expect(text(entries, "build x _ y/1_Set up job.txt")).toContain(
      "Complete job name: build: x / y\n",
    );
    expect(text(entries, "build x _ y/system.txt").startsWith("\uFEFF")).toBe(false);
  });

  test("have a job log that is its step logs one after the other", async () => {
    const entries = await archiveOf({ jobs: [job] });
    const steps = entries.filter(({ name }) => /\/\d+_/.test(name));
    const joined = steps.map((entry) => entry.text.replace("\uFEFF", "")).join("");
    expect(text(entries, "0_build x _ y.txt")).toBe(`\uFEFF${joined}`);
  });

  test("have messages that go on in lines without a timestamp", async () => {
    const steps = [{ name: "Run x", log: "##[error]expected%0A  200\n100%0A" }];
    const entries = await archiveOf({ jobs: [{ name: "build", steps }] });
    const lines = text(entries, "build/2_Run x.txt").split("\n");
    expect(lines.slice(-4).map((line) => line.replace(/^2026-\S+Z /, "@ "))).toEqual([
      "@ ##[error]expected",
      "  200",
      "@ 100%0A",
      "",
    ]);
  });

  test("may lack the step files", async () => {
    const entries = await archiveOf({ jobs: [job], logs: { step_files: false } });
    expect(names(entries)).toEqual(["0_build x _ y.txt", "build x _ y/system.txt"]);
  });

  test("keep emoji, tell equal names apart, and have CRLF from Windows", async () => {
    const entries = await archiveOf(presets.awkwardNames());
    const logs = names(entries).filter((name) => /^\d+_/.test(name));
    expect(logs.map((name) => name.replace(/^\d+_/, "")).toSorted()).toEqual([
      "build.txt",
      "build.txt",
      "windows.txt",
      "🏗️ build _ linux x64 - arm64.txt",
    ]);
    expect(logs.map((name) => Number.parseInt(name, 10))).toEqual([0, 1, 2, 3]);
    expect(new Set(names(entries)).size).toBe(entries.length);
    const windows = entries.find(({ name }) => name.endsWith("_windows.txt"));
    expect(windows?.text.match(/(?<!\r)\n/)).toBeNull();
    const systems = entries
      .filter(({ name }) => /^build.*system\.txt$/.test(name))
      .map((entry) => entry.text);
    expect(systems.join()).toMatch(
      /GitHub Actions 1000000174[^]*GitHub Actions 1000000175|175[^]*174/,
    );
  });
});

describe("older archives", () => {
  test("of 2021: ordinals from 1, a folder entry, the strategy's log, CRLF, no BOM", async () => {
    const entries = await archiveOf({
      jobs: [{ ...job, name: "build" }],
      logs: { layout: "2021" },
    });
    expect(names(entries)).toEqual([
      "1_build.txt",
      "1_build (1).txt",
      "build/",
      "build/1_Set up job.txt",
      "build/2_Run actionscheckout@v4.txt",
      "build/3_Run npm test.txt",
      "build/6_Post Run actionscheckout@v4.txt",
      "build/7_Complete job.txt",
    ]);
    expect(text(entries, "1_build.txt")).toMatch(/^2026-[^\n]*\r\n/);
    expect(text(entries, "1_build (1).txt")).toContain("Creating job '__default'");
    expect(entries.every(({ dosDate }) => dosDate > 0)).toBe(true);
  });

  test("of 2023: ordinals from 0, the strategy's negative, made by Unix", async () => {
    const entries = await archiveOf({
      jobs: [{ name: "build (3.10)" }, { name: "build (3.11)" }],
      logs: { layout: "2023", step_files: false },
    });
    expect(names(entries)).toEqual([
      "0_build (3.10).txt",
      "-2147483648_build.txt",
      "1_build (3.11).txt",
    ]);
    expect(text(entries, "-2147483648_build.txt")).toContain("Creating job '_3_10'");
    expect(entries.map(({ madeBy, attributes }) => [madeBy >> 8, attributes])).toEqual(
      entries.map(() => [3, 0x1a40000]),
    );
  });
});

// Real archives, read in place where they are at hand.
const fixtures = process.env["WORKFLOW_RUNS_FIXTURES"];
const real = fixtures === undefined ? undefined : pathToFileURL(`${fixtures}/archives/`);

describe.skipIf(real === undefined || !existsSync(real))(
  "beside a real archive (in WORKFLOW_RUNS_FIXTURES)",
  () => {
    const shape = (entries: readonly UnzippedEntry[]): unknown[] =>
      [
        ...new Set(
          entries.map(({ name, flags, method, madeBy, attributes, text: content }) =>
            JSON.stringify({
              kind: name.endsWith("/")
                ? "folder"
                : /^-?\d+_/.test(name)
                  ? "job"
                  : name.replace(/^.*\/(?:\d+_)?/, "").slice(0, 4) === "syst"
                    ? "system"
                    : "step",
              flags: flags & ~0x800,
              method,
              madeBy,
              attributes,
              bom: content.startsWith("\uFEFF"),
              crlf: content.includes("\r\n"),
            }),
          ),
        ),
      ].toSorted();

    test.for([
      ["2021-hub4j-with-steps.zip", "2021", "build"],
      ["2024-gato-x-negative-ordinal.zip", "2023", "build (3.10)"],
      ["2026-opencode-emoji-with-steps.zip", "2025", "🔒 Secure PR Review"],
    ] as const)(
      "%s has the same kinds of entries as a made one of %s",
      async ([file, layout, name]) => {
        const made = await archiveOf({ jobs: [{ name }], logs: { layout } });
        expect(shape(made)).toEqual(shape(unzip(readFileSync(new URL(file, real)))));
      },
    );
  },
);

describe("downloads", () => {
  test("are redirected to a URL of one minute, which takes no token", async () => {
    const { fake, repository, ask } = setUp();
    const run = repository.createRun({ status: "completed" });
    const { status, headers } = await ask("downloadWorkflowRunLogs", { run_id: run.id });
    expect(status).toBe(302);
    const location = headers.get("location") ?? "";
    expect(new URL(location).origin).not.toBe(new URL(fake.baseUrl).origin);
    expect((await fake.fetch(location, { headers: { authorization: "Bearer x" } })).status).toBe(
      400,
    );
    expect((await fake.fetch(location.replace("se=2026", "se=2036"))).status).toBe(403);
    const tampered = location.replace(/sig=\w{4}/, "sig=0000");
    expect((await fake.fetch(tampered)).status).toBe(403);
    expect((await fake.fetch(location)).status).toBe(200);
    fake.advance("61s");
    expect((await fake.fetch(location)).status).toBe(403);
  });

  test("of a job work before the run is over, those of the run do not", async () => {
    const { fake, repository, ask } = setUp();
    const run = repository.createRun({
      jobs: [
        { name: "quick", steps: [{ name: "Run true", seconds: 1, log: "quick done" }] },
        { name: "slow", steps: [{ name: "Run sleep", seconds: 900 }] },
      ],
    });
    fake.advance("1m");
    const [quick, slow] = run.jobs.map(({ id }) => id);
    expect((await ask("downloadWorkflowRunLogs", { run_id: run.id })).status).toBe(404);
    // Measured in 2026: the job is there, so GitHub redirects, and the storage has no such blob.
    const { status, headers } = await ask("downloadJobLogsForWorkflowRun", { job_id: slow });
    expect(status).toBe(302);
    const blob = await fake.fetch(headers.get("location") ?? "");
    expect([blob.status, blob.headers.get("content-type")]).toEqual([404, "application/xml"]);
    expect(await blob.text()).toContain("<Code>BlobNotFound</Code>");
    expect((await ask("downloadJobLogsForWorkflowRun", { job_id: 1 })).status).toBe(404);
    const { response } = await ask(
      "downloadJobLogsForWorkflowRun",
      { job_id: quick },
      { redirect: "follow" },
    );
    expect(await response.text()).toContain(" quick done\n");
  });

  test("of a job that lost its runner are nowhere", async () => {
    const { fake, repository, ask } = setUp();
    const run = repository.createRun(presets.lostRunner());
    const lost = run.jobs.find(({ name }) => name === "build");
    const follow = { redirect: "follow" as const };
    const log = await ask("downloadJobLogsForWorkflowRun", { job_id: lost?.id }, follow);
    expect(log.status).toBe(404);
    const { response } = await ask("downloadWorkflowRunLogs", { run_id: run.id }, follow);
    const entries = unzip(new Uint8Array(await response.arrayBuffer()));
    expect(entries.map(({ name }) => name).filter((name) => /build/.test(name))).toEqual([]);
    expect(entries.length).toBeGreaterThan(0);
    const annotations = `/repos/octo-org/octo-repo/check-runs/${lost?.id}/annotations`;
    expect(await (await fake.fetch(fake.baseUrl + annotations)).json()).toMatchObject([
      { annotation_level: "failure", message: expect.stringContaining("lost communication") },
    ]);
  });

  test("are 410 once expired and 404 once deleted", async () => {
    const { fake, repository, ask } = setUp();
    const run = repository.createRun({
      status: "completed",
      logs: { expired: "2026-11-01T11:00:00Z" },
    });
    const download = async (): Promise<number> =>
      (await ask("downloadWorkflowRunLogs", { run_id: run.id })).status;
    expect(await download()).toBe(302);
    fake.advance("2h");
    expect(await download()).toBe(410);
    const other = repository.createRun({ status: "completed" });
    expect((await ask("deleteWorkflowRunLogs", { run_id: other.id })).status).toBe(204);
    expect((await ask("downloadWorkflowRunLogs", { run_id: other.id })).status).toBe(404);
    const going = repository.createRun({ status: "in_progress" });
    expect((await ask("deleteWorkflowRunLogs", { run_id: going.id })).status).toBe(403);
  });

  test("of an attempt hold only the jobs it ran", async () => {
    const { fake, repository, ask } = setUp();
    const run = repository.createRun(presets.failure());
    await ask("reRunWorkflowFailedJobs", { run_id: run.id });
    fake.advance("1h");
    const jobs = async (attempt_number: number): Promise<string[]> => {
      const { response } = await ask(
        "downloadWorkflowRunAttemptLogs",
        { run_id: run.id, attempt_number },
        { redirect: "follow" },
      );
      const entries = unzip(new Uint8Array(await response.arrayBuffer()));
      return names(entries)
        .filter((name) => /^\d+_/.test(name))
        .map((name) => name.replace(/^\d+_/, ""))
        .toSorted();
    };
    expect(await jobs(1)).toEqual(["build.txt", "lint.txt"]);
    expect(await jobs(2)).toEqual(["build.txt", "deploy.txt"]);
  });

  test("of an attempt with debug logging say more, and hold what the runner left", async () => {
    const { fake, repository, ask } = setUp();
    const run = repository.createRun(presets.success());
    await ask("reRunWorkflow", { run_id: run.id, enable_debug_logging: true });
    fake.advance("1h");
    const parameters = { run_id: run.id, attempt_number: 2 };
    const { response } = await ask("downloadWorkflowRunAttemptLogs", parameters, {
      redirect: "follow",
    });
    const entries = unzip(new Uint8Array(await response.arrayBuffer()));
    expect(text(entries, "build/4_Run npm test.txt")).toContain(
      "##[debug]Starting: Run npm test\n",
    );
    const inner = entries.find(({ name }) => name.startsWith("runner-diagnostic-logs/"));
    expect(inner?.name).toBe(`runner-diagnostic-logs/${run.jobs[0]?.id}-build.zip`);
    const [runner, worker] = unzip(inner?.bytes ?? new Uint8Array());
    expect(runner?.text).toContain("Running job: build");
    expect(worker?.text).toContain("DisplayName='Run npm test'");
  });

  test("serve ranges", async () => {
    const { fake, repository, ask } = setUp();
    const run = repository.createRun({ status: "completed" });
    const location =
      (await ask("downloadWorkflowRunLogs", { run_id: run.id })).headers.get("location") ?? "";
    const whole = new Uint8Array(await (await fake.fetch(location)).arrayBuffer());
    const part = await fake.fetch(location, { headers: { range: "bytes=10-19" } });
    expect([part.status, part.headers.get("content-range")]).toEqual([
      206,
      `bytes 10-19/${whole.length}`,
    ]);
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(whole.slice(10, 20));
    const rest = await fake.fetch(location, { headers: { range: `bytes=${whole.length - 5}-` } });
    expect(new Uint8Array(await rest.arrayBuffer())).toEqual(whole.slice(-5));
    expect(
      (await fake.fetch(location, { headers: { range: `bytes=${whole.length}-` } })).status,
    ).toBe(416);
    // The blob store knows no ranges counted from the end.
    expect((await fake.fetch(location, { headers: { range: "bytes=-5" } })).status).toBe(200);
    const head = await fake.fetch(location, { method: "HEAD" });
    expect(head.headers.get("content-length")).toBe(String(whole.length));
  });

  test.for([
    ["jsdom, whose Blob is not Node's", "Blob", FormData],
    ["jest-environment-jsdom, which hides CompressionStream", "CompressionStream", undefined],
  ] as const)("are whole, and in parts, under %s", async ([, name, replacement]) => {
    vi.stubGlobal(name, replacement);
    try {
      const { fake, repository, ask } = setUp();
      const run = repository.createRun({ status: "completed", jobs: [job] });
      const { headers } = await ask("downloadWorkflowRunLogs", { run_id: run.id });
      const location = headers.get("location") ?? "";
      const response = await fake.fetch(location);
      const whole = new Uint8Array(await response.arrayBuffer());
      expect(response.headers.get("content-length")).toBe(String(whole.length));
      expect(text(unzip(whole), "0_build x _ y.txt")).toContain(" two\n");
      const part = await fake.fetch(location, { headers: { range: "bytes=10-49" } });
      expect(new Uint8Array(await part.arrayBuffer())).toEqual(whole.slice(10, 50));
    } finally {
      vi.unstubAllGlobals();
    }
  });

  test("of any size are made as they are read", async () => {
    const { fake, repository, ask } = setUp();
    const run = repository.createRun(presets.hugeLog());
    const location =
      (await ask("downloadWorkflowRunLogs", { run_id: run.id })).headers.get("location") ?? "";
    const response = await fake.fetch(location);
    expect(response.headers.has("content-length")).toBe(false);
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    const first = await reader.read();
    expect(first.value?.length).toBeGreaterThan(0);
    await reader.cancel();
  });
});
