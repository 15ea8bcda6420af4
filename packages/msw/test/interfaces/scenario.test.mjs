// Run by `node --test`: on each Node, under MSW 2 and MSW 3, on the packages as they are installed.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, afterEach, before, mock, test } from "node:test";
import { createActionsFake, presets } from "@workflow-runs/msw";
import { setupServer } from "msw/node";

const fake = createActionsFake({ onInvalidRequest: "error" });
const server = setupServer(...fake.handlers());
// MSW 3 has another name for the option and ignores the old one without a word.
before(() => server.listen({ onUnhandledRequest: "error", onUnhandledFrame: "error" }));
afterEach(() => {
  server.resetHandlers();
  fake.reset();
});
after(() => server.close());

const api = "https://api.github.com/repos/octo-org/octo-repo/actions";
const repository = () => fake.repository("octo-org/octo-repo");
const get = async (path, init) => fetch(`${api}${path}`, init);
const post = (path) => get(path, { method: "POST" });

test("lists, pages and filters", async () => {
  repository().createRuns(45);
  repository().createRun({ conclusion: "failure", status: "completed" });
  const first = await get("/runs?per_page=20");
  const body = await first.json();
  assert.equal(body.total_count, 46);
  assert.equal(body.workflow_runs.length, 20);
  const next = /<([^>]+)>; rel="next"/.exec(first.headers.get("link"))[1];
  assert.equal((await (await fetch(next)).json()).workflow_runs.length, 20);
  assert.equal((await (await get("/runs?status=failure")).json()).total_count, 1);
});

test("cancels and re-runs", async () => {
  const run = repository().createRun({ status: "in_progress" });
  assert.equal((await post(`/runs/${run.id}/cancel`)).status, 202);
  fake.advance("5s");
  assert.equal((await post(`/runs/${run.id}/cancel`)).status, 409);
  assert.equal((await post(`/runs/${run.id}/rerun`)).status, 201);
  assert.equal((await (await get(`/runs/${run.id}`)).json()).run_attempt, 2);
});

test("sends bodies", async () => {
  const run = repository().createRun({ jobs: [{ name: "ship", environment: "production" }] });
  const [{ environment }] = await (await get(`/runs/${run.id}/pending_deployments`)).json();
  const review = { environment_ids: [environment.id], state: "approved", comment: "" };
  const answer = await get(`/runs/${run.id}/pending_deployments`, {
    method: "POST",
    body: JSON.stringify(review),
  });
  assert.equal(answer.status, 200);
});

test("redirects downloads to another origin, which takes no token", async () => {
  const run = repository().createRun(presets.failure());
  const authorized = { headers: { authorization: "Bearer secret" }, redirect: "manual" };
  const redirect = await get(`/runs/${run.id}/logs`, authorized);
  assert.equal(redirect.status, 302);
  const location = redirect.headers.get("location");
  assert.equal((await fetch(location, { headers: authorized.headers })).status, 400);
  const bytes = new Uint8Array(await (await fetch(location)).arrayBuffer());
  assert.equal(new TextDecoder().decode(bytes.slice(0, 2)), "PK");
  const text = await (await get(`/jobs/${run.jobs[1].id}/logs`)).text();
  assert.match(text, /##\[error\]AssertionError: expected 200, got 502/);
});

test("answers 304 to what has not changed, and follows a rename", async () => {
  const run = repository().createRun({ status: "queued" });
  const first = await get(`/runs/${run.id}`);
  const headers = { "if-none-match": first.headers.get("etag") };
  assert.equal((await get(`/runs/${run.id}`, { headers })).status, 304);
  repository().rename("octo-org/moved");
  assert.equal((await (await get(`/runs/${run.id}`)).json()).repository.name, "moved");
});

test("fails as it is told, and every failure is noticed", async () => {
  const run = repository().createRun(presets.failure());
  const target = "getWorkflowRun";
  fake.fail(target, { status: 502, times: 1 });
  assert.equal((await get(`/runs/${run.id}`)).status, 502);
  fake.fail(target, { reset: true, times: 1 });
  await assert.rejects(get(`/runs/${run.id}`), TypeError);
  fake.fail(target, { truncate: 100, times: 1 });
  await assert.rejects(
    get(`/runs/${run.id}`).then((response) => response.text()),
    TypeError,
  );
  fake.fail(target, { broken_json: true, times: 1 });
  await assert.rejects(
    get(`/runs/${run.id}`).then((response) => response.json()),
    SyntaxError,
  );
  fake.fail(target, { hang: true, times: 1 });
  const impatient = new AbortController();
  setTimeout(() => impatient.abort(), 20);
  await assert.rejects(get(`/runs/${run.id}`, { signal: impatient.signal }));
  fake.fail("downloadWorkflowRunLogs", { truncate: 500, times: 1 });
  const { headers } = await get(`/runs/${run.id}/logs`, { redirect: "manual" });
  await assert.rejects(
    fetch(headers.get("location")).then((response) => response.arrayBuffer()),
    TypeError,
  );
  assert.equal((await get(`/runs/${run.id}`)).status, 200);
});

test("keeps its state when handlers are reset", async () => {
  const run = repository().createRun({ status: "queued" });
  server.resetHandlers();
  assert.equal((await get(`/runs/${run.id}`)).status, 200);
  fake.reset();
  assert.equal((await get(`/runs/${run.id}`)).status, 404);
});

test("moves with fake timers", async () => {
  mock.timers.enable({ apis: ["Date"], now: Date.parse("2026-11-01T10:00:00Z") });
  try {
    const run = repository().createRun({ conclusion: "failure" });
    const status = async () => (await (await get(`/runs/${run.id}`)).json()).status;
    assert.equal(await status(), "queued");
    mock.timers.tick(3000);
    assert.equal(await status(), "in_progress");
    mock.timers.tick(600_000);
    assert.equal(await status(), "completed");
  } finally {
    mock.timers.reset();
  }
});

test("rejects what the description does not know", async () => {
  repository().createRun();
  const answer = await get("/runs?perpage=1");
  assert.equal(answer.status, 500);
  assert.match(await answer.text(), /has no query parameter \\"perpage\\"/);
});

test("refuses what no handler answers, under both names of the option", async () => {
  // Without the option the request would get there.
  const there = createServer((_, response) => response.end("there")).listen(0, "127.0.0.1");
  await once(there, "listening");
  try {
    await assert.rejects(fetch(`http://127.0.0.1:${there.address().port}/`));
  } finally {
    there.close();
  }
});
