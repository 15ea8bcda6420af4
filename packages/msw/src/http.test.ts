import { describe, expect, test } from "vitest";
import { asker } from "../test/ask.ts";
import { setUp } from "../test/set-up.ts";
import { presets } from "./index.ts";
import { allRoutes } from "./router/routes.ts";

const bearer = (token: string): { headers: Record<string, string> } => ({
  headers: { authorization: `Bearer ${token}` },
});

describe("conditional requests", () => {
  test("are 304 and free until something changes", async () => {
    const { fake, repository, ask } = setUp();
    const { id: run_id } = repository.createRun();
    const first = await ask("getWorkflowRun", { run_id });
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toMatch(/^W\/"[0-9a-f]{64}"$/);
    const remaining = first.headers.get("x-ratelimit-remaining");
    const again = { headers: { "if-none-match": etag } };
    const same = await ask("getWorkflowRun", { run_id }, again);
    expect([same.status, same.data, same.headers.get("x-ratelimit-remaining")]).toEqual([
      304,
      undefined,
      remaining,
    ]);
    expect(first.headers.get("cache-control")).toBe("private, max-age=60, s-maxage=60");
    fake.advance("3s");
    const changed = await ask("getWorkflowRun", { run_id }, again);
    expect(changed.status).toBe(200);
    expect(changed.headers.get("etag")).not.toBe(etag);
  });
});

test("what nobody signed for may be kept by everybody", async () => {
  const { ask } = setUp({ tokens: { known: {} } });
  const { headers } = await ask("listWorkflowRunsForRepo");
  expect(headers.get("cache-control")).toBe("public, max-age=60, s-maxage=60");
});

describe("rate limits", () => {
  test("are counted for each token and start again after an hour", async () => {
    const { fake, ask } = setUp({ tokens: { small: { rate_limit: 2 }, big: {} } });
    const left = async (token: string): Promise<[number, string | null]> => {
      const { status, headers } = await ask("listWorkflowRunsForRepo", {}, bearer(token));
      return [status, headers.get("x-ratelimit-remaining")];
    };
    expect(await left("small")).toEqual([200, "1"]);
    expect(await left("big")).toEqual([200, "4999"]);
    expect(await left("small")).toEqual([200, "0"]);
    expect(await left("small")).toEqual([403, "0"]);
    const anonymous = await ask("listWorkflowRunsForRepo");
    expect(anonymous.headers.get("x-ratelimit-limit")).toBe("60");
    const refused = await ask("listWorkflowRunsForRepo", {}, bearer("small"));
    expect(Number(refused.headers.get("x-ratelimit-reset"))).toBe(fake.now() / 1000 + 3600);
    expect(refused.data).toMatchObject({
      message: expect.stringMatching(/^API rate limit exceeded for user ID \d+/),
    });
    fake.advance("61m");
    expect(await left("small")).toEqual([200, "1"]);
  });

  test("are reported on demand", async () => {
    const { fake, ask } = setUp();
    fake.limit({ kind: "secondary", retry_after: 7, times: 2, status: 429 });
    const statuses: (number | string | null)[] = [];
    for (let count = 0; count < 3; count += 1) {
      const { status, headers } = await ask("listWorkflowRunsForRepo");
      statuses.push(status, headers.get("retry-after"));
    }
    expect(statuses).toEqual([429, "7", 429, "7", 200, null]);
    fake.limit({ kind: "primary", reset_after: 30 });
    const until = fake.now() / 1000 + 30;
    fake.advance("20s");
    const limited = await ask("listWorkflowRunsForRepo");
    expect([limited.status, limited.headers.get("x-ratelimit-reset")]).toEqual([403, `${until}`]);
    fake.advance("11s");
    const free = await ask("listWorkflowRunsForRepo");
    expect([free.status, free.headers.get("x-ratelimit-reset")]).toEqual([
      200,
      `${fake.now() / 1000 + 3600}`,
    ]);
  });

  test("on demand hold everybody until the same moment, and no request after it", async () => {
    const { fake, ask } = setUp({ tokens: { a: {}, b: {}, late: {} } });
    const status = async (token: string): Promise<number> =>
      (await ask("listWorkflowRunsForRepo", {}, bearer(token))).status;
    fake.limit({ kind: "primary", reset_after: 60 });
    expect([await status("a"), await status("b"), await status("a")]).toEqual([403, 403, 403]);
    fake.advance("61s");
    expect([await status("a"), await status("b"), await status("late")]).toEqual([200, 200, 200]);
  });

  test("can be read without being used", async () => {
    const { fake, ask } = setUp();
    await ask("listWorkflowRunsForRepo");
    const response = await fake.fetch(`${fake.baseUrl}/rate_limit`);
    expect(await response.json()).toMatchObject({
      resources: { core: { limit: 5000, used: 1, remaining: 4999 } },
    });
  });
});

