import { inspect } from "node:util";
import { Octokit as OctokitCore } from "@octokit/core";
import { Octokit } from "octokit";
import { describe, expect, expectTypeOf, test } from "vitest";
import { type ClientOptions, createClient, type RetryEvent } from "../src/index.ts";
import { json, type LocalServer, serve } from "./local-server.ts";

const run = { owner: "o", repo: "r", run_id: 42 };

/** A server whose every resource has an ETag, and a budget that only a 200 uses. */
async function github(): Promise<LocalServer> {
  let remaining = 5000;
  return serve((request, response, count) => {
    const unchanged = request.headers["if-none-match"] === '"1"';
    const headers = {
      etag: '"1"',
      "x-ratelimit-limit": "5000",
      "x-ratelimit-remaining": String(unchanged ? remaining : --remaining),
      "x-ratelimit-reset": String(Math.ceil(Date.now() / 1000) + 3600),
    };
    if (count === 1) return json(response, 502, {});
    if (unchanged) return response.writeHead(304, headers).end();
    return json(response, 200, { id: 42, url: request.url, body: request.body }, headers);
  });
}

describe("github.fetch", () => {
  test("gives an Octokit the client's token, retries, budget and cache", async () => {
    await using server = await github();
    const retries: RetryEvent[] = [];
    const client = createClient({
      baseUrl: server.url,
      auth: "t0ken",
      cache: true,
      retry: { maxDelay: 1, onRetry: (event) => retries.push(event) },
    });
    const octokit = new OctokitCore({ baseUrl: server.url, request: { fetch: client.fetch } });
    const get = (): Promise<{ data: unknown; url: string; status: number }> =>
      octokit.request("GET /repos/{owner}/{repo}/actions/runs/{run_id}", run);
    const first = await get();
    const second = await get();
    expect(second).toMatchObject({
      status: 200,
      url: `${server.url}/repos/o/r/actions/runs/42`,
      data: { id: 42 },
    });
    expect(second.data).toEqual(first.data);
    const created = await octokit.request("POST /repos/{owner}/{repo}/issues", {
      ...run,
      title: "Ünïcode",
    });
    expect(JSON.parse((created.data as unknown as { body: string }).body).title).toBe("Ünïcode");
    expect(retries).toHaveLength(1);
    expect(client.rateLimit?.remaining).toBe(4997);
    expect(server.received.map(({ headers }) => headers["if-none-match"])).toEqual([
      undefined,
      undefined,
      '"1"',
      undefined,
    ]);
    for (const { headers } of server.received) {
      expect(headers.authorization).toBe("Bearer t0ken");
      // An Octokit's types are of the version that it asks for.
      expect(headers).not.toHaveProperty("x-github-api-version");
      expect(headers["user-agent"]).toContain("octokit-core");
    }
  });

  test("takes what fetch takes, and leaves bytes as they are", async () => {
    const bytes = new Uint8Array([0, 255, 128, 10]);
    await using server = await serve((request, response) => {
      if (request.method === "GET")
        return response.writeHead(200, { "content-type": "application/zip" }).end(bytes);
      return json(response, 200, { body: request.body, type: request.headers["content-type"] });
    });
    const { fetch } = createClient({ baseUrl: server.url, auth: "t0ken" });
    expect(new Uint8Array(await (await fetch(new URL("/zip", server.url))).arrayBuffer())).toEqual(
      bytes,
    );
    const post = { method: "POST", headers: { "content-type": "text/plain" } };
    for (const body of ["text", new Blob(["text"]), new TextEncoder().encode("text")])
      expect(await (await fetch(`${server.url}/x`, { ...post, body })).json()).toEqual({
        body: "text",
        type: "text/plain",
      });
    const request = new Request(`${server.url}/x`, { ...post, body: "text" });
    expect(await (await fetch(request)).json()).toMatchObject({ body: "text" });
    const notFound = await fetch(`${server.url}/missing`, { method: "HEAD" });
    expect([notFound.status, await notFound.text()]).toEqual([200, ""]);
    const controller = new AbortController();
    controller.abort();
    await expect(fetch(`${server.url}/x`, { signal: controller.signal })).rejects.toMatchObject({
      name: "AbortError",
    });
  });

  test("follows a download to its host without the token, and gives any status as a response", async () => {
    await using files = await serve((_, response) => response.writeHead(404).end("<Error/>"));
    await using server = await serve((request, response) =>
      request.url === "/teapot"
        ? json(response, 418, { message: "short and stout" })
        : response.writeHead(302, { location: `${files.url}/f?sig=1` }).end(),
    );
    const { fetch } = createClient({ baseUrl: server.url, auth: "t0ken" });
    const file = await fetch(`${server.url}/archive`);
    expect([file.status, await file.text()]).toEqual([404, "<Error/>"]);
    expect(files.received[0]?.headers).not.toHaveProperty("authorization");
    const link = await fetch(`${server.url}/archive`, { redirect: "manual" });
    expect([link.status, link.headers.get("location")]).toEqual([302, `${files.url}/f?sig=1`]);
    expect((await fetch(`${server.url}/teapot`)).status).toBe(418);
  });

  test.each([
    { to: "another host", location: "https://elsewhere.example/" },
    { to: "the same host", location: "/b" },
  ])('with `redirect: "error"` a redirect to $to is an error', async ({ location }) => {
    await using server = await serve((request, response) =>
      request.url === "/a"
        ? response.writeHead(302, { location }).end()
        : json(response, 200, { url: request.url }),
    );
    const { fetch } = createClient({ baseUrl: server.url });
    const refused = /GET .*\/a: 302 is a redirect, and `redirect` is "error"/;
    const url = `${server.url}/a`;
    await expect(fetch(url, { redirect: "error" })).rejects.toThrow(refused);
    await expect(fetch(new Request(url, { redirect: "error" }))).rejects.toThrow(refused);
    const found = await fetch(url, { redirect: "manual" });
    expect([found.status, found.headers.get("location")]).toEqual([302, location]);
    expect(server.received).toHaveLength(3);
    const other = await fetch(`${server.url}/c`, { redirect: "error" });
    expect(await other.json()).toEqual({ url: "/c" });
  });

  test("an unknown `redirect` is refused before anything is sent", async () => {
    await using server = await serve((_, response) => json(response, 200, {}));
    const { fetch } = createClient({ baseUrl: server.url });
    const refused = fetch(`${server.url}/a`, { redirect: "bogus" as RequestRedirect });
    await expect(refused).rejects.toMatchObject({ name: "ParameterError", parameter: "redirect" });
    expect(server.received).toHaveLength(0);
  });

  test("follows a HEAD as a HEAD, and no write to another host", async () => {
    await using files = await serve((_, response) => response.end());
    await using server = await serve((request, response) =>
      response.writeHead(Number(request.url.slice(1)), { location: `${files.url}/f` }).end(),
    );
    const { fetch } = createClient({ baseUrl: server.url, auth: "t0ken" });
    for (const status of [301, 302, 303, 307, 308]) {
      const url = `${server.url}/${status}`;
      expect((await fetch(url, { method: "HEAD" })).status).toBe(200);
      for (const method of ["POST", "PUT", "PATCH", "DELETE"])
        expect((await fetch(url, { method, body: "secret" })).status).toBe(status);
    }
    expect(files.received.map(({ method }) => method)).toEqual(Array(5).fill("HEAD"));
  });

  test("refuses what fetch cannot send, without sending it four times or showing a header", async () => {
    await using server = await serve((_, response) => json(response, 200, {}));
    const client = createClient({ baseUrl: server.url });
    const headers = { authorization: "Bearer s3cret\nx" };
    const url = `${server.url}/a`;
    const path = "/repos/{owner}/{repo}/actions/runs/{run_id}";
    const raw = client.GET as unknown as (path: string, init: object) => Promise<unknown>;
    for (const [parameter, refused] of [
      ["body", client.fetch(url, { body: "x" })],
      ["body", raw(path, { params: { path: run }, body: {} })],
      ["method", client.fetch(url, { method: "TRACE" })],
      ["method", client.fetch(url, { method: "G T" })],
      ["headers", client.fetch(url, { headers })],
      ["headers", raw(path, { params: { path: run }, headers })],
    ] as const) {
      const error: unknown = await refused.catch((error: unknown) => error);
      expect(error).toMatchObject({ name: "ParameterError", parameter });
      expect(inspect(error)).not.toContain("s3cret");
    }
    expect(server.received).toEqual([]);
  });

  test.each([
    [
      "/repos/o/r?token=s3cret",
      /^fetch: the URL is relative or no URL, it has to begin with BASE\/;/,
    ],
    ["BASE/api/v4/x?token=s3cret", /^fetch: BASE\/api\/v4\/x is not below BASE\/api\/v3;/],
    ["https://elsewhere.example/s3cret", /^fetch: https:\/\/elsewhere.example is not below/],
  ])("says why it refuses %s", async (address, expected) => {
    const base = "https://ghes.example";
    const { fetch } = createClient({ baseUrl: `${base}/api/v3` });
    const error = (await fetch(address.replace("BASE", base)).catch((error) => error)) as Error;
    expect(error.message.replaceAll(base, "BASE").replace("BASE/api/v3/;", "BASE/;")).toMatch(
      expected,
    );
    expect(error.message).not.toContain("s3cret");
  });

  test.each([
    "https://elsewhere.example/repos",
    "/repos/o/r",
    "BASE.evil.example/repos",
    "BASE/api/v3/../v4/repos",
    "BASE/api/v3",
    "https://user:s3cret@elsewhere.example/?token=s3cret",
  ])("refuses %s before anything is sent", async (address) => {
    await using server = await serve((_, response) => json(response, 200, {}));
    const { fetch } = createClient({ baseUrl: `${server.url}/api/v3`, auth: "t0ken" });
    const url = address.replace("BASE", server.url);
    const refused = fetch(url);
    await expect(refused).rejects.toMatchObject({ name: "ParameterError", parameter: "url" });
    await expect(refused).rejects.not.toThrow(/s3cret/);
    expect(server.received).toEqual([]);
  });
});

