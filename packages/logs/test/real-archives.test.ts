import { gunzipSync } from "node:zlib";
import type { Job } from "@workflow-runs/core";
import { describe, expect, test } from "vitest";
import { type JobLog, type LogLine, openRunLogs, type RunLogs } from "../src/index.ts";
import { JobScanner } from "../src/steps/job-scan.ts";
import { stepsOfApi } from "../src/steps/steps-of-api.ts";
import { stepsOfLog } from "../src/steps/steps-of-log.ts";
import { fixture, hasFixtures, realArchive, skipped } from "./fixtures.ts";
import { writeZip } from "./zip-writer.ts";

const withSteps = [
  "2021-hub4j-with-steps.zip",
  "2024-gato-x-negative-ordinal.zip",
  "2026-opencode-emoji-with-steps.zip",
];

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function counts(logs: RunLogs): Promise<unknown> {
  return Promise.all(
    logs.jobs.map(async ({ name, steps }) => [
      name,
      await Promise.all(
        steps.map(
          async (step) => `${step.number} ${step.name}: ${(await all(step.lines())).length}`,
        ),
      ),
    ]),
  );
}

describe.skipIf(!hasFixtures)(`real archives${skipped}`, () => {
  test("2021: steps with lost slashes, and a strategy log that looks like a job's", async () => {
    const logs = await openRunLogs(realArchive("2021-hub4j-with-steps.zip"));
    expect(await counts(logs)).toEqual([
      [
        "build",
        [
          "1 Set up job: 30",
          "2 Run actionscheckout@v2: 73",
          "3 Run a one-line script: 5",
          "4 Run a multi-line script: 7",
          "8 Post Run actionscheckout@v2: 9",
          "9 Complete job: 1",
        ],
      ],
    ]);
    expect(logs.entries.find(({ path }) => path === "1_build (1).txt")?.role).toBe("strategy");
  });

  test("2024: a negative ordinal is no job, and a 1.5 MB step is read whole", async () => {
    const logs = await openRunLogs(realArchive("2024-gato-x-negative-ordinal.zip"));
    expect(await counts(logs)).toEqual([
      [
        "build (3.10)",
        [
          "1 Set up job: 14",
          "2 Stop old running containers (if any): 13",
          "3 Clean repository: 4",
          "4 Checkout repository: 503",
          "5 Build binary and run python tests: 8369",
          "10 Post Checkout repository: 12",
          "11 Complete job: 1",
        ],
      ],
    ]);
  });

  test("2026: names with emoji, system.txt, nested groups", async () => {
    const logs = await openRunLogs(realArchive("2026-opencode-emoji-with-steps.zip"));
    expect(logs.jobs.map(({ name, steps }) => [name, steps.length])).toEqual([
      ["🔒 Secure PR Review", 8],
      ["🏗️ Build Action", 9],
    ]);
    expect(logs.entries.filter(({ role }) => role === "system").every(({ job }) => job)).toBe(true);
    const lines = await all(
      (logs.jobs[0] as JobLog).steps.flatMap((step) =>
        step.number === 5 ? [step.lines()] : [],
      )[0] as AsyncIterable<LogLine>,
    );
    expect(lines.find(({ text }) => text.endsWith("PR #1 analysis:"))).toMatchObject({
      number: 28,
      timestamp: Date.UTC(2026, 1, 26, 23, 41, 42, 264),
      level: "output",
      groups: ["🔒 SecurePRReview 🔒 Secure PR Review Process", "🔒 SecurePRReview 📊 PR Analysis"],
    });
  });

  test("made by hand for gh: a Mac's own files are no logs", async () => {
    const logs = await openRunLogs(realArchive("handmade-cli-cli.zip"));
    expect(logs.jobs.map(({ name }) => name)).toContain("cool job  with slash");
    expect(logs.entries.filter(({ role }) => role === "other").map(({ path }) => path)).toContain(
      "cool job  with slash/.DS_Store",
    );
  });

  test.each(withSteps)("%s: a job's log alone gives the same steps, line by line", async (name) => {
    const logs = await openRunLogs(realArchive(name));
    const jobEntries = logs.entries.filter(({ role }) => role === "job");
    const alone = await openRunLogs(
      writeZip(
        await Promise.all(
          jobEntries.map(async (entry) => ({
            name: entry.path,
            content: Buffer.concat(await all(entry.bytes())),
          })),
        ),
      ),
    );
    expect(alone.jobs.length).toBe(logs.jobs.length);
    for (const [index, job] of logs.jobs.entries()) {
      const other = alone.jobs[index] as (typeof logs.jobs)[number];
      expect(other.name).toBe(job.name);
      expect(other.steps.length).toBe(job.steps.length);
      for (const [at, step] of job.steps.entries()) {
        const found = await all((other.steps[at] as typeof step).lines());
        // Job and step logs give one line two times, up to a millisecond apart.
        const pick = ({ number, text, level, groups }: LogLine) => ({
          number,
          text,
          level,
          groups,
        });
        expect(found.map(pick)).toEqual((await all(step.lines())).map(pick));
      }
    }
  });
});