describe("tokens", () => {
  const tokens = {
    owner: { login: "mona" },
    reader: { permission: "read" as const },
    github_pat_reader: { permission: "read" as const },
    elsewhere: { repositories: ["octo-org/other"] },
  };

  test("that nobody knows are 401", async () => {
    const { ask } = setUp({ tokens });
    const { status, data } = await ask("listWorkflowRunsForRepo", {}, bearer("nonsense"));
    expect([status, data]).toMatchObject([401, { message: "Bad credentials" }]);
  });

  test("decide who sees a private repository, and who may change something", async () => {
    const { fake, repository } = setUp({ tokens });
    fake.repository("octo-org/secret", { private: true }).createRun();
    const secret = asker(fake, "octo-org/secret");
    const status = async (token?: string): Promise<number> =>
      (await secret("listWorkflowRunsForRepo", {}, token === undefined ? {} : bearer(token)))
        .status;
    expect([await status(), await status("elsewhere"), await status("reader")]).toEqual([
      404, 404, 200,
    ]);

    const run = repository.createRun({ status: "in_progress" });
    const open = asker(fake);
    const cancel = async (token?: string): Promise<unknown> => {
      const opened = await open(
        "cancelWorkflowRun",
        { run_id: run.id },
        token === undefined ? {} : bearer(token),
      );
      return [opened.status, (opened.data as { message?: string }).message];
    };
    // PyGithub's recordings, 2026.
    expect(await cancel()).toEqual([403, "Must have admin rights to Repository."]);
    expect(await cancel("reader")).toEqual([403, "Must have admin rights to Repository."]);
    expect(await cancel("github_pat_reader")).toEqual([
      403,
      "Resource not accessible by personal access token",
    ]);
    expect(await cancel("elsewhere")).toEqual([403, "Must have admin rights to Repository."]);
    expect(await cancel("owner")).toEqual([202, undefined]);
    fake.advance("1m");
    expect((await open("downloadWorkflowRunLogs", { run_id: run.id })).status).toBe(403);
    expect(
      (await open("downloadWorkflowRunLogs", { run_id: run.id }, bearer("reader"))).status,
    ).toBe(302);
  });

  test("name who did it", async () => {
    const { fake, repository, ask } = setUp({ tokens });
    const run = repository.createRun({ status: "completed" });
    await ask("reRunWorkflow", { run_id: run.id }, bearer("owner"));
    expect(run.data.triggering_actor?.login).toBe("mona");
    expect(JSON.stringify(fake.requests)).not.toContain("Bearer owner");
    expect(fake.requests[0]?.headers["authorization"]).toBe("Bearer ***");
  });
});

