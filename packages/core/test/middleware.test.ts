import { describe, expect, test } from "vitest";
import { createClient, type Middleware } from "../src/index.ts";
import { json, serve } from "./local-server.ts";

const run = { owner: "o", repo: "r", run_id: 42 };

describe("middleware", () => {
  test("wraps a call, the first outermost, and sees it once however often it is tried", async () => {
    await using server = await serve((_, response, count) =>
      json(response, count < 3 ? 503 : 200, {}),
    );
    const log: string[] = [];
    const logged =
      (name: string): Middleware =>
      async (request, next, { operation }) => {
        log.push(`> ${name} ${request.method} ${operation}`);
        const response = await next(request);
        log.push(`< ${name} ${response.status}`);
        return response;
      };
    const github = createClient({
      baseUrl: server.url,
      retry: { maxDelay: 1 },
      middleware: [logged("a"), logged("b")],
    });
    await github.getWorkflowRun(run);
    expect(server.received).toHaveLength(3);
    expect(log).toEqual([
      "> a GET actions/get-workflow-run",
      "> b GET actions/get-workflow-run",
      "< b 200",
      "< a 200",
    ]);
  });

  test("may change the request, read the response, respond by itself, or send twice", async () => {
    await using server = await serve((request, response) =>
      json(response, 201, { tag: request.headers["x-tag"], body: request.body }),
    );
    const bodies: unknown[] = [];
    const github = createClient({
      baseUrl: server.url,
      middleware: [
        async (request, next) => {
          if (request.method === "DELETE") return new Response(null, { status: 204 });
          const tagged = new Request(request, {
            headers: { ...Object.fromEntries(request.headers), "x-tag": "1" },
          });
          await next(tagged);
          const response = await next(tagged);
          bodies.push(await response.clone().json());
          return response;
        },
      ],
    });
    const data: unknown = await github.reRunWorkflow({ ...run, enable_debug_logging: true });
    expect(data).toEqual({ tag: "1", body: '{"enable_debug_logging":true}' });
    expect(bodies).toEqual([data]);
    expect(await github.deleteWorkflowRun(run)).toBeUndefined();
    expect(server.received.map(({ method }) => method)).toEqual(["POST", "POST"]);
  });

  test("its errors are the call's errors", async () => {
    const github = createClient({
      middleware: [() => Promise.reject(new Error("not on Fridays"))],
    });
    await expect(github.getWorkflowRun(run)).rejects.toThrow("not on Fridays");
  });

  test.each([undefined, null, "text", {}])("one that returns %j is named", async (returned) => {
    const middleware = [() => Promise.resolve(returned)] as unknown as Middleware[];
    await expect(createClient({ middleware }).getWorkflowRun(run)).rejects.toMatchObject({
      name: "ParameterError",
      message: "createClient: middleware did not return a Response.",
    });
  });
});