describe.skipIf(!hasFixtures)(`real job logs with the API's steps${skipped}`, () => {
  const read = (name: string) => Buffer.from(fixture(`recordings/hub4j/${name}`));

  test("each step starts where the runner started it", () => {
    const { jobs } = JSON.parse(
      read("testJobs.body.11-r_h_g_actions_runs_719643947_jobs.json").toString(),
    ) as { jobs: Job[] };
    const logs = ["5", "4"].map((id) =>
      read(
        `testJobs_actions-user-content.body.${id === "5" ? 1 : 2}-u_a_p_1_runs_139_signedlogcontent_${id}.txt`,
      ),
    );
    for (const log of logs) {
      const scanner = new JobScanner();
      scanner.add(log);
      const name = /Hello from (job\d)/.exec(log.toString())?.[1];
      const steps = jobs.find((job) => job.name === name)?.steps ?? [];
      const lines = log.toString().split("\n");
      const starts = stepsOfApi(scanner.end(), steps).map(
        (start) => start && (lines[start.line] as string).replace(/^\ufeff?\S+ /, "").trim(),
      );
      expect(starts).toEqual([
        "Current runner version: '2.277.1'",
        `##[group]Run echo Hello from ${name}!`,
        "Cleaning up orphan processes",
      ]);
    }
  });
});

interface Skeleton {
  readonly id: string;
  readonly log: string;
  readonly steps: readonly {
    readonly number: number;
    readonly name: string;
    readonly started_at: string;
    readonly completed_at: string;
    readonly start: number | null;
    readonly lines: number;
  }[];
}

describe.skipIf(!hasFixtures)(`skeletons of real job logs${skipped}`, () => {
  const skeletons = () =>
    JSON.parse(
      gunzipSync(fixture("steps/steps-of-real-logs.json.gz")).toString(),
    ) as readonly Skeleton[];
  const scanned = (log: string) => {
    const scanner = new JobScanner();
    scanner.add(new TextEncoder().encode(log));
    return scanner.end();
  };

  test("with the API's steps, each step has just the lines of its own file", () => {
    const wrong = skeletons().flatMap(({ id, log, steps }) => {
      const starts = stepsOfApi(scanned(log), steps).map((start) => start?.line);
      return steps.flatMap(({ number, start }, index) =>
        starts[index] === (start ?? undefined) ? [] : [`${id} step ${number}: ${starts[index]}`],
      );
    });
    expect(wrong).toEqual([]);
  });

  test("without the API, 95 % of the steps are found, and 3 % of what is found is none", () => {
    let [found, right, all] = [0, 0, 0];
    for (const { log, steps } of skeletons()) {
      const truth = new Set(steps.map(({ start }) => start));
      const lines = stepsOfLog(scanned(log).markers).map(({ marker }) => marker.line);
      found += lines.length;
      right += lines.filter((line) => truth.has(line)).length;
      all += truth.size;
    }
    expect(right / all).toBeGreaterThan(0.95);
    expect((found - right) / found).toBeLessThan(0.03);
  });
});
