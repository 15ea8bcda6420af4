import { operations } from "@workflow-runs/openapi-types/operations";
import { describe, expect, test } from "vitest";
import { type Client, createClient, type Operation, type OperationName } from "../src/index.ts";
import { json, serve } from "./local-server.ts";

const path = {
  owner: "octo org",
  repo: "héllo/world",
  run_id: 42,
  job_id: 7,
  attempt_number: 2,
  workflow_id: "ci/build.yml",
};
const query = {
  actor: "octocat",
  branch: "feat/a&b",
  event: "push",
  status: "failure",
  per_page: 50,
  page: 2,
  created: "2026-01-01T00:00:00+02:00..2026-02-01",
  exclude_pull_requests: true,
  check_suite_id: 9,
  head_sha: "abc",
  filter: "all",
};
const body = {
  enable_debug_logging: true,
  enable_debugger: false,
  environment_name: "prod",
  state: "approved",
  comment: "Ünïcode ✓",
  environment_ids: [1, 2],
};

/** A value for each name: the one of the table, else a text. */
function pick(from: object, names: readonly string[]): Record<string, unknown> {
  const values = from as Record<string, unknown>;
  return Object.fromEntries(names.map((name) => [name, values[name] ?? `a ${name}`]));
}

type Loose = { (parameters: object): Promise<unknown>; operation: Operation };

