import { generateKeyPairSync } from "node:crypto";
import { inspect } from "node:util";
import { createAppAuth } from "@octokit/auth-app";
import { createTokenAuth } from "@octokit/auth-token";
import { describe, expect, test, vi } from "vitest";
import { type Client, createClient, type Middleware } from "../src/index.ts";
import { closedPort, json, serve } from "./local-server.ts";

const run = { owner: "o", repo: "r", run_id: 42 };

describe("auth", () => {
  test("a provider is called before each request, and once more on 401", async () => {
    await using server = await serve((request, response) =>
      request.headers.authorization === "Bearer new"
        ? json(response, 200, { id: 42 })
        : json(response, 401, { message: "Bad credentials" }),
    );
    const provider = vi.fn(({ refresh }: { refresh: boolean }) => (refresh ? "new" : "old"));
    const github = createClient({ baseUrl: server.url, auth: provider });
    await github.reRunWorkflow({ ...run, enable_debug_logging: true });
    expect(server.received.map(({ headers, body }) => [headers.authorization, body])).toEqual([
      ["Bearer old", '{"enable_debug_logging":true}'],
      ["Bearer new", '{"enable_debug_logging":true}'],
    ]);
    expect(provider.mock.calls).toEqual([[{ refresh: false }], [{ refresh: true }]]);
  });

  test.each([
    ["the new token is refused too", (): string => crypto.randomUUID(), 2],
    ["there is no other token", (): string => "same", 1],
    ["the token is a plain string", "same", 1],
  ])("%s: AuthenticationError", async (_, auth, requests) => {
    await using server = await serve((_, response) =>
      json(response, 401, { message: "Bad credentials" }),
    );
    const github = createClient({ baseUrl: server.url, auth });
    await expect(github.getWorkflowRun(run)).rejects.toMatchObject({
      name: "AuthenticationError",
      status: 401,
    });
    expect(server.received).toHaveLength(requests);
  });

  describe("a storm of 401s", () => {
    /** GitHub takes the token last issued and no other; each refresh takes a while. */
    async function issuer(lifetime = Infinity) {
      const state = { refreshes: 0, valid: "none", current: "t0", uses: 0 };
      const server = await serve((request, response) => {
        const good = request.headers.authorization === `Bearer ${state.valid}`;
        if (good && ++state.uses > lifetime) {
          state.uses = 0;
          state.valid = "revoked";
          return json(response, 401, { message: "Bad credentials" });
        }
        return good
          ? json(response, 200, { id: 42 })
          : json(response, 401, { message: "Bad credentials" });
      });
      const auth = async ({ refresh }: { refresh: boolean }): Promise<string> => {
        if (refresh) {
          await new Promise((resolve) => {
            setTimeout(resolve, 20);
          });
          state.current = state.valid = `t${++state.refreshes}`;
          state.uses = 0;
        }
        return state.current;
      };
      return { state, auth, ...server };
    }
    const fifty = (github: Client): Promise<PromiseSettledResult<unknown>[]> =>
      Promise.allSettled(Array.from({ length: 50 }, () => github.getWorkflowRun(run)));

    test.each([1, 10, 50])(
      "%i at once: one refresh, which makes the token before it invalid, and all succeed",
      async (concurrency) => {
        await using server = await issuer();
        const { auth, url: baseUrl, state } = server;
        const github = createClient({ baseUrl, auth, rateLimit: { concurrency } });
        const outcomes = await fifty(github);
        expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(50);
        expect(state.refreshes).toBe(1);
        await github.getWorkflowRun(run);
        expect(state.refreshes).toBe(1);
      },
    );

    test("a token that expires during it is refreshed once more", async () => {
      await using server = await issuer(30);
      const { auth, url: baseUrl, state } = server;
      const outcomes = await fifty(createClient({ baseUrl, auth }));
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(50);
      expect(state.refreshes).toBe(2);
    });

    test("a refresh that fails is every waiting call's error, and the next call refreshes again", async () => {
      await using server = await issuer();
      let broken = true;
      const github = createClient({
        baseUrl: server.url,
        auth: (options) =>
          options.refresh && broken
            ? Promise.reject(new Error("vault is sealed"))
            : server.auth(options),
      });
      const outcomes = await fifty(github);
      expect(outcomes.map((outcome) => "reason" in outcome && String(outcome.reason))).toEqual(
        Array(50).fill("Error: vault is sealed"),
      );
      broken = false;
      expect(await github.getWorkflowRun(run)).toEqual({ id: 42 });
    });
  });

  test("a refresh that hangs holds nobody who comes after all that waited have aborted", async () => {
    await using server = await serve((request, response) =>
      request.headers.authorization === "Bearer new"
        ? json(response, 200, { id: 42 })
        : json(response, 401, {}),
    );
    let asked = (): void => {};
    let refreshes = 0;
    const auth = ({ refresh }: { refresh: boolean }): string | Promise<string> => {
      if (!refresh) return "old";
      asked();
      return ++refreshes === 1 ? new Promise(() => {}) : "new";
    };
    const github = createClient({ baseUrl: server.url, auth });
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    const controllers = [new AbortController(), new AbortController()];
    const calls = controllers.map(({ signal }) => github.getWorkflowRun(run, { signal }));
    await isAsked;
    for (const controller of controllers) controller.abort();
    for (const call of calls) await expect(call).rejects.toMatchObject({ name: "AbortError" });
    expect(await github.getWorkflowRun(run)).toEqual({ id: 42 });
    expect(refreshes).toBe(2);
  });

  test("a provider's own error is the call's, and a provider may return no token", async () => {
    await using server = await serve((_, response) => json(response, 200, {}));
    const broken = createClient({
      baseUrl: server.url,
      auth: () => Promise.reject(new Error("vault is sealed")),
    });
    await expect(broken.getWorkflowRun(run)).rejects.toThrow("vault is sealed");
    expect(server.received).toHaveLength(0);
    await createClient({ baseUrl: server.url, auth: () => undefined }).getWorkflowRun(run);
    expect(server.received[0]?.headers).not.toHaveProperty("authorization");
  });

  test("takes @octokit/auth-token", async () => {
    await using server = await serve((_, response) => json(response, 200, {}));
    await createClient({ baseUrl: server.url, auth: createTokenAuth("ghp_x") }).getWorkflowRun(run);
    expect(server.received[0]?.headers.authorization).toBe("Bearer ghp_x");
  });

  test("takes @octokit/auth-app, and has it renew an installation token that GitHub no longer takes", async () => {
    let issued = 0;
    await using server = await serve((request, response) => {
      if (request.url === "/app/installations/7/access_tokens")
        return json(response, 201, {
          token: `ghs_${++issued}`,
          expires_at: new Date(Date.now() + 3.6e6).toISOString(),
          permissions: {},
        });
      return request.headers.authorization === "Bearer ghs_1" && server.received.length > 3
        ? json(response, 401, { message: "Bad credentials" })
        : json(response, 200, { id: 42 });
    });
    const { request } = await import("@octokit/request");
    const { privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 2048,
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
      publicKeyEncoding: { type: "spki", format: "pem" },
    });
    const auth = createAppAuth({
      appId: 1,
      privateKey,
      installationId: 7,
      request: request.defaults({ baseUrl: server.url }),
    });
    const github = createClient({ baseUrl: server.url, auth });
    await github.getWorkflowRun(run);
    await github.getWorkflowRun(run);
    expect(issued).toBe(1);
    await github.getWorkflowRun(run);
    expect(issued).toBe(2);
    expect(server.received.at(-1)?.headers.authorization).toBe("Bearer ghs_2");
  });
});