test("GitHub's other budgets, which an Octokit may use up, keep no run waiting", async () => {
  const reset = String(Math.ceil(Date.now() / 1000) + 50);
  const quota = (limit: string, remaining: string, resource: string) => ({
    "x-ratelimit-limit": limit,
    "x-ratelimit-remaining": remaining,
    "x-ratelimit-reset": reset,
    "x-ratelimit-resource": resource,
  });
  await using server = await serve((request, response) =>
    request.url.startsWith("/search")
      ? json(response, 200, { items: [] }, quota("30", "0", "search"))
      : json(response, 200, { id: 42 }, quota("5000", "4999", "core")),
  );
  const client = createClient({ baseUrl: server.url, rateLimit: { maxWait: 0 } });
  const octokit = new OctokitCore({ baseUrl: server.url, request: { fetch: client.fetch } });
  const search = (): Promise<unknown> => octokit.request("GET /search/issues", { q: "a" });
  await search();
  expect(await client.getWorkflowRun(run)).toEqual({ id: 42 });
  expect(client.rateLimit).toMatchObject({ limit: 5000, remaining: 4999 });
  await expect(search()).rejects.toThrow(/not sent \(primary rate limit/);
});

describe("an Octokit's token", () => {
  const octokit = new Octokit({ auth: "s3cret" });

  test.each<[string, ClientOptions["auth"], string | undefined]>([
    ["auth: octokit", octokit, "Bearer s3cret"],
    ["auth: octokit.auth", octokit.auth, "Bearer s3cret"],
    [
      "auth: () => its token",
      async () => ((await octokit.auth()) as { token: string }).token,
      "Bearer s3cret",
    ],
    ["auth: an Octokit without a token", new Octokit(), undefined],
    ["auth: its auth", new Octokit().auth, undefined],
  ])("%s", async (_, auth, authorization) => {
    await using server = await serve((_, response) => json(response, 200, { id: 42 }));
    await createClient({ baseUrl: server.url, auth }).getWorkflowRun(run);
    expect(server.received[0]?.headers.authorization).toBe(authorization);
  });

  test("type-checks", () => {
    expectTypeOf(octokit).toExtend<NonNullable<ClientOptions["auth"]>>();
    expectTypeOf(octokit.auth).toExtend<NonNullable<ClientOptions["auth"]>>();
    expectTypeOf<{ auth: string }>().not.toExtend<NonNullable<ClientOptions["auth"]>>();
    expectTypeOf<() => number>().not.toExtend<NonNullable<ClientOptions["auth"]>>();
  });

  test.each([[42], [null], [{ token: 42 }], [["t"]]])(
    "a provider that gives %j is refused, and the value not shown",
    async (result) => {
      const github = createClient({ auth: () => Promise.resolve(result) });
      await expect(github.getWorkflowRun(run)).rejects.toThrow(
        /auth is a hidden (number|object) \(it may be a secret\), not a bare token/,
      );
    },
  );
});