describe("every operation", () => {
  test.each(Object.keys(operations) as OperationName[])(
    "%s sends what GitHub documents",
    async (name) => {
      const { method, path: template, ...operation }: Operation = operations[name];
      await using server = await serve((request, response) => {
        if (request.url === "/file") return response.end("the file");
        if (operation.success[0] === 302) {
          response.writeHead(302, { location: `${fileServer.url}/file` });
          return response.end();
        }
        if (operation.success[0] === 204) return response.writeHead(204).end();
        return json(response, operation.success[0] as number, { id: 1, total_count: 0 });
      });
      await using fileServer = await serve((_, response) => response.end("the file"));
      const github = createClient({
        baseUrl: `${server.url}/api/v3`,
        auth: "t0ken",
        userAgent: "tests",
      });

      const sent = {
        ...pick(path, operation.pathParameters),
        ...pick(query, operation.queryParameters),
        ...pick(body, operation.bodyProperties),
      };
      const data = await (github[name] as Loose)(sent);

      const [request] = server.received;
      const url = new URL(request?.url ?? "", server.url);
      const segments = template.replaceAll(/\{(\w+)\}/g, (_, key: string) =>
        encodeURIComponent(String(pick(path, [key])[key])),
      );
      expect(request?.method).toBe(method.toUpperCase());
      expect(url.pathname).toBe(`/api/v3${segments}`);
      expect(Object.fromEntries(url.searchParams)).toEqual(
        Object.fromEntries(
          Object.entries(pick(query, operation.queryParameters)).map(([key, value]) => [
            key,
            String(value),
          ]),
        ),
      );
      expect(request?.body && JSON.parse(request.body)).toEqual(
        operation.bodyProperties.length > 0 ? pick(body, operation.bodyProperties) : "",
      );
      expect(request?.headers).toMatchObject({
        accept: "application/vnd.github+json",
        "x-github-api-version": "2022-11-28",
        authorization: "Bearer t0ken",
        "user-agent": "tests",
        ...(operation.bodyProperties.length > 0 && { "content-type": "application/json" }),
      });
      expect((github[name] as Loose).operation).toBe(operations[name]);
      expect(server.received).toHaveLength(1);
      const [success] = operation.success;
      expect(data instanceof Response ? await data.text() : data).toEqual(
        success === 302 ? "the file" : success === 204 ? undefined : { id: 1, total_count: 0 },
      );
      expect(fileServer.received.map(({ headers }) => headers.authorization)).toEqual(
        success === 302 ? [undefined] : [],
      );
    },
  );

  test("sends a POST without parameters of its own without a body", async () => {
    await using server = await serve((_, response) => json(response, 201, {}));
    const github = createClient({ baseUrl: server.url });
    await github.reRunWorkflow({ owner: "o", repo: "r", run_id: 1 });
    expect(server.received[0]).toMatchObject({ body: "", headers: { "content-length": "0" } });
    expect(server.received[0]?.headers).not.toHaveProperty("content-type");
    expect(server.received[0]?.headers).not.toHaveProperty("authorization");
  });

  test("fills owner and repo from repository()", async () => {
    await using server = await serve((_, response) => json(response, 200, { id: 5 }));
    const repository = createClient({ baseUrl: server.url }).repository("cli/cli");
    const { data, response } = await repository.getWorkflowRun.withResponse({ run_id: 5 });
    expect(data.id).toBe(5);
    expect(response.headers.get("content-type")).toMatch("json");
    expect(response.url).toBe(`${server.url}/repos/cli/cli/actions/runs/5`);
    expect(server.received[0]?.url).toBe("/repos/cli/cli/actions/runs/5");
  });

  test("gives the raw methods of openapi-fetch the same headers, and data, error and response", async () => {
    await using server = await serve((request, response) =>
      request.method === "POST"
        ? json(response, 409, { message: "no" })
        : json(response, 200, { id: 5 }),
    );
    const github: Client = createClient({ baseUrl: server.url, auth: "t0ken" });
    const params = { path: { owner: "o", repo: "r", run_id: 5 } };
    const { data } = await github.GET("/repos/{owner}/{repo}/actions/runs/{run_id}", { params });
    expect(data?.id).toBe(5);
    const cancelled = await github.POST("/repos/{owner}/{repo}/actions/runs/{run_id}/cancel", {
      params,
    });
    expect(cancelled.error).toEqual({ message: "no" });
    expect(cancelled.response.status).toBe(409);
    await github.DELETE("/repos/{owner}/{repo}/actions/runs/{run_id}", { params });
    expect(server.received.map(({ method }) => method)).toEqual(["GET", "POST", "DELETE"]);
    for (const { headers } of server.received)
      expect(headers).toMatchObject({
        authorization: "Bearer t0ken",
        "x-github-api-version": "2026-03-10",
      });
  });

  test("raw calls know every method, and openapi-fetch's own middleware and options", async () => {
    await using server = await serve((request, response) =>
      json(response, 200, { method: request.method, tag: request.headers["x-tag"] }),
    );
    const github = createClient({ baseUrl: server.url, auth: "t0ken" });
    type Raw = (path: string, init?: object) => Promise<{ data?: unknown; response: Response }>;
    const raw = github as unknown as Record<"PUT" | "PATCH" | "GET", Raw>;
    for (const method of ["PUT", "PATCH"] as const)
      expect((await raw[method]("/anything", { body: { a: 1 } })).data).toEqual({ method });
    expect(server.received.map(({ body }) => body)).toEqual(['{"a":1}', '{"a":1}']);
    const seen: unknown[] = [];
    const { data, response } = await raw.GET("/x", {
      middleware: [
        {
          onRequest({ request }: { request: Request }) {
            seen.push(request.headers.get("authorization"));
            request.headers.set("x-tag", "1");
            return request;
          },
        },
      ],
    });
    expect([data, response.status, seen]).toEqual([{ method: "GET", tag: "1" }, 200, [null]]);
    const { data: bytes } = await raw.GET("/x", { parseAs: "arrayBuffer" });
    expect(new TextDecoder().decode(bytes as ArrayBuffer)).toBe('{"method":"GET"}');
    for (const { headers } of server.received) expect(headers.authorization).toBe("Bearer t0ken");
  });

  test("a raw call's headers go over the client's, in every form that openapi-fetch takes; null leaves one out", async () => {
    await using server = await serve((_, response) => json(response, 200, {}));
    const raw = createClient({ baseUrl: server.url }) as unknown as Record<
      "GET" | "PUT",
      (path: string, init?: object) => Promise<unknown>
    >;
    await raw.GET("/x", { headers: { Accept: "text/plain", "x-github-api-version": null } });
    await raw.GET("/x", { headers: new Headers({ accept: "text/plain" }) });
    await raw.GET("/x", { params: { header: { accept: "text/plain" } } });
    await raw.PUT("/x", { body: {}, headers: { "content-type": "application/merge-patch+json" } });
    const version = "2026-03-10";
    expect(
      server.received.map(({ headers }) => [
        headers.accept,
        headers["x-github-api-version"],
        headers["content-type"],
      ]),
    ).toEqual([
      ["text/plain", undefined, undefined],
      ["text/plain", version, undefined],
      ["text/plain", version, undefined],
      ["application/vnd.github+json", version, "application/merge-patch+json"],
    ]);
  });

  test("takes headers for one call over the client's", async () => {
    await using server = await serve((_, response) => json(response, 200, {}));
    const github = createClient({ baseUrl: server.url, auth: "t0ken", apiVersion: "2026-03-10" });
    const run = { owner: "o", repo: "r", run_id: 5 };
    await github.getWorkflowRun(run, {
      headers: { Accept: "application/json", Authorization: "Bearer other" },
    });
    expect(server.received[0]?.headers).toMatchObject({
      accept: "application/json",
      authorization: "Bearer other",
      "x-github-api-version": "2026-03-10",
    });
    await expect(
      github.getWorkflowRun(run, { headers: { authorization: "Bearer s3cret\nmore" } }),
    ).rejects.toSatisfy(
      (error: Error) => error.name === "ParameterError" && !error.message.includes("s3cret"),
    );
  });
});
