import { createClient, type Client } from "@workflow-runs/core";
import { expect, expectTypeOf, test } from "vitest";
import { fakeWithTime } from "../../test/fake-time.ts";
import {
  NoRunsError,
  RunBlockedError,
  type RunsChange,
  WaitTimeoutError,
  waitForRuns,
  watchRuns,
} from "../index.ts";

const repositoryName = { owner: "octo-org", repo: "octo-repo" };
const head_sha = "a".repeat(40);
const other = "b".repeat(40);
const job = (seconds: number) => ({ name: "build", steps: [{ name: "Run make", seconds }] });

/** The client, with what its list of runs resolves to changed. */
function withList(client: Client, change: (runs: unknown[], call: number) => unknown[]): Client {
  let call = 0;
  const list = client.listWorkflowRunsForRepo;
  const changed = Object.assign(async () => expect.unreachable(), {
    operation: list.operation,
    withResponse: async (...[parameters, options]: Parameters<typeof list.withResponse>) => {
      const { data, response } = await list.withResponse(parameters, options);
      if (parameters.head_sha === undefined) return { data, response };
      call += 1;
      const workflow_runs = change(data.workflow_runs, call) as typeof data.workflow_runs;
      const headers = new Headers(response.headers);
      headers.delete("etag");
      const again = new Response(null, { headers });
      return { data: { workflow_runs, total_count: workflow_runs.length }, response: again };
    },
  });
  return { ...client, listWorkflowRunsForRepo: changed };
}

/** The client, whose unfiltered list is empty. */
function withUnfilteredEmpty(client: Client): Client {
  const list = client.listWorkflowRunsForRepo;
  const changed = Object.assign(async () => expect.unreachable(), {
    operation: list.operation,
    withResponse: async (...[parameters, options]: Parameters<typeof list.withResponse>) =>
      parameters.head_sha === undefined
        ? { data: { workflow_runs: [], total_count: 0 }, response: new Response() }
        : list.withResponse(parameters, options),
  });
  return { ...client, listWorkflowRunsForRepo: changed };
}

test("waits for runs to appear, follows later ones, and ends when all have", async () => {
  const { repository, client, clock, after } = fakeWithTime();
  repository.createRun({ head_sha: other, jobs: [job(600)] });
  after(20_000, () => void repository.createRun({ head_sha, name: "CI", jobs: [job(60)] }));
  after(50_000, () => void repository.createRun({ head_sha, name: "Lint", jobs: [job(10)] }));
  const seen: string[] = [];
  for await (const { changed } of watchRuns(client, { ...repositoryName, head_sha }, clock))
    seen.push(...changed.map(({ name, status }) => `${name} ${status}`));
  expect(seen[0]).toBe("CI queued");
  expect(seen).toContain("Lint completed");
  expect(seen.filter((change) => change === "CI completed")).toHaveLength(1);
});

test("a run that comes within settle is waited for too", async () => {
  const { repository, client, clock, after } = fakeWithTime();
  repository.createRun({ head_sha, name: "build", jobs: [job(1)] });
  after(
    25_000,
    () => void repository.createRun({ head_sha, name: "deploy", conclusion: "failure" }),
  );
  const options = { ...clock, settle: 60_000 };
  const { runs, conclusion } = await waitForRuns(client, { ...repositoryName, head_sha }, options);
  expect(runs.map(({ name }) => name)).toEqual(["build", "deploy"]);
  expect(conclusion).toBe("failure");
});

test("no run at all is an error that says what was waited for, never a success", async () => {
  const { client, clock } = fakeWithTime();
  const start = clock.now();
  const waiting = waitForRuns(
    client,
    { ...repositoryName, head_sha },
    { ...clock, appear: 30_000 },
  );
  const error: unknown = await waiting.catch((error: unknown) => error);
  expect(error).toBeInstanceOf(NoRunsError);
  expect(error).toMatchObject({
    appear: 30_000,
    message: expect.stringContaining(
      `No run of head_sha ${head_sha} appeared within 30000 ms`,
    ) as string,
  });
  expect(clock.now() - start).toBe(30_000);
});

