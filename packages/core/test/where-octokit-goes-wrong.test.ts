import { describe, expect, test } from "vitest";
import { createClient } from "../src/index.ts";
import { closedPort, json, serve } from "./local-server.ts";

const repository = { owner: "o", repo: "r" };
const run = { ...repository, run_id: 42 };

describe("where Octokit goes wrong", () => {
  test("an abort between two pages ends the paging, and no further page is requested", async () => {
    await using server = await serve((_, response) =>
      json(response, 200, { total_count: 300, workflow_runs: [] }),
    );
    const github = createClient({ baseUrl: server.url });
    const { signal, abort } = controlled();
    const paging = (async () => {
      for (let page = 1; page <= 3; page++) {
        await github.listWorkflowRunsForRepo({ ...repository, page }, { signal });
        abort();
      }
    })();
    await expect(paging).rejects.toMatchObject({ name: "AbortError" });
    expect(server.received).toHaveLength(1);
  });

  test("a 409 on a list is a ConflictError, not an empty list", async () => {
    await using server = await serve((_, response) =>
      json(response, 409, { message: "Git Repository is empty." }),
    );
    await expect(
      createClient({ baseUrl: server.url }).listWorkflowRunsForRepo(repository),
    ).rejects.toMatchObject({ name: "ConflictError", status: 409 });
  });

  test("a network failure is a NetworkError, and has no status, least of all 500", async () => {
    const github = createClient({
      baseUrl: `http://127.0.0.1:${await closedPort()}`,
      retry: false,
    });
    const error: unknown = await github.getWorkflowRun(run).catch((error: unknown) => error);
    expect(error).toMatchObject({ name: "NetworkError" });
    expect(error).not.toHaveProperty("status");
  });

  test("truncated JSON is an InvalidResponseError, not a string", async () => {
    await using server = await serve((_, response) =>
      response.writeHead(200, { "content-type": "application/json" }).end('{"id": 4'),
    );
    await expect(createClient({ baseUrl: server.url }).getWorkflowRun(run)).rejects.toMatchObject({
      name: "InvalidResponseError",
    });
  });

  test("a missing path parameter sends nothing", async () => {
    await using server = await serve((_, response) => json(response, 200, {}));
    const call = createClient({ baseUrl: server.url }).getWorkflowRun(
      // @ts-expect-error run_id is missing
      repository,
    );
    await expect(call).rejects.toMatchObject({ name: "ParameterError", parameter: "run_id" });
    expect(server.received).toEqual([]);
  });

  test("six writes on a healthy server are not spaced: all are under way before the first gets its response", async () => {
    const waiting: (() => void)[] = [];
    await using server = await serve((_, response) => {
      waiting.push(() => json(response, 201, {}));
      if (waiting.length === 6) for (const respond of waiting) respond();
    });
    const github = createClient({ baseUrl: server.url });
    await Promise.all(
      Array.from({ length: 6 }, (_, run_id) => github.reRunWorkflow({ ...repository, run_id })),
    );
    expect(server.received).toHaveLength(6);
  });

  test("a limit of one client stops no other, also with the same token", async () => {
    await using limited = await serve((_, response) =>
      json(response, 429, {}, { "retry-after": "3600" }),
    );
    await using healthy = await serve((_, response) => json(response, 200, { id: 42 }));
    const [first, second] = [limited, healthy].map(({ url }) =>
      createClient({ baseUrl: url, auth: "same" }),
    );
    await expect(first?.getWorkflowRun(run)).rejects.toMatchObject({ name: "RateLimitError" });
    await expect(first?.getWorkflowRun(run)).rejects.toMatchObject({ name: "RateLimitError" });
    expect(limited.received).toHaveLength(1);
    expect((await second?.getWorkflowRun(run))?.id).toBe(42);
  });

  test("a rerun responded to with 502 is sent once", async () => {
    await using server = await serve((_, response) =>
      json(response, 502, { message: "Server Error" }),
    );
    await expect(createClient({ baseUrl: server.url }).reRunWorkflow(run)).rejects.toMatchObject({
      name: "ApiError",
      status: 502,
    });
    expect(server.received).toHaveLength(1);
  });
});

function controlled(): { signal: AbortSignal; abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
