import { createClient } from "@workflow-runs/core";
import { expect, test } from "vitest";
import { apiJob, archiveOf, jobText, withStepFiles } from "../test/log-archives.ts";
import { logServer } from "../test/log-server.ts";
import { writeZip } from "../test/zip-writer.ts";
import { CorruptArchiveError, explain, openRunLogs, type RunLogs } from "./index.ts";

const failing = jobText("docs", { output: ["##[error]Process completed with exit code 2."] });
const texts = { lint: jobText("lint"), build: jobText("build"), docs: failing };

/** The archive with a byte of this entry's data changed. */
function damaged(archive: Uint8Array, name: string): Uint8Array {
  const at = Buffer.from(archive).indexOf(`0_${name}.txt`);
  const bytes = Uint8Array.from(archive);
  const data = at + `0_${name}.txt`.length;
  bytes[data + 40] = (bytes[data + 40] as number) ^ 255;
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
