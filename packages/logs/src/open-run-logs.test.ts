import { createClient } from "@workflow-runs/core";
import { createActionsFake } from "@workflow-runs/msw/fake";
import { describe, expect, test } from "vitest";
import { CorruptArchiveError, type JobLog, openRunLogs, type RunLogs } from "./index.ts";

const [owner, repo] = ["octo-org", "octo-repo"];

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function stepTexts(logs: RunLogs): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const job of logs.jobs)
    for (const step of job.steps)
      found[`${job.name} › ${step.number} ${step.name}`] = (await all(step.lines())).map(
        ({ text }) => text,
      );
  return found;
}

function failedRun(logs: { layout: "2021" | "2023" | "2025"; step_files: boolean }) {
  const fake = createActionsFake();
  const run = fake.repository(`${owner}/${repo}`).createRun({
    workflow: "build.yml",
    logs,
    jobs: [
      {
        name: "lint / a: b",
        steps: ["Set up job", "Run actions/checkout@v4", "npm run lint"],
        conclusion: "success",
      },
      { name: "test (20)", steps: ["Set up job", "npm test"], conclusion: "failure" },
      { name: "test (22)", steps: ["Set up job", "npm test"], conclusion: "success" },
      { name: "deploy", steps: ["Set up job", "./deploy"], conclusion: "skipped" },
    ],
  });
  run.complete("failure");
  return { fake, run, github: createClient({ fetch: fake.fetch, auth: "secret", retry: false }) };
}

describe.each(["2021", "2023", "2025"] as const)("the layout of %s", (layout) => {
  test.each([true, false])("with step files: %s", async (step_files) => {
    const { run, github } = failedRun({ layout, step_files });
    const logs = await openRunLogs(github, { owner, repo, run_id: run.id });

    expect(logs.jobs.map(({ name, conclusion, origin }) => [name, conclusion, origin])).toEqual([
      ["lint / a: b", "success", "archive"],
      ["test (20)", "failure", "archive"],
      ["test (22)", "success", "archive"],
      ["deploy", "skipped", "none"],
    ]);
    expect(logs.entries.filter(({ unplaced }) => unplaced)).toEqual([]);
    expect(logs.entries.some(({ role }) => role === "step")).toBe(step_files);
    const failures = await all(logs.failures({ context: 2 }));
    expect(failures.map(({ job, step }) => [job.name, step?.name])).toEqual([
      ["test (20)", "npm test"],
    ]);
    expect(failures[0]?.lines.map(({ level }) => level)).toEqual([
      "output",
      "output",
      "output",
      "error",
    ]);
    expect(failures[0]?.errors.map(({ text }) => text)).toEqual([
      "Process completed with exit code 1.",
    ]);
  });

  test("gives the same steps with step files and without", async () => {
    const texts = await Promise.all(
      [true, false].map(async (step_files) => {
        const { run, github } = failedRun({ layout, step_files });
        return stepTexts(await openRunLogs(github, { owner, repo, run_id: run.id }));
      }),
    );
    expect(texts[1]).toEqual(texts[0]);
    expect(texts[0]?.["test (20) › 2 npm test"]?.[0]).toBe("Run npm test");
  });
});

test("a job that was cancelled while it waited for a runner has no log, and no lines", async () => {
  const fake = createActionsFake();
  const run = fake.repository(`${owner}/${repo}`).createRun({
    status: "queued",
    jobs: [{ name: "build" }],
  });
  run.complete("cancelled");
  expect(run.jobs[0]).toMatchObject({ conclusion: "cancelled", steps: [] });
  const github = createClient({ fetch: fake.fetch, auth: "secret", retry: false });
  const logs = await openRunLogs(github, { owner, repo, run_id: run.id });
  expect(logs.jobs.map(({ name, origin }) => [name, origin])).toEqual([["build", "none"]]);
  expect(await all((logs.jobs[0] as JobLog).lines())).toEqual([]);
});

describe("after failed jobs ran again", () => {
  async function ranAgain() {
    const { fake, run, github } = failedRun({ layout: "2025", step_files: false });
    await github.reRunWorkflowFailedJobs({ owner, repo, run_id: run.id });
    run.complete("success");
    return { fake, github, run_id: run.id };
  }

  test("the archive holds those; the others come from the attempt before", async () => {
    const { github, run_id } = await ranAgain();
    const logs = await openRunLogs(github, { owner, repo, run_id }, { attempts: "all" });
    expect(
      logs.jobs.map(({ name, attempt, origin }) => [name, origin === "none" ? 0 : attempt, origin]),
    ).toEqual([
      ["lint / a: b", 1, "archive"],
      ["test (20)", 2, "archive"],
      ["test (22)", 1, "archive"],
      ["deploy", expect.any(Number), expect.any(String)],
    ]);
    const texts = await stepTexts(logs);
    expect(texts["lint / a: b › 1 Set up job"]?.at(-1)).toBe("Complete job name: lint / a: b");
  });

  test("an earlier attempt can be opened by its number", async () => {
    const { github, run_id } = await ranAgain();
    const first = await openRunLogs(github, { owner, repo, run_id, attempt_number: 1 });
    expect((await all(first.failures())).map(({ job }) => job.name)).toEqual(["test (20)"]);
  });
});

describe("when the download goes wrong", () => {
  const sound = { layout: "2025", step_files: true } as const;

  test.each([{ corrupt_zip: true }, { truncate: 700 }])(
    "%j once: it is fetched again",
    async (fault) => {
      const { fake, run, github } = failedRun(sound);
      fake.fail("downloadWorkflowRunLogs", { ...fault, times: 1 });
      const logs = await openRunLogs(github, { owner, repo, run_id: run.id });
      expect((await all(logs.failures())).length).toBe(1);
    },
  );

  test("damaged each time: a CorruptArchiveError of who reads what is damaged", async () => {
    const { fake, run, github } = failedRun(sound);
    fake.fail("downloadWorkflowRunLogs", { corrupt_zip: true });
    const reading = async () => {
      const logs = await openRunLogs(github, { owner, repo, run_id: run.id });
      for (const entry of logs.entries) await all(entry.bytes());
    };
    await expect(reading()).rejects.toThrow(CorruptArchiveError);
  });

  test("a run that has not completed is a NotFoundError that says so", async () => {
    const fake = createActionsFake();
    const run = fake.repository(`${owner}/${repo}`).createRun({ workflow: "build.yml" });
    const github = createClient({ fetch: fake.fetch, auth: "secret", retry: false });
    const opening = openRunLogs(github, { owner, repo, run_id: run.id });
    await expect(opening).rejects.toMatchObject({
      name: "NotFoundError",
      message: expect.stringMatching(/not completed yet/) as string,
    });
  });
});
