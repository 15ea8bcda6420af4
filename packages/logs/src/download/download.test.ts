import { createClient, GoneError, NotFoundError } from "@workflow-runs/core";
import { expect, test } from "vitest";
import {
  apiJob,
  archiveOf,
  jobText,
  noise,
  timed,
  withStepFiles,
} from "../../test/log-archives.ts";
import { logServer, type LogServer } from "../../test/log-server.ts";
import { writeZip } from "../../test/zip-writer.ts";
import { CorruptArchiveError, DownloadError, openRunLogs, type RunLogs } from "../index.ts";

const token = "ghp_secret";
const run = { owner: "octo-org", repo: "octo-repo", run_id: 7 };

function clientOf({ baseUrl }: LogServer) {
  return createClient({ baseUrl, auth: token, retry: false });
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function texts(logs: RunLogs): Promise<Record<string, string>> {
  return Object.fromEntries(
    await Promise.all(logs.jobs.map(async (job) => [job.name, await job.text()] as const)),
  );
}

const build = jobText("build");
const small = {
  archives: { latest: archiveOf({ build }) },
  jobs: { latest: [apiJob(1, "build")] },
};
const large = jobText("build", { output: [noise(3e6).trimEnd()] });
const big = {
  archives: { latest: archiveOf({ build: large }) },
  jobs: { latest: [apiJob(1, "build")] },
};

test("the token goes to the API and never to the host behind the redirect", async () => {
  await using server = await logServer({ ...big, linkUses: 2 });
  const logs = await openRunLogs(clientOf(server), run, { partsFrom: 1e6 });
  await texts(logs);
  const storage = server.seen.filter(({ host }) => host === "storage");
  expect(storage.length).toBeGreaterThan(2);
  expect(JSON.stringify(storage)).not.toContain(token);
  expect(storage.every(({ authorization }) => authorization === undefined)).toBe(true);
  expect(server.seen.find(({ host }) => host === "api")?.authorization).toContain(token);
});

test("404 says that the run has not completed yet, or that the logs were deleted", async () => {
  await using server = await logServer({ ...small, status: 404 });
  const error = await openRunLogs(clientOf(server), run).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(NotFoundError);
  expect((error as Error).message).toMatch(/not completed yet.*deleted/);
});

test("410 is a GoneError: the logs have expired", async () => {
  await using server = await logServer({ ...small, status: 410 });
  await expect(openRunLogs(clientOf(server), run)).rejects.toThrow(GoneError);
});

test("a body that breaks off is taken up where it broke", async () => {
  await using server = await logServer({ ...big, breakAfter: [500_000, 700_000] });
  const progress: number[] = [];
  const logs = await openRunLogs(clientOf(server), run, {
    partsFrom: Infinity,
    onProgress: ({ received }) => progress.push(received),
  });
  expect(await texts(logs)).toEqual({ build: large });
  const ranges = server.seen.filter(({ host, range }) => host === "storage" && range);
  // The beginning, and the rest after each break.
  expect(ranges.length).toBe(3);
  expect(progress.at(-1)).toBe(big.archives.latest.length);
  expect(server.sent).toBeLessThan(big.archives.latest.length * 1.1);
});

test("a body that breaks off after its link has expired is taken up with a fresh link", async () => {
  await using server = await logServer({ ...big, breakAfter: [500_000], linkUses: 1 });
  server.linkUses = 1;
  const logs = await openRunLogs(clientOf(server), run, { partsFrom: Infinity });
  expect(await texts(logs)).toEqual({ build: large });
});

test("a body that stalls is taken up where it stopped", async () => {
  await using server = await logServer({ ...big, stallAfter: [40_000, 700_000] });
  const options = { partsFrom: Infinity, idleTimeout: 200 };
  expect(await texts(await openRunLogs(clientOf(server), run, options))).toEqual({ build: large });
  expect(server.stallAfter).toEqual([]);
});

test("a link that has expired on its way is requested once more", async () => {
  await using server = await logServer({ ...small, refuseLinks: 1 });
  expect(await texts(await openRunLogs(clientOf(server), run))).toEqual({ build });
  const requests = server.seen.filter(({ host, path }) => host === "api" && path.endsWith("/logs"));
  expect(requests).toHaveLength(2);

  await using never = await logServer({ ...small, refuseLinks: 9 });
  await expect(openRunLogs(clientOf(never), run)).rejects.toThrow(/403/);
});

test("a host without ranges sends everything again, and nothing comes twice", async () => {
  await using server = await logServer({ ...big, ranges: false, breakAfter: [500_000, 900_000] });
  const logs = await openRunLogs(clientOf(server), run);
  expect(await texts(logs)).toEqual({ build: large });
});

test("a body that keeps breaking off is a NetworkError that says how far it came", async () => {
  await using server = await logServer({
    ...big,
    breakAfter: [1000, 1000, 1000, 1000, 1000, 1000],
  });
  const error = await openRunLogs(clientOf(server), run, { partsFrom: Infinity }).catch(
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(DownloadError);
  expect((error as Error).name).toBe("NetworkError");
  expect((error as Error).message).toMatch(/broke off after \d+ of \d+ bytes/);
});

test("a damaged archive is fetched once more", async () => {
  await using server = await logServer({ ...small, damage: 1 });
  expect(await texts(await openRunLogs(clientOf(server), run))).toEqual({ build });
});

test("an archive that stays damaged is an error of those who read what is damaged", async () => {
  await using server = await logServer({ ...small, damage: 99 });
  const logs = await openRunLogs(clientOf(server), run);
  await expect(texts(logs)).rejects.toThrow(CorruptArchiveError);
});

test("one failing step of a large archive costs a few per cent of it", async () => {
  const failing = timed([
    "##[group]Run npm test",
    "##[endgroup]",
    "not ok",
    "##[error]exit code 1",
  ]);
  const entries = Array.from({ length: 6 }, (_, index) => [
    { name: `${index}_job ${index}.txt`, content: noise(1e6) },
    ...withStepFiles(`job ${index}`, [
      ["Set up job", timed(["Current runner version: '2.331.0'"])],
      ["Test", index === 3 ? failing : noise(1e6)],
    ]).slice(1),
  ]).flat();
  const jobs = Array.from({ length: 6 }, (_, index) =>
    apiJob(index, `job ${index}`, { conclusion: index === 3 ? "failure" : "success" }),
  );
  await using server = await logServer({
    archives: { latest: writeZip(entries) },
    jobs: { latest: jobs },
  });
  const size = server.archives["latest"]?.length as number;
  let received = 0;
  const logs = await openRunLogs(clientOf(server), run, {
    partsFrom: 1e6,
    onProgress: (progress) => ({ received } = progress),
  });
  const [failure] = await all(logs.failures());
  expect(failure?.lines.map(({ text }) => text)).toEqual(["not ok", "exit code 1"]);
  expect(received / size).toBeLessThan(0.05);
});

test("a large archive read from end to end by ranges takes few requests", async () => {
  await using server = await logServer(big);
  const logs = await openRunLogs(clientOf(server), run, { partsFrom: 1e6 });
  expect(await texts(logs)).toEqual({ build: large });
  expect(server.seen.filter(({ host }) => host === "storage").length).toBeLessThan(12);
});

test("a host that takes ranges sends the beginning, and then only what is read", async () => {
  await using server = await logServer(big);
  const client = clientOf(server);
  // A client that hands the Range on to the host behind the redirect.
  const direct = {
    ...client,
    downloadWorkflowRunLogs: Object.assign(
      async (...[params, options]: Parameters<typeof client.downloadWorkflowRunLogs>) => {
        const response = await client.downloadWorkflowRunLogs(params, {
          ...options,
          redirect: "manual",
        });
        const { range = "" } = options?.headers ?? {};
        return fetch(response.headers.get("location") ?? "", { headers: range ? { range } : {} });
      },
      client.downloadWorkflowRunLogs,
    ),
  };
  const logs = await openRunLogs(direct, run, { partsFrom: 1e6 });
  expect(server.sent).toBeLessThan(140_000);
  expect(await texts(logs)).toEqual({ build: large });
  // And in one piece, where that is wanted.
  server.sent = 0;
  const whole = await openRunLogs(direct, run, { partsFrom: Infinity });
  expect(await texts(whole)).toEqual({ build: large });
  expect(server.sent).toBe(server.archives["latest"]?.length);
});

test("a part that was damaged on its way is fetched again", async () => {
  const entries = Object.fromEntries(["a", "b", "c"].map((name) => [name, noise(3e5)]));
  await using server = await logServer({
    archives: { latest: archiveOf(entries) },
    jobs: { latest: ["a", "b", "c"].map((name, id) => apiJob(id, name)) },
  });
  const logs = await openRunLogs(clientOf(server), run, { partsFrom: 1e5 });
  server.damage = 1;
  expect(await logs.jobs[1]?.text()).toBe(entries["b"]);
});

test("an empty response is as good as a damaged one", async () => {
  await using server = await logServer({ ...small, archives: { latest: new Uint8Array(0) } });
  await expect(openRunLogs(clientOf(server), run)).rejects.toThrow(/no bytes/);
});

test("a link that expires between two ranges is renewed", async () => {
  await using server = await logServer({ ...big, linkUses: 2 });
  const logs = await openRunLogs(clientOf(server), run, { partsFrom: 1e6 });
  expect(await texts(logs)).toEqual({ build: large });
});

test("an abort stops the download with the signal's reason", async () => {
  await using server = await logServer(big);
  const stop = new AbortController();
  const opening = openRunLogs(clientOf(server), run, {
    partsFrom: Infinity,
    signal: stop.signal,
    onProgress: () => stop.abort(new Error("enough")),
  });
  await expect(opening).rejects.toThrow("enough");
});

test("two jobs of one name are distinguished by their runners", async () => {
  const jobs = [1, 2].map((id) => apiJob(id, "test", { runner_name: `runner-${id}` }));
  await using server = await logServer({
    archives: {
      latest: writeZip([
        { name: "0_test.txt", content: jobText("test", { runner: "runner-2" }) },
        { name: "1_test.txt", content: jobText("test", { runner: "runner-1" }) },
      ]),
    },
    jobs: { latest: jobs },
  });
  const logs = await openRunLogs(clientOf(server), run);
  for (const job of logs.jobs) {
    expect(job.origin).toBe("archive");
    expect(await job.text()).toContain(`Runner name: '${job.api?.runner_name}'`);
  }
});

test("where two jobs stay possible, each one's own log is fetched, and it is said so", async () => {
  const same = jobText("test");
  await using server = await logServer({
    archives: {
      latest: writeZip([
        { name: "0_test.txt", content: same },
        { name: "1_test.txt", content: same },
      ]),
    },
    jobs: { latest: [apiJob(1, "test"), apiJob(2, "test")] },
    jobLogs: { 1: jobText("test", { output: ["one"] }), 2: jobText("test", { output: ["two"] }) },
  });
  const logs = await openRunLogs(clientOf(server), run);
  expect(logs.jobs.map(({ origin }) => origin)).toEqual(["job-log", "job-log"]);
  expect(logs.entries[0]?.unplaced).toBe("it could be the log of job 1 or job 2");
  const lines = await all((logs.jobs[1] as (typeof logs.jobs)[0]).lines());
  expect(lines.find(({ text }) => text === "two")?.step?.name).toBe("Test");
  const fetched = server.seen.filter(({ path }) => path.endsWith("/jobs/2/logs"));
  expect(fetched.length).toBe(1);
});

test("jobs that a re-run left out come from the attempt before", async () => {
  const latest = [apiJob(1, "lint"), apiJob(3, "test", { run_attempt: 2 })];
  await using server = await logServer({
    archives: {
      latest: archiveOf({ test: jobText("test", { output: ["second"] }) }),
      1: archiveOf({ lint: jobText("lint"), test: jobText("test", { output: ["first"] }) }),
    },
    jobs: { latest, 1: [apiJob(1, "lint"), apiJob(2, "test", { conclusion: "failure" })] },
  });
  const logs = await openRunLogs(clientOf(server), run, { attempts: "all" });
  expect(logs.jobs.map(({ name, attempt, origin }) => [name, attempt, origin])).toEqual([
    ["lint", 1, "archive"],
    ["test", 2, "archive"],
  ]);
  expect(await logs.jobs[0]?.text()).toContain("Complete job name: lint");
  expect(await logs.jobs[1]?.text()).toContain("second");
});

test("all pages of jobs are read", async () => {
  const jobs = Array.from({ length: 230 }, (_, index) => apiJob(index, `job ${index}`));
  const archive = archiveOf(Object.fromEntries(jobs.map(({ name = "" }) => [name, jobText(name)])));
  await using server = await logServer({ archives: { latest: archive }, jobs: { latest: jobs } });
  const logs = await openRunLogs(clientOf(server), run);
  expect(logs.jobs.length).toBe(230);
  expect(logs.jobs.every(({ origin }) => origin === "archive")).toBe(true);
});