describe("requests", () => {
  test("for an unknown API version are refused", async () => {
    const { ask } = setUp();
    const version = (value: string): { headers: Record<string, string> } => ({
      headers: { "x-github-api-version": value },
    });
    expect((await ask("listWorkflowRunsForRepo", {}, version("2031-01-01"))).status).toBe(400);
    const { headers } = await ask("listWorkflowRunsForRepo", {}, version("2026-03-10"));
    expect(headers.get("x-github-api-version-selected")).toBe("2026-03-10");
    expect(headers.get("x-github-request-id")).toMatch(
      /^[0-9A-F]{4}:[0-9A-F]{6}:[0-9A-F]{6}:[0-9A-F]{8}:[0-9A-F]{8}$/,
    );
  });

  test("with a wrong body are 422 in GitHub's words", async () => {
    const { repository, ask } = setUp();
    const { id: run_id } = repository.createRun();
    const wrong = async (body: Record<string, unknown>): Promise<unknown> => {
      const { status, data } = await ask(
        "reviewPendingDeploymentsForRun",
        { run_id, ...body },
        { unchecked: true },
      );
      return [status, (data as unknown as { message: string }).message];
    };
    expect(await wrong({ state: "approved" })).toEqual([
      422,
      `Invalid request.\n\n"environment_ids", "comment" weren't supplied.`,
    ]);
    expect(await wrong({ environment_ids: [1], comment: "", state: "maybe" })).toEqual([
      422,
      `Invalid request.\n\nFor 'properties/state', "maybe" is not a member of ["approved", "rejected"].`,
    ]);
    expect(await wrong({ environment_ids: ["1"], comment: "", state: "approved" })).toEqual([
      422,
      `Invalid request.\n\nFor 'items', "1" is not an integer.`,
    ]);
    expect(await wrong({ environment_ids: [1], comment: null, state: "approved" })).toEqual([
      422,
      "Invalid request.\n\nFor 'properties/comment', nil is not a string.",
    ]);
    expect(await wrong({})).toEqual([
      422,
      "Invalid request.\n\nFor 'links/0/schema', nil is not an object.",
    ]);
    expect(await wrong({ environment_ids: [1], comment: "", state: "approved" })).toEqual([
      422,
      "Validation Failed",
    ]);
  });

  const withBodies = allRoutes().filter(({ method }) => method !== "get");

  test.for(withBodies.map((route): [string, typeof route] => [route.name, route]))(
    "with whatever a body may be have a response of %s",
    async ([name, { method, path, bodyProperties, requiredBodyProperties }]) => {
      const { fake, repository } = setUp({ onInvalidRequest: () => {} });
      repository.workflow("deploy.yml", { on: { workflow_dispatch: true } });
      const run = repository.createRun(presets.waitingForDeployment());
      const known: Record<string, string | number | undefined> = {
        owner: "octo-org",
        repo: "octo-repo",
        run_id: run.id,
        job_id: run.jobs[0]?.id,
        workflow_id: "deploy.yml",
      };
      const url = fake.baseUrl + path.replaceAll(/\{(\w+)\}/g, (_, key) => String(known[key] ?? 1));
      const right: Record<string, unknown> = {
        comment: "",
        environment_ids: [1],
        environment_name: "production",
        query: "query Q { viewer { login } }",
        ref: "main",
        state: "approved",
      };
      const whole = Object.fromEntries(requiredBodyProperties.map((key) => [key, right[key]]));
      const values = [null, true, false, 5, -0.5, "", "x", [], ["x"], {}, { x: [null] }];
      if (name === "graphql") whole["query"] = right["query"];
      const bodies: unknown[] = [...values];
      for (const key of [...bodyProperties, "__proto__", "constructor"]) {
        const others = Object.entries(whole).filter(([other]) => other !== key);
        for (const value of values) bodies.push(Object.fromEntries([...others, [key, value]]));
      }
      for (const body of bodies) {
        const sent = JSON.stringify(body);
        const { status } = await fake.fetch(url, { method: method.toUpperCase(), body: sent });
        expect(status, sent).toBeLessThan(500);
        expect(fake.requests.at(-1), sent).toMatchObject({ operation: name, status });
      }
    },
  );

  test("that the description does not know are reported or rejected", async () => {
    const { ask } = setUp();
    const misspelt = { perpage: 5 };
    await expect(ask("listWorkflowRunsForRepo", misspelt, { unchecked: true })).rejects.toThrow(
      'actions/list-workflow-runs-for-repo has no query parameter "perpage"',
    );
    const problems: string[] = [];
    const lenient = setUp({ onInvalidRequest: (problem) => problems.push(problem) });
    expect(
      (await lenient.ask("listWorkflowRunsForRepo", misspelt, { unchecked: true })).status,
    ).toBe(200);
    expect(problems).toEqual([expect.stringContaining("only actor, branch, event")]);
  });

  test("are recorded in order, with path, query and body", async () => {
    const { fake, repository, ask } = setUp();
    const { id: run_id } = repository.createRun({ status: "completed" });
    await ask("listWorkflowRunsForRepo", { per_page: 1 });
    await ask("reRunWorkflow", { run_id, enable_debug_logging: true });
    expect(fake.requests).toMatchObject([
      { operation: "listWorkflowRunsForRepo", query: { per_page: "1" }, status: 200 },
      {
        operation: "reRunWorkflow",
        method: "POST",
        path: { run_id: String(run_id) },
        body: { enable_debug_logging: true },
        status: 201,
      },
    ]);
  });

  test("of a browser's preflight have a response, and are no request of an operation", async () => {
    const { fake } = setUp({ tokens: { known: {} } });
    fake.fail("*", { status: 502 });
    const url = `${fake.baseUrl}/repos/octo-org/octo-repo/actions/runs`;
    const { status, headers } = await fake.fetch(url, { method: "OPTIONS" });
    expect([status, headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
    expect(headers.get("access-control-allow-headers")).toContain("X-GitHub-Api-Version");
    expect(fake.requests).toEqual([]);
  });

  test("to somewhere else are errors that name the URL", async () => {
    const { fake } = setUp();
    await expect(fake.fetch("https://example.com/x")).rejects.toThrow(
      "nothing at https://example.com/x",
    );
  });
});