test("an unchanged poll of many runs is one request that costs nothing", async () => {
  const { repository, client, clock, responses } = fakeWithTime();
  for (let index = 0; index < 40; index += 1) {
    repository.createRun({ head_sha, name: `CI ${index}`, jobs: [job(1_800)] });
    // The index keeps no order within a second, and another order is another page.
    await clock.sleep(1_000);
  }
  await clock.sleep(60_000);
  responses.length = 0;
  await waitForRuns(client, { ...repositoryName, head_sha }, clock);
  const counted = responses.filter(({ status }) => status === 200);
  const free = responses.filter(({ status }) => status === 304);
  // A request for each poll in which some of them ended, never one for each run.
  expect(counted.length).toBeLessThanOrEqual(20);
  expect(free.length).toBeGreaterThan(20);
});

test("where the list of one second is shuffled, a new run and a re-run are seen all the same", async () => {
  const { repository, client, clock, after } = fakeWithTime();
  const [first] = [900, 1_800, 1_800].map((seconds, index) =>
    repository.createRun({ head_sha, name: `CI ${index}`, jobs: [job(seconds)] }),
  );
  after(1_200_000, async () => {
    await client.reRunWorkflow({ ...repositoryName, run_id: first?.id ?? 0 });
  });
  after(1_500_000, () => void repository.createRun({ head_sha, name: "late", jobs: [job(60)] }));
  const seen: string[] = [];
  const changes = watchRuns(client, { ...repositoryName, head_sha }, clock);
  for await (const { changed } of changes)
    seen.push(...changed.map((run) => `${run.name} ${run.run_attempt} ${run.status}`));
  expect(seen).toEqual(expect.arrayContaining(["CI 0 1 completed", "CI 0 2 completed"]));
  expect(seen).toContain("late 1 completed");
});

test("more than a hundred runs are read page by page", async () => {
  const { repository, client, clock } = fakeWithTime();
  for (let index = 0; index < 130; index += 1) repository.createRun({ head_sha, jobs: [job(5)] });
  const { runs } = await waitForRuns(client, { ...repositoryName, head_sha }, clock);
  expect(runs).toHaveLength(130);
});

test("a run that the index does not show yet is found in the unfiltered list", async () => {
  const { repository, client, clock } = fakeWithTime();
  repository.createRun({ head_sha: other });
  repository.createRun({ head_sha, name: "CI", jobs: [job(30)] });
  const blind = withList(client, () => []);
  const { runs } = await waitForRuns(blind, { ...repositoryName, head_sha }, clock);
  expect(runs.map(({ name, conclusion }) => [name, conclusion])).toEqual([["CI", "success"]]);
});

test("a run that the index forgets for a while is followed by itself", async () => {
  const { repository, client, clock } = fakeWithTime();
  repository.createRun({ head_sha, name: "CI", jobs: [job(300)] });
  const forgetful = withList(client, (runs, call) => (call % 3 === 1 ? runs : []));
  const changes: RunsChange[] = [];
  for await (const change of watchRuns(forgetful, { ...repositoryName, head_sha }, clock))
    changes.push(change);
  expect(changes.map(({ runs }) => runs.map(({ status }) => status).join())).toEqual([
    "queued",
    "in_progress",
    "completed",
  ]);
});

test("a run that the index shows only at the very end is not missed", async () => {
  const { repository, client, clock } = fakeWithTime();
  repository.createRun({ head_sha, name: "CI", jobs: [job(10)] });
  const { id } = repository.createRun({ head_sha, name: "hidden", conclusion: "failure" });
  const partial = withList(client, (runs) =>
    runs.filter((run) => (run as { id: number }).id !== id),
  );
  const { runs, conclusion } = await waitForRuns(partial, { ...repositoryName, head_sha }, clock);
  expect(runs.map(({ name }) => name)).toContain("hidden");
  expect(conclusion).toBe("failure");
});

test("without a commit, runs that had ended before are left out", async () => {
  const { repository, client, clock, after } = fakeWithTime();
  repository.createRun({ branch: "main", name: "old", jobs: [job(1)] });
  await clock.sleep(60_000);
  repository.createRun({ branch: "main", name: "running", jobs: [job(60)] });
  after(80_000, () => void repository.createRun({ branch: "main", name: "new" }));
  after(80_000, () => void repository.createRun({ branch: "other", name: "elsewhere" }));
  const { runs } = await waitForRuns(client, { ...repositoryName, branch: "main" }, clock);
  expect(runs.map(({ name }) => name)).toEqual(["running", "new"]);
});

