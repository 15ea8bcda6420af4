import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { start } from "../../test/set-up.ts";
import { createActionsFake } from "../fake.ts";
import { listen, type FakeServer } from "./index.ts";

interface Run {
  id: number;
  status: string;
  conclusion: string | null;
  url: string;
  logs_url: string;
}

let server: FakeServer;
beforeEach(async () => {
  const fake = createActionsFake({ clock: () => start, tokens: { ghp_mona: { login: "mona" } } });
  fake.repository("octo-org/seeded").createRun({ status: "completed" });
  server = await listen(fake, { control: true });
});
afterEach(() => server.close());

// oxlint-disable typescript/no-unnecessary-type-parameters -- a test knows what its responses are

/** What a test in another language does: requests and JSON, nothing of ours. */
async function control<T>(
  request: string,
  body?: object,
  headers: Record<string, string> = {},
): Promise<{ status: number; data: T }> {
  const [method, path] = request.split(" ") as [string, string];
  const response = await fetch(`${server.url}/_fake${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, data: (text === "" ? undefined : JSON.parse(text)) as T };
}

async function api<T = Run>(
  path: string,
  headers: Record<string, string> = {},
  base = server.url,
): Promise<{ status: number; data: T; text: string }> {
  const url = path.startsWith("http") ? path : base + path;
  const response = await fetch(url, { headers: { authorization: "token ghp_mona", ...headers } });
  const text = await response.text();
  const json = response.headers.get("content-type")?.includes("json") === true;
  return { status: response.status, text, data: (json ? JSON.parse(text) : undefined) as T };
}

describe("the control API", () => {
  test("creates runs, moves the time, ends runs", async () => {
    const { status, data } = await control<{ run: Run; jobs: { name: string }[] }>("POST /create", {
      repository: "octo-org/octo-repo",
      private: true,
      run: { workflow: "build.yml", jobs: [{ name: "build", conclusion: "failure" }] },
    });
    expect([status, data.run.status, data.jobs.map(({ name }) => name)]).toEqual([
      201,
      "queued",
      ["build"],
    ]);
    expect(data.run.url).toContain(server.url);
    expect((await control("POST /advance", { by: "1h" })).data).toEqual({ now: start + 3_600_000 });
    expect((await api(data.run.url)).data).toMatchObject({ conclusion: "failure" });

    const held = await control<{ run: Run }>("POST /create", {
      repository: "octo-org/octo-repo",
      run: { status: "queued" },
    });
    const run_id = held.data.run.id;
    await control("POST /start", { run_id });
    await control("POST /advance", { by: "3s" });
    expect((await api(held.data.run.url)).data.status).toBe("in_progress");
    await control("POST /complete", { run_id, conclusion: "cancelled" });
    expect((await api(held.data.run.url)).data.conclusion).toBe("cancelled");

    await control("POST /create", {
      repository: "octo-org/octo-repo",
      run: { preset: "success", count: 50 },
    });
    const list = await api<{ total_count: number }>("/repos/octo-org/octo-repo/actions/runs");
    expect(list.data.total_count).toBe(52);
    expect(
      (await control("POST /seed", { repositories: { "o/r": { runs: [{ preset: "failure" }] } } }))
        .data,
    ).toEqual({ repositories: ["o/r"] });
  });

  test("makes workflows, environments and pushes", async () => {
    const repository = "octo-org/octo-repo";
    const made = await control("POST /create", {
      repository,
      environments: [{ name: "production", reviewers: ["mona"] }],
      workflows: {
        "deploy.yml": {
          on: { workflow_dispatch: { inputs: { target: { required: true } } }, push: true },
          run_name: "Deploy to ${{ inputs.target }}",
          jobs: [{ name: "ship", environment: "production" }],
        },
      },
    });
    expect(made).toMatchObject({ status: 201, data: { repository: { full_name: repository } } });
    const base = `${server.url}/repos/${repository}/actions`;
    const dispatched = await fetch(`${base}/workflows/deploy.yml/dispatches`, {
      method: "POST",
      headers: { authorization: "token ghp_mona", "x-github-api-version": "2026-03-10" },
      body: JSON.stringify({ ref: "main", inputs: { target: "eu" } }),
    });
    const { workflow_run_id: id } = (await dispatched.json()) as { workflow_run_id: number };
    expect((await api(`${base}/runs/${id}`)).data).toMatchObject({
      display_title: "Deploy to eu",
      status: "waiting",
    });
    expect((await api(`${base}/runs/${id}/pending_deployments`)).data).toMatchObject([
      { environment: { name: "production" }, current_user_can_approve: true },
    ]);

    const pushed = await control<{ runs: Run[] }>("POST /push", {
      repository,
      branch: "next",
      message: "Ship it",
    });
    expect(pushed).toMatchObject({
      status: 201,
      data: {
        runs: [{ event: "push", head_branch: "next", head_commit: { message: "Ship it" } }],
      },
    });
    expect(pushed.data.runs[0]?.url).toContain(server.url);

    const wrong = {
      repository: "octo-org/other",
      workflows: { "ci.yml": { on: { pushed: true } } },
    };
    expect(await control("POST /create", wrong)).toMatchObject({
      status: 422,
      data: { property: 'repositories["octo-org/other"].workflows["ci.yml"].on.pushed' },
    });
    expect(await control("POST /push", { repository, brnch: "main" })).toMatchObject({
      status: 422,
    });
    expect((await api("/repos/octo-org/other")).status).toBe(404);
  });

  test("stops the clock, at a moment too", async () => {
    const moving = createActionsFake();
    moving.repository("o/r");
    await using other = await listen(moving, { control: true });
    const ask = async (path: string, body: object = {}): Promise<number> => {
      const response = await fetch(`${other.url}/_fake${path}`, {
        method: "POST",
        body: JSON.stringify(body),
      });
      return ((await response.json()) as { now: number }).now;
    };
    expect(await ask("/freeze", { at: "2026-11-01T10:00:00Z" })).toBe(start);
    expect(await ask("/advance", { by: "1s" })).toBe(start + 1000);
    expect(await ask("/freeze")).toBe(start + 1000);
    await ask("/unfreeze");
    expect(moving.now()).toBeGreaterThanOrEqual(start + 1000);
    expect(moving.now()).toBeLessThan(start + 600_000);
  });

  test("makes requests fail and runs into limits, until they are removed", async () => {
    const list = "/repos/octo-org/seeded/actions/runs";
    await control("POST /fail", { target: "listWorkflowRunsForRepo", status: 502 });
    expect((await api(list)).status).toBe(502);
    await control("DELETE /fail");
    expect((await api(list)).status).toBe(200);
    await control("POST /fail", { target: "*", fault: { status: 503, times: 1 } });
    expect([(await api(list)).status, (await api(list)).status]).toEqual([503, 200]);
    await control("POST /limit", { kind: "secondary", retry_after: 1 });
    expect([(await api(list)).status, (await api(list)).status]).toEqual([403, 200]);
  });

  test("shows the requests, without tokens, and forgets them", async () => {
    await api("/repos/octo-org/seeded/actions/runs?per_page=5");
    const { data } = await control<object[]>("GET /requests");
    expect(data).toMatchObject([
      { operation: "listWorkflowRunsForRepo", query: { per_page: "5" } },
    ]);
    expect(JSON.stringify(data)).not.toContain("ghp_mona");
    await control("DELETE /requests");
    expect((await control("GET /requests")).data).toEqual([]);
  });

  test("keeps a state and goes back to it, and forgets everything", async () => {
    const before = (await control<object>("POST /snapshot")).data;
    await control("POST /create", { repository: "octo-org/more", run: {} });
    expect((await api("/repos/octo-org/more/actions/runs")).status).toBe(200);
    expect((await control("POST /restore", before)).status).toBe(204);
    expect((await api("/repos/octo-org/more/actions/runs")).status).toBe(404);
    expect((await control("POST /reset")).status).toBe(204);
    expect((await api("/repos/octo-org/seeded/actions/runs")).status).toBe(404);
  });

  test("delivers events, whose URLs lead back to the server", async () => {
    const received: { action: string; workflow_run: Run }[] = [];
    const receiver = createServer((request, response) => {
      let text = "";
      request.on("data", (chunk: Buffer) => (text += chunk.toString()));
      request.on("end", () => {
        received.push(JSON.parse(text) as (typeof received)[0]);
        response.end();
      });
    });
    receiver.listen(0, "127.0.0.1");
    await once(receiver, "listening");
    try {
      const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
      await control("POST /deliver", { url, secret: "s", events: ["workflow_run"] });
      await control("POST /create", { repository: "octo-org/octo-repo", run: {} });
      await control("POST /advance", { by: "1h" });
      const { data } = await control<{ action: string; status: number }[]>("GET /deliveries");
      expect(data.map(({ action, status }) => [action, status])).toEqual([
        ["requested", 200],
        ["in_progress", 200],
        ["completed", 200],
      ]);
      const run = received[2]?.workflow_run;
      expect((await api(run?.url ?? "")).data).toMatchObject({ id: run?.id, status: "completed" });
    } finally {
      receiver.close();
    }
  });

  test("gives each test a fake of its own, by a header or by the path", async () => {
    const [a, b] = [{ "x-fake-namespace": "a" }, { "x-fake-namespace": "b" }];
    const run = { repository: "octo-org/seeded", run: { status: "completed" } };
    await control("POST /create", run, a);
    await control("POST /advance", { by: "1h" }, a);
    const count = async (headers: Record<string, string>, base = server.url): Promise<number> =>
      (await api<{ total_count: number }>("/repos/octo-org/seeded/actions/runs", headers, base))
        .data.total_count;
    expect([await count(a), await count(b), await count({})]).toEqual([2, 1, 1]);
    expect((await control<object[]>("GET /requests", undefined, b)).data).toHaveLength(1);

    // For clients that take a base URL, and no header.
    for (const base of [`${server.url}/_fake/ns/a`, `${server.url}/_fake/ns/a/api/v3`]) {
      expect(await count({}, base)).toBe(2);
      const { data } = await api<{ workflow_runs: Run[] }>(
        "/repos/octo-org/seeded/actions/runs?per_page=1",
        {},
        base,
      );
      expect(data.workflow_runs[0]?.url.startsWith(base)).toBe(true);
      // The redirect leads to another origin, and still to this namespace.
      const log = await api(data.workflow_runs[0]?.logs_url ?? "");
      expect([log.status, log.text.slice(0, 2)]).toEqual([200, "PK"]);
    }
    const { data } = await api<{ workflow_runs: Run[] }>("/repos/octo-org/seeded/actions/runs", a);
    expect((await api(data.workflow_runs[0]?.logs_url ?? "", a)).text.slice(0, 2)).toBe("PK");
  });

  test("says what is wrong with a request, and what there is", async () => {
    const wrong = async (request: string, body?: object): Promise<unknown> => {
      const { status, data } = await control<{ message: string }>(request, body);
      return [status, data.message];
    };
    expect(await wrong("POST /create", { repository: "o/r", run: { brnch: "x" } })).toEqual([
      422,
      expect.stringContaining('runs[0]: Unknown field "brnch". Did you mean "branch"?'),
    ]);
    expect(await wrong("POST /create", {})).toEqual([422, expect.stringContaining("repository")]);
    expect(await wrong("POST /advance", { by: "soon" })).toEqual([
      422,
      expect.stringContaining('advance: duration is "soon", not a duration'),
    ]);
    expect(await wrong("POST /start", { run_id: 7 })).toEqual([
      422,
      "run_id 7 is the id of no run",
    ]);
    expect(await wrong("POST /nope")).toEqual([404, expect.stringContaining("POST /_fake/create")]);
    const response = await fetch(`${server.url}/_fake/create`, { method: "POST", body: "{" });
    expect(response.status).toBe(400);
    expect((await control<{ endpoints: string[] }>("GET /")).data.endpoints).toContain(
      "GET /_fake/requests",
    );
  });

  test("is closed by default", async () => {
    await using shut = await listen(createActionsFake({ onInvalidRequest: () => {} }));
    const response = await fetch(`${shut.url}/_fake/reset`, { method: "POST" });
    expect(response.status).toBe(501);
  });
});

describe("the logs of a server that others reach", () => {
  test("are at another origin too: a second port", async () => {
    const fake = createActionsFake();
    const run = fake.repository("o/r").createRun({ status: "completed" });
    await using open = await listen(fake, { host: "0.0.0.0" });
    const base = `http://127.0.0.1:${open.port}`;
    const redirect = await fetch(`${base}/repos/o/r/actions/runs/${run.id}/logs`, {
      redirect: "manual",
    });
    const location = new URL(redirect.headers.get("location") ?? "");
    expect(location.hostname).toBe("127.0.0.1");
    expect(location.port).not.toBe(String(open.port));
    const headers = { authorization: "Bearer secret" };
    expect((await fetch(location, { headers })).status).toBe(400);
    expect((await fetch(location)).headers.get("content-type")).toBe("application/zip");
    expect((await fetch(`${base}/repos/o/r/actions/runs/${run.id}/logs`, { headers })).status).toBe(
      200,
    );
  });
});
