import { describe, expect, test, vi } from "vitest";
import { setUp, start } from "../test/set-up.ts";
import { createActionsFake } from "./index.ts";

const base = "https://api.github.com/repos/octo-org/octo-repo";

describe("what is not imitated", () => {
  test("is 501 with a sentence that says so, recorded, and reported", async () => {
    const reported: string[] = [];
    const fake = createActionsFake({ onInvalidRequest: (problem) => reported.push(problem) });
    const response = await fake.fetch(`${base}/issues/7/comments?page=2`, { method: "POST" });
    expect(response.status).toBe(501);
    const { message } = (await response.json()) as { message: string };
    expect(message).toBe(
      'the fake does not imitate POST /repos/octo-org/octo-repo/issues/7/comments: add it with fake.handle("POST /repos/:owner/:repo/issues/:id/comments", (call) => Response.json(…))',
    );
    expect(reported).toEqual([message]);
    expect(fake.requests).toMatchObject([{ operation: undefined, method: "POST", status: 501 }]);
  });

  test("is a warning by default, and rejected when invalid requests are errors", async () => {
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    try {
      expect((await createActionsFake().fetch(`${base}/releases`)).status).toBe(501);
      expect(warn).toHaveBeenCalledTimes(1);
    } finally {
      warn.mockRestore();
    }
    await expect(setUp().fake.fetch(`${base}/releases`)).rejects.toThrow(
      "does not imitate GET /repos/octo-org/octo-repo/releases",
    );
  });

  test("costs as much as any request, and needs a good token", async () => {
    const fake = createActionsFake({ tokens: { good: {} }, onInvalidRequest: () => {} });
    const ask = (token: string): Promise<Response> =>
      fake.fetch(`${base}/releases`, { headers: { authorization: `Bearer ${token}` } });
    expect((await ask("bad")).status).toBe(401);
    const response = await ask("good");
    expect([response.status, response.headers.get("x-ratelimit-used")]).toEqual([501, "1"]);
  });
});

describe("a route of one's own", () => {
  const topics = "GET /repos/:owner/:repo/topics";

  test("is called with the path, the query, the body, and the repository", async () => {
    const { fake, repository } = setUp();
    const remove = fake.handle("POST /repos/:owner/:repo/issues/:number/comments", (call) => {
      const run = call.repository.createRun({ event: "issue_comment", actor: call.login });
      const { path, query, body, method } = call;
      return Response.json({ path, page: query.get("page"), body, method, run: run.id });
    });
    const url = `${base}/issues/7/comments?page=2`;
    const response = await fake.fetch(url, { method: "POST", body: '{"body":"/deploy"}' });
    const body = (await response.json()) as { run: number };
    expect(body).toEqual({
      path: { owner: "octo-org", repo: "octo-repo", number: "7" },
      page: "2",
      body: { body: "/deploy" },
      method: "POST",
      run: expect.any(Number) as number,
    });
    expect(repository.run(body.run)?.data.event).toBe("issue_comment");
    expect(response.headers.get("x-ratelimit-remaining")).toBe("4999");
    expect(response.headers.get("x-github-request-id")).toMatch(/:/);
    expect(fake.requests).toMatchObject([
      { operation: "POST /repos/:owner/:repo/issues/:number/comments", status: 200 },
    ]);
    remove();
    await expect(fake.fetch(url, { method: "POST" })).rejects.toThrow("does not imitate");
  });

  test("knows no more than the fake: renamed, private and missing repositories, bad tokens", async () => {
    const fake = createActionsFake({ tokens: { a: { repositories: ["o/other"] }, b: {} } });
    const repository = fake.repository("o/secret", { private: true });
    const called: string[] = [];
    fake.handle(topics, ({ repository: { fullName } }) => {
      called.push(fullName);
      return Response.json({ names: [] });
    });
    const ask = async (name: string, token: string): Promise<number> => {
      const headers = { authorization: `Bearer ${token}` };
      const url = `https://api.github.com/repos/${name}/topics`;
      return (await fake.fetch(url, { headers, redirect: "manual" })).status;
    };
    expect(await ask("o/secret", "a")).toBe(404);
    expect(await ask("o/secret", "nope")).toBe(401);
    expect(await ask("o/missing", "b")).toBe(404);
    expect(await ask("o/secret", "b")).toBe(200);
    repository.rename("o/moved");
    expect(await ask("o/secret", "b")).toBe(301);
    expect(called).toEqual(["o/secret"]);
  });

  test("has faults and limits as any other", async () => {
    const { fake } = setUp();
    fake.handle(topics, () => Response.json({ names: ["ci"] }));
    const status = async (): Promise<number> => (await fake.fetch(`${base}/topics`)).status;
    fake.fail(topics, { status: 502, times: 1 });
    expect([await status(), await status()]).toEqual([502, 200]);
    fake.limit({ kind: "secondary", retry_after: 1 });
    expect([await status(), await status()]).toEqual([403, 200]);
  });

  test("may replace the fake's, be about no repository, of several segments, and slow", async () => {
    const { fake } = setUp();
    fake.handle("GET /zen", async () => {
      await Promise.resolve();
      return new Response("Keep it logically awesome.", { headers: { "x-ratelimit-used": "7" } });
    });
    fake.handle("GET /repos/:owner/:repo/contents/:path+", ({ path }) => Response.json(path));
    fake.handle(
      "GET /repos/:owner/:repo/actions/runs/:run_id",
      () => new Response(null, { status: 204 }),
    );
    fake.handle("PUT /repos/:owner/:repo/blob", ({ body }) => Response.json({ body }));
    const zen = await fake.fetch("https://api.github.com/zen");
    expect(await zen.text()).toBe("Keep it logically awesome.");
    expect(zen.headers.get("x-ratelimit-used")).toBe("7");
    const contents = await fake.fetch(`${base}/contents/.github/workflows/ci.yml?ref=main`);
    expect(await contents.json()).toMatchObject({ path: ".github/workflows/ci.yml" });
    expect((await fake.fetch(`${base}/actions/runs/1`)).status).toBe(204);
    const put = await fake.fetch(`${base}/blob`, { method: "PUT", body: "no JSON" });
    expect(await put.json()).toEqual({ body: "no JSON" });
    expect((await fake.fetch("https://api.github.com/zen", { method: "HEAD" })).status).toBe(200);
  });

  test("is forgotten by a reset, and refused when it is none", async () => {
    const { fake } = setUp();
    fake.handle("GET /zen", () => new Response(""));
    fake.reset();
    await expect(fake.fetch("https://api.github.com/zen")).rejects.toThrow("does not imitate");
    for (const route of ["zen", "GET zen", "TRACE /zen", "get /zen"]) {
      expect(() => fake.handle(route as "GET /zen", () => new Response(""))).toThrow(
        `handle: route is "${route}", not a route: give a method and a path`,
      );
    }
    expect(() => fake.handle("GET /zen", "no" as never)).toThrow("handler");
  });
});

