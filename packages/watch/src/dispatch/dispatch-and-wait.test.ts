import { createClient, type WorkflowRun } from "@workflow-runs/core";
import { expect, test } from "vitest";
import {
  AmbiguousRunError,
  dispatchAndWait,
  type DispatchOptions,
  NoRunsError,
  type DispatchParameters,
} from "../index.ts";
import { dispatchedRuns } from "./find-dispatched-run.ts";

const start = Date.parse("2026-01-01T00:00:00Z");
const iso = (ms: number) => new Date(ms).toISOString().replace(".000Z", "Z");
const parameters: DispatchParameters = {
  owner: "octo-org",
  repo: "octo-repo",
  workflow_id: "deploy.yml",
  ref: "main",
};

interface Server {
  /** What the dispatch gets. */
  readonly dispatch: () => Response;
  /** Runs by the time that has passed since the dispatch, in milliseconds. */
  readonly runs: (ms: number, inputs: Readonly<Record<string, string>>) => Partial<WorkflowRun>[];
}

/** A server that knows one workflow, and a clock that only sleeping moves. */
function against({ dispatch, runs }: Server, operations?: "before 3.21") {
  let now = start;
  let dispatchedAt: number | undefined;
  let inputs: Record<string, string> = {};
  const bodies: unknown[] = [];
  const client = createClient({
    auth: "token",
    retry: false,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const { pathname } = new URL(request.url);
      if (request.method === "POST") {
        const body = (await request.json()) as { inputs?: Record<string, string> };
        bodies.push(body);
        inputs = body.inputs ?? {};
        dispatchedAt = now;
        return dispatch();
      }
      const all = dispatchedAt === undefined ? [] : runs(now - dispatchedAt, inputs);
      if (pathname.endsWith("/runs"))
        return Response.json({ total_count: all.length, workflow_runs: all });
      const found = all.find(({ id }) => pathname.endsWith(`/${id}`));
      return found === undefined
        ? Response.json({ message: "Not Found" }, { status: 404 })
        : Response.json(found);
    },
  });
  const older = {
    ...client,
    // As a table of such a server describes it.
    createWorkflowDispatch: Object.assign(async () => expect.unreachable(), {
      operation: {
        ...client.createWorkflowDispatch.operation,
        success: [200, 204],
        bodyProperties: ["ref", "inputs", "return_run_details"],
      },
      withResponse: async ({ ref, inputs: sent, ...rest }: DispatchParameters) => {
        const details = "return_run_details" in rest && { return_run_details: true };
        bodies.push({ ref, ...(sent && { inputs: sent }), ...details });
        dispatchedAt = now;
        const response = dispatch();
        const data = response.status === 204 ? undefined : await response.json();
        return { data, response };
      },
    }),
  } as unknown as typeof client;
  const clock: DispatchOptions = {
    now: () => now,
    sleep: async (ms) => {
      now += ms;
    },
    random: () => 0,
  };
  return { client: operations === undefined ? client : older, clock, bodies };
}

const run = (id: number, ms: number, rest: Partial<WorkflowRun> = {}): Partial<WorkflowRun> => ({
  id,
  event: "workflow_dispatch",
  head_branch: "main",
  status: ms > 20_000 ? "completed" : "in_progress",
  conclusion: ms > 20_000 ? "success" : null,
  created_at: iso(start),
  html_url: `https://github.com/octo-org/octo-repo/actions/runs/${id}`,
  ...rest,
});
const noContent = () =>
  new Response(null, { status: 204, headers: { date: new Date(start).toUTCString() } });

test("the run is the one that GitHub's response names, also before it can be found", async () => {
  const { client, clock, bodies } = against({
    dispatch: () => Response.json({ workflow_run_id: 42, run_url: "", html_url: "" }),
    runs: (ms) => (ms < 4_000 ? [] : [run(41, ms), run(42, ms)]),
  });
  const inputs = { environment: "staging" };
  const result = await dispatchAndWait(client, { ...parameters, inputs }, clock);
  expect(result.run).toMatchObject({ id: 42, conclusion: "success" });
  expect(bodies).toEqual([{ ref: "main", inputs }]);
});

test("a run that never appears is an error with the time waited", async () => {
  const { client, clock } = against({
    dispatch: () => Response.json({ workflow_run_id: 42 }),
    runs: () => [],
  });
  const waiting = dispatchAndWait(client, parameters, { ...clock, appear: 10_000 });
  await expect(waiting).rejects.toBeInstanceOf(NoRunsError);
  await expect(waiting).rejects.toThrow(
    "No run of workflow deploy.yml on main appeared within 10000 ms",
  );
});

