import { expect, test } from "vitest";
import { fakeWithTime } from "../../test/fake-time.ts";
import { watchJobs, watchRun, watchRuns } from "../index.ts";

const repositoryName = { owner: "octo-org", repo: "octo-repo" };

type Where = typeof repositoryName & { run_id: number };
type Setting = ReturnType<typeof fakeWithTime>;

const ofRun = ({ client, clock }: Setting, where: Where) => watchRun(client, where, clock);
const ofJobs = ({ client, clock }: Setting, where: Where) => watchJobs(client, where, clock);

/** Counted requests of a watch: GitHub counts a response that is not a 304. */
async function counted(
  jobs: number,
  watch: (setting: Setting, where: Where) => AsyncIterable<unknown>,
): Promise<number> {
  const setting = fakeWithTime();
  const { repository, clock, responses } = setting;
  const { id } = repository.createRun({
    jobs: Array.from({ length: jobs }, (_, index) => ({
      name: `job ${index}`,
      // They end one after the other over the hour.
      queued_seconds: 5 + ((index * 7) % 60),
      steps: [
        { name: "Set up", seconds: 30 },
        { name: "Run make", seconds: ((index + 1) * 3_400) / jobs },
      ],
    })),
  });
  for await (const _ of watch(setting, { ...repositoryName, run_id: id }));
  expect(clock.now() - Date.parse("2026-01-01T00:00:00Z")).toBeGreaterThan(55 * 60_000);
  return responses.filter(({ status }) => status !== 304).length;
}

// Over an hour each; what one costs is what changes in it, not how often it is looked at.
test("an hour of a run costs a request for each of its states", async () => {
  expect(await counted(1, ofRun)).toBeLessThanOrEqual(4);
});

test("an hour of two jobs costs at most 100 requests", async () => {
  expect(await counted(2, ofJobs)).toBeLessThanOrEqual(100);
});

test("an hour of 250 jobs costs at most 600 requests", async () => {
  expect(await counted(250, ofJobs)).toBeLessThanOrEqual(600);
});

test.for([
  ["a run", ofRun, 1],
  ["a run and its jobs", ofJobs, 2],
] as const)(
  "an hour in which %s do not change costs one request each, however many polls",
  async ([, watch, most]) => {
    const setting = fakeWithTime();
    const { repository, clock, responses } = setting;
    const jobs = [{ name: "deploy", environment: "production" }];
    const { id } = repository.createRun({ jobs });
    await clock.sleep(60_000);
    const timed = { ...setting, clock: { ...clock, timeout: 60 * 60_000 } };
    const watched = async (): Promise<void> => {
      for await (const _ of watch(timed, { ...repositoryName, run_id: id }));
    };
    await expect(watched()).rejects.toMatchObject({ name: "WaitTimeoutError" });
    expect(responses.length).toBeGreaterThan(50);
    expect(responses.filter(({ status }) => status !== 304)).toHaveLength(most);
  },
);

const head_sha = "a".repeat(40);

/** An hour's watch over the runs of a commit: all requests, and those that GitHub counts. */
async function overRuns(
  runs: number,
  { apart, changes }: { apart: number; changes: boolean },
): Promise<{ requests: number; counted: number }> {
  const { repository, client, clock, responses } = fakeWithTime();
  for (let index = 0; index < runs; index += 1) {
    const steps = [{ name: "Run make", seconds: 3_300 + index * 60 }];
    const job = changes ? { name: "build", steps } : { name: "build", environment: "production" };
    repository.createRun({ head_sha, jobs: [job] });
    await clock.sleep(apart);
  }
  await clock.sleep(60_000);
  const start = clock.now();
  const hour = { ...clock, timeout: changes ? 120 * 60_000 : 60 * 60_000 };
  const watched = async (): Promise<void> => {
    for await (const _ of watchRuns(client, { ...repositoryName, head_sha }, hour));
  };
  // What does not change is watched until the hour is over.
  const ended = await watched().then(
    () => "ended",
    (error: Error) => error.name,
  );
  expect(ended).toBe(changes ? "ended" : "WaitTimeoutError");
  expect(clock.now() - start).toBeGreaterThan(50 * 60_000);
  const counted = responses.filter(({ status }) => status !== 304).length;
  return { requests: responses.length, counted };
}

test("an hour in which several runs do not change costs two requests, however many polls", async () => {
  const { requests, counted } = await overRuns(5, { apart: 2_000, changes: false });
  expect(requests).toBeGreaterThan(50);
  expect(counted).toBeLessThanOrEqual(2);
});

test("an hour of ten runs costs a request for each change of one, and two at the end", async () => {
  const { counted } = await overRuns(10, { apart: 2_000, changes: true });
  expect(counted).toBeLessThanOrEqual(25);
});

// GitHub's index keeps no order within one second, so the list is another one each time.
test.for([2, 5, 20])(
  "an hour in which %i runs of one second do not change costs one request for each, and five for the list",
  async (runs) => {
    const { counted } = await overRuns(runs, { apart: 0, changes: false });
    expect(counted).toBeLessThanOrEqual(runs + 5);
  },
);

test("an hour of ten runs of one second costs a request for each and each change of one", async () => {
  const { counted } = await overRuns(10, { apart: 0, changes: true });
  expect(counted).toBeLessThanOrEqual(40);
});