test("a run that is listed no more and not found, twice, is waited for no longer", async () => {
  const { repository, client, clock } = fakeWithTime();
  repository.createRun({ head_sha, name: "CI", jobs: [job(60)] });
  const gone = repository.createRun({ head_sha, name: "gone", jobs: [job(86_400)] });
  const without = withList(client, (runs, call) =>
    call === 1 ? runs : runs.filter((run) => (run as { id: number }).id !== gone.id),
  );
  let requests = 0;
  const getWorkflowRun = Object.assign(async () => expect.unreachable(), {
    operation: client.getWorkflowRun.operation,
    withResponse: async () => {
      requests += 1;
      throw Object.assign(new Error("not found"), { status: 404 });
    },
  });
  const unfiltered = withUnfilteredEmpty(without);
  const changes: RunsChange[] = [];
  for await (const change of watchRuns(
    { ...unfiltered, getWorkflowRun },
    { ...repositoryName, head_sha },
    clock,
  ))
    changes.push(change);
  expect(changes[0]?.runs.map(({ name }) => name).toSorted()).toEqual(["CI", "gone"]);
  expect(changes.at(-1)?.runs.map(({ name }) => name)).toEqual(["CI"]);
  expect(requests).toBe(2);
});

test("a run that waits for a person is an error, or is approved", async () => {
  const { repository, client, clock } = fakeWithTime();
  repository.createRun({ head_sha, jobs: [{ name: "deploy", environment: "production" }] });
  const query = { ...repositoryName, head_sha };
  await expect(waitForRuns(client, query, clock)).rejects.toBeInstanceOf(RunBlockedError);
  const options = {
    ...clock,
    onBlocked: (_: unknown, blocked: { approve: () => unknown }) => blocked.approve(),
  };
  expect((await waitForRuns(client, query, options)).conclusion).toBe("success");
});

test("a timeout names the runs that are still open", async () => {
  const { repository, client, clock } = fakeWithTime();
  const { id } = repository.createRun({ head_sha, jobs: [job(3_600)] });
  repository.createRun({ head_sha, jobs: [job(1)] });
  const waiting = waitForRuns(
    client,
    { ...repositoryName, head_sha },
    { ...clock, timeout: 60_000 },
  );
  const error: unknown = await waiting.catch((error: unknown) => error);
  expect(error).toBeInstanceOf(WaitTimeoutError);
  expect((error as Error).message).toContain(`1 of 2 runs were last seen open: ${id} in_progress`);
});

test("a timeout before a run has appeared says so, and not that no request succeeded", async () => {
  const { client, clock } = fakeWithTime();
  const where = { ...repositoryName, head_sha };
  const error: unknown = await waitForRuns(client, where, { ...clock, timeout: 5_000 }).catch(
    (error: unknown) => error,
  );
  expect(error).toMatchObject({ name: "WaitTimeoutError", runs: [] });
  expect((error as Error).message).toContain("no run has appeared");
  expect((error as Error).message).not.toContain("cancel");
});

test.for([
  [{}, "head_sha is missing"],
  [{ head_sha: "abc123" }, 'head_sha is "abc123", not the whole SHA of a commit'],
  [{ workflow: "ci.yml" }, 'Unknown option "workflow". Did you mean "workflow_id"?'],
  [{ branch: "" }, 'branch is "", not a string that is not empty'],
  [{ workflow_id: 0 }, "workflow_id is 0, not the id or the file name of a workflow"],
] as const)("%j is refused before anything is sent", async ([query, message]) => {
  const { client, responses } = fakeWithTime();
  const params = { ...repositoryName, ...query };
  await expect(waitForRuns(client, params)).rejects.toThrow(message);
  expect(responses).toEqual([]);
});

test("a client bound to its repository needs no owner and repo", async () => {
  const { repository, client, clock } = fakeWithTime();
  repository.createRun({ head_sha });
  const bound = client.repository("octo-org/octo-repo");
  const result = waitForRuns(bound, { head_sha }, clock);
  expectTypeOf(result).resolves.toHaveProperty("conclusion");
  expect((await result).runs).toHaveLength(1);
  // @ts-expect-error an unbound client needs them
  void waitForRuns(createClient(), { head_sha }).catch(() => {});
});
