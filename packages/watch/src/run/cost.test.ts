import { expect, test } from "vitest";
import { fakeWithTime } from "../../test/fake-time.ts";
import { watchJobs, watchRun } from "../index.ts";

const REPOSITORY = { owner: "octo-org", repo: "octo-repo" };

type Where = typeof REPOSITORY & { run_id: number };
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
  for await (const _ of watch(setting, { ...REPOSITORY, run_id: id }));
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