describe("the record of requests", () => {
  test("has the refused ones too: bad token, limits, faults, a missing repository", async () => {
    const fake = createActionsFake({ tokens: { t1: { login: "mona", rate_limit: 60 } } });
    fake.repository("octo-org/octo-repo").createRun();
    const get = async (token = "t1", url = `${base}/actions/runs`): Promise<void> => {
      await fake.fetch(url, { headers: { authorization: `Bearer ${token}` } });
    };
    await get();
    fake.limit({ kind: "secondary", retry_after: 1 });
    await get();
    fake.limit({ kind: "secondary", retry_after: 1, status: 429 });
    await get();
    fake.fail("*", { status: 502, times: 1 });
    await get();
    await get("nope");
    await get("t1", "https://api.github.com/repos/a/zzz/actions/runs");
    fake.limit({ kind: "primary" });
    await get();
    const statuses = fake.requests.map(({ status }) => status);
    expect(statuses).toEqual([200, 403, 429, 502, 401, 404, 403]);
    expect(new Set(fake.requests.map(({ operation }) => operation))).toEqual(
      new Set(["listWorkflowRunsForRepo"]),
    );
    expect(JSON.stringify(fake.requests)).not.toMatch(/t1|nope/);
  });

  test("has the downloads that follow a redirect, without the token", async () => {
    const fake = createActionsFake({ clock: () => start });
    const run = fake.repository("octo-org/octo-repo").createRun({ status: "completed" });
    const download = async (): Promise<number> => {
      const headers = { authorization: "Bearer secret" };
      return (await fake.fetch(`${base}/actions/runs/${run.id}/logs`, { headers })).status;
    };
    expect(await download()).toBe(200);
    fake.fail("logs", { status: 503, times: 1 });
    expect(await download()).toBe(503);
    expect(fake.requests.map(({ operation, status }) => [operation, status])).toEqual([
      ["downloadWorkflowRunLogs", 302],
      ["logs", 200],
      ["downloadWorkflowRunLogs", 302],
      ["logs", 503],
    ]);
    expect(fake.requests[1]?.url).toMatch(
      /^https:\/\/productionresultssa0\.blob\.core\.windows\.net/,
    );
    expect(fake.requests[1]?.headers).not.toHaveProperty("authorization");
  });

  test("keeps the newest, so that a fake that is polled for long does not grow", async () => {
    const count = async (recordRequests: boolean | number, requests: number): Promise<number[]> => {
      const fake = createActionsFake({ clock: () => start, recordRequests });
      fake.repository("octo-org/octo-repo");
      for (let page = 1; page <= requests; page += 1) {
        await fake.fetch(`${base}/actions/runs?page=${page}`);
      }
      return fake.requests.map(({ query }) => Number(query["page"]));
    };
    expect(await count(3, 5)).toEqual([3, 4, 5]);
    expect(await count(true, 5)).toEqual([1, 2, 3, 4, 5]);
    expect(await count(false, 5)).toEqual([]);
    expect(() => createActionsFake({ recordRequests: -1 })).toThrow("recordRequests is -1");
  });
});