test("an older server that is sent `return_run_details` gives the id too", async () => {
  const { client, clock, bodies } = against(
    { dispatch: () => Response.json({ workflow_run_id: 42 }), runs: (ms) => [run(42, ms)] },
    "before 3.21",
  );
  expect((await dispatchAndWait(client, parameters, clock)).run.id).toBe(42);
  expect(bodies).toEqual([{ ref: "main", return_run_details: true }]);
});

test("without an id, the run is found by event, ref and time, once it stays the only one", async () => {
  const { client, clock } = against({
    dispatch: noContent,
    runs: (ms) => [
      run(40, ms, { created_at: iso(start - 60_000) }),
      run(43, ms, { event: "push" }),
      run(44, ms, { head_branch: "other" }),
      ...(ms < 4_000 ? [] : [run(42, ms)]),
    ],
  });
  expect((await dispatchAndWait(client, parameters, clock)).run.id).toBe(42);
});

test("two runs that fit are an error that names both, also when the second comes a little later", async () => {
  const { client, clock } = against({
    dispatch: noContent,
    runs: (ms) => (ms < 4_000 ? [run(42, ms)] : [run(43, ms), run(42, ms)]),
  });
  const waiting = dispatchAndWait(client, parameters, clock);
  await expect(waiting).rejects.toBeInstanceOf(AmbiguousRunError);
  await expect(waiting).rejects.toMatchObject({ runs: [{ id: 43 }, { id: 42 }] });
  await expect(waiting).rejects.toThrow("name it in `marker`");
});

test("the actor tells two apart", async () => {
  const actor = (login: string) => ({ triggering_actor: { login } }) as Partial<WorkflowRun>;
  const { client, clock } = against({
    dispatch: noContent,
    runs: (ms) => [run(43, ms, actor("hubot")), run(42, ms, actor("Octocat"))],
  });
  const result = await dispatchAndWait(client, parameters, { ...clock, actor: "octocat" });
  expect(result.run.id).toBe(42);
});

test("a marker input tells two apart, whatever else they share", async () => {
  const { client, clock, bodies } = against({
    dispatch: noContent,
    runs: (ms, { id = "" }) => [
      run(43, ms, { display_title: "Deploy 00000000" }),
      run(42, ms, { display_title: `Deploy ${id}` }),
    ],
  });
  const result = await dispatchAndWait(client, parameters, { ...clock, marker: "id" });
  expect(result.run.id).toBe(42);
  expect(bodies).toEqual([
    { ref: "main", inputs: { id: expect.stringMatching(/^[\da-f-]{36}$/) as string } },
  ]);
});

test("a refused dispatch is the client's error, and nothing is waited for", async () => {
  const message = "Workflow does not have 'workflow_dispatch' trigger";
  const { client, clock } = against({
    dispatch: () => Response.json({ message }, { status: 422 }),
    runs: () => [],
  });
  await expect(dispatchAndWait(client, parameters, clock)).rejects.toMatchObject({
    name: "ApiError",
    status: 422,
  });
});

test("the timeout counts the time until the run appeared", async () => {
  const { client, clock } = against({
    dispatch: () => Response.json({ workflow_run_id: 42 }),
    runs: (ms) => (ms < 8_000 ? [] : [run(42, 0)]),
  });
  const waiting = dispatchAndWait(client, parameters, { ...clock, timeout: 15_000 });
  await expect(waiting).rejects.toMatchObject({ name: "WaitTimeoutError" });
  expect(clock.now!() - start).toBe(15_000);
});

test("a misspelt option is refused before anything is dispatched", async () => {
  const { client, bodies } = against({ dispatch: noContent, runs: () => [] });
  const options = { apear: 1 } as DispatchOptions;
  await expect(dispatchAndWait(client, parameters, options)).rejects.toThrow(
    'Did you mean "appear"?',
  );
  expect(bodies).toEqual([]);
});

test("a full ref finds runs by the branch or tag that they name", () => {
  const dispatched = { at: start, before: new Set<number>() };
  const runs = [run(1, 0, { head_branch: "v1" })] as WorkflowRun[];
  expect(dispatchedRuns(runs, { ...dispatched, ref: "refs/tags/v1" })).toHaveLength(1);
  expect(dispatchedRuns(runs, { ...dispatched, ref: "v1", before: new Set([1]) })).toHaveLength(0);
});