describe("the token", () => {
  const token = "ghp_tellnobody";

  test("is seen by no middleware, before or after", async () => {
    await using server = await serve((_, response) => json(response, 200, {}));
    const seen: string[] = [];
    const spy: Middleware = async (request, next, call) => {
      const response = await next(request);
      seen.push(
        inspect([request, [...request.headers], response, [...response.headers], call], {
          depth: 9,
        }),
      );
      return response;
    };
    await createClient({ baseUrl: server.url, auth: token, middleware: [spy] }).getWorkflowRun(run);
    expect(server.received[0]?.headers.authorization).toBe(`Bearer ${token}`);
    expect(seen.join()).not.toContain(token);
  });

  test.each([401, 403, 404, 409, 410, 422, 429, 500, 0])(
    "is in no error (%i) and not in the client",
    async (status) => {
      await using server = await serve((_, response) => json(response, status, { message: "no" }));
      const baseUrl = status === 0 ? `http://127.0.0.1:${await closedPort()}` : server.url;
      const github = createClient({
        baseUrl,
        auth: token,
        retry: false,
        rateLimit: { maxWait: 0 },
        cache: true,
      });
      const error: unknown = await github.getWorkflowRun(run).catch((error: unknown) => error);
      expect(error).toBeInstanceOf(Error);
      expect(inspect([error, github], { depth: 9, showHidden: true })).not.toContain(token);
    },
  );

  test.each<[string, (elsewhere: string, api: string) => Promise<unknown>]>([
    [
      "a middleware",
      (elsewhere, baseUrl) => {
        const away: Middleware = (request, next) => next(new Request(`${elsewhere}/x`, request));
        return createClient({ baseUrl, auth: "t0ken", middleware: [away] }).getWorkflowRun(run);
      },
    ],
    [
      "a raw call",
      (elsewhere, baseUrl) =>
        createClient({ baseUrl, auth: () => "t0ken" }).GET(
          "/repos/{owner}/{repo}/actions/runs/{run_id}",
          { baseUrl: elsewhere, params: { path: run } },
        ),
    ],
  ])("does not go along when %s leads to another host", async (_, ask) => {
    await using elsewhere = await serve((_, response) => json(response, 200, { id: 42 }));
    await using api = await serve((_, response) => json(response, 200, { id: 42 }));
    await ask(elsewhere.url, api.url);
    expect(elsewhere.received.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  test("that cannot stand in a header is not shown either", () => {
    expect(() => createClient({ auth: `${token}\n` })).toThrow(/auth is (?!.*tellnobody)/);
  });
});
