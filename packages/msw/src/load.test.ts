import { describe, expect, test } from "vitest";
import { setUp } from "../test/set-up.ts";
import {
  createActionsFake,
  InvalidInputError,
  presets,
  type RecordedJobBody,
  type RecordedRunBody,
} from "./index.ts";

/** A run and its jobs as another fake gives them, with ids of their own. */
function recorded(change: Partial<RecordedRunBody> = {}): {
  run: RecordedRunBody;
  jobs: RecordedJobBody[];
} {
  const { repository } = setUp({ seed: "elsewhere" });
  const made = repository.createRun(presets.failure());
  const run = { ...made.data, id: 30_000_000_007, ...change };
  const jobs = made.jobs.map((job) => Object.assign({}, job, { id: job.id + 777, run_id: run.id }));
  return { run, jobs };
}

describe("what GitHub gave is loaded", () => {
  const { run, jobs } = recorded();
  const body = JSON.stringify({ total_count: 1, workflow_runs: [run] });
  const bodies = {
    "a list of runs": { total_count: 1, workflow_runs: [run] },
    "a run": run,
    "runs and jobs": { workflow_runs: [run], jobs },
    "pages of both": [{ workflow_runs: [run] }, { total_count: jobs.length, jobs }],
    exchanges: [
      { request: { url: "/runs" }, response: { status: 200, body } },
      { request: { url: "/logs" }, response: { status: 200, body: "10:00 hello" } },
    ],
    "responses with a status": [{ status: 200, body: { workflow_runs: [run] } }],
    "a response as Octokit gives it": { status: 200, headers: {}, data: { workflow_runs: [run] } },
    "a mapping of WireMock": {
      request: { url: "/runs", method: "GET" },
      response: { status: 200, jsonBody: { total_count: 1, workflow_runs: [run] } },
    },
    "an export of WireMock": { mappings: [{ request: {}, response: { status: 200, body } }] },
    "a HAR": {
      log: {
        version: "1.2",
        entries: [
          {
            request: { url: "/runs" },
            response: { status: 200, content: { size: 1, text: body } },
          },
          { request: { url: "/none" }, response: { status: 304, content: { size: 0 } } },
        ],
      },
    },
    "a HAR in base64": {
      log: {
        entries: [
          {
            response: {
              content: { text: Buffer.from(body).toString("base64"), encoding: "base64" },
            },
          },
        ],
      },
    },
    "a cassette of VCR": {
      http_interactions: [
        {
          request: { method: "get", body: { encoding: "UTF-8", string: "" } },
          response: {
            status: { code: 200, message: "OK" },
            body: { encoding: "UTF-8", string: body },
          },
        },
      ],
      recorded_with: "VCR 6.1.0",
    },
    "a cassette of VCR in base64": {
      http_interactions: [
        { response: { body: { base64_string: Buffer.from(body).toString("base64") } } },
      ],
    },
    "a webhook's payload": { action: "completed", workflow_run: run },
    "the same run twice": [{ ...run, display_title: "older" }, run],
  };

  test.for(Object.entries(bodies))("%s", async ([, body]) => {
    const { fake, ask } = setUp();
    expect(fake.load(body)).toEqual([run.id]);
    expect((await ask("getWorkflowRun", { run_id: run.id })).data).toEqual(run);
  });

  test("a list of jobs brings the run that they tell of", async () => {
    const { fake, ask } = setUp();
    expect(fake.load({ jobs })).toEqual([run.id]);
    const { data } = await ask("getWorkflowRun", { run_id: run.id });
    expect(data).toMatchObject({
      status: "completed",
      conclusion: "failure",
      head_sha: run.head_sha,
      created_at: run.created_at,
    });
    const listed = (await ask("listJobsForWorkflowRun", { run_id: run.id })).data.jobs;
    expect(listed).toEqual(jobs);
  });

  test("a webhook's payload about a job brings the run that it tells of", async () => {
    const { fake, ask } = setUp();
    const [job] = jobs as [RecordedJobBody];
    const payload = { action: "completed", workflow_job: job, repository: run.repository };
    expect(fake.load(payload)).toEqual([run.id]);
    const listed = (await ask("listJobsForWorkflowRun", { run_id: run.id })).data.jobs;
    expect(listed).toEqual([job]);
    expect((await ask("getJobForWorkflowRun", { job_id: job.id })).data).toEqual(job);
  });

  test("what a client sent is no body that GitHub gave", () => {
    const { fake } = setUp();
    const exchange = {
      request: { body },
      response: { status: 404, body: '{"message":"Not Found"}' },
    };
    expect(() => fake.load(exchange)).toThrow(InvalidInputError);
  });

  test("what has no run or job in it is refused", () => {
    const { fake } = setUp();
    const nothing = [
      { message: "Not Found" },
      [],
      "text",
      { body: "no JSON" },
      { data: {} },
      { log: { entries: [] } },
      { response: { content: { text: "!", encoding: "base64" } } },
    ];
    for (const body of nothing) {
      expect(() => fake.load(body as never)).toThrow(InvalidInputError);
    }
  });
});

describe("what was recorded stays", () => {
  test.for(["queued", "requested", "pending", "waiting", "in_progress"] as const)(
    "a run and a job that are %s",
    async (status) => {
      const { run, jobs } = recorded({ status, conclusion: null });
      const change = {
        status,
        conclusion: null,
        completed_at: null,
        steps: [],
        runner_id: 21,
        runner_name: "self-hosted-1",
        runner_group_id: 3,
        runner_group_name: "builders",
      };
      const open = jobs.slice(0, 1).map((job) => Object.assign({}, job, change));
      const { fake, repository, ask } = setUp();
      fake.load({ workflow_runs: [run], jobs: open });
      fake.advance("1h");
      expect((await ask("getWorkflowRun", { run_id: run.id })).data).toMatchObject({
        status,
        conclusion: null,
      });
      const listed = (await ask("listJobsForWorkflowRun", { run_id: run.id })).data.jobs;
      expect(listed).toEqual(open);
      expect((await ask("cancelWorkflowRun", { run_id: run.id })).status).toBe(202);
      fake.advance("1m");
      expect(repository.run(run.id)?.data).toMatchObject({
        status: "completed",
        conclusion: "cancelled",
      });
    },
  );

  test("the order of runs of one second", async () => {
    const { run } = recorded();
    const runs = [3, 1, 2].map((id) => Object.assign({}, run, { id }));
    const { fake, ask } = setUp();
    fake.load({ workflow_runs: runs });
    for (const query of [{}, { branch: "main" }, { status: "completed" }]) {
      const { data } = await ask("listWorkflowRunsForRepo", query);
      expect(data.workflow_runs.map(({ id }) => id)).toEqual([3, 1, 2]);
    }
  });
});

test("a run that is created after a recording has an id that no recorded one has", () => {
  const recorded = createActionsFake().repository("octo-org/octo-repo").createRun().data;
  const fake = createActionsFake();
  fake.load(recorded);
  expect(fake.repository("octo-org/octo-repo").createRun().id).not.toBe(recorded.id);
});
