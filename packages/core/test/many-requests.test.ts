import { expect, test } from "vitest";
import { createClient, WorkflowRunsError } from "../src/index.ts";
import { json, serve } from "./local-server.ts";

const faults = ["500", "502", "503", "504", "reset", "broken body"] as const;

/** A fifth of the requests fail, each in a way that only its number decides. A limit, which stops everybody for a second, is rare. */
function faultOf(request: number): (typeof faults)[number] | "429" | undefined {
  if (request % 2500 === 7) return "429";
  const mixed = Math.imul(request, 2_654_435_761) >>> 0;
  return mixed % 5 === 0 ? faults[(mixed >>> 8) % faults.length] : undefined;
}

test("10,000 requests, 50 at once, a fifth with a fault: none lost, none doubled", async () => {
  const done = new Map<string, number>();
  let underWay = 0;
  let mostUnderWay = 0;
  await using server = await serve(async (request, response, count) => {
    mostUnderWay = Math.max(mostUnderWay, ++underWay);
    response.on("close", () => underWay--);
    await new Promise((resolve) => {
      setTimeout(resolve, 3);
    });
    const post = request.method === "POST";
    const id = Number(request.url.split("/")[6]);
    const fault = faultOf(count);
    if (fault === "reset") return response.socket?.destroy();
    if (fault === "429" && !post) return json(response, 429, {}, { "retry-after": "0" });
    // A rerun that fails in any other way has happened all the same: this is what must not be repeated.
    if (!fault || post) done.set(request.url, (done.get(request.url) ?? 0) + 1);
    if (fault === "broken body") {
      response.writeHead(200, { "content-length": "50" });
      return response.write("{", () => response.socket?.destroy());
    }
    return fault ? json(response, Number(fault), {}) : json(response, post ? 201 : 200, { id });
  });
  const options = {
    baseUrl: server.url,
    retry: { limit: 12, maxDelay: 2 },
    rateLimit: { concurrency: 50, maxWait: 5000 },
  };
  const reader = createClient(options).repository("o/r");
  const writer = createClient(options).repository("o/r");

  const outcomes = await Promise.all(
    Array.from({ length: 10_000 }, async (_, run_id) => {
      if (run_id % 10 > 0) return (await reader.getWorkflowRun({ run_id })).id === run_id;
      return writer.reRunWorkflow({ run_id }).then(
        () => true,
        (error: unknown) => error instanceof WorkflowRunsError,
      );
    }),
  );

  expect(outcomes.every(Boolean)).toBe(true);
  expect([...done.values()].filter((times) => times > 1)).toEqual([]);
  expect([...done.keys()].filter((url) => !url.endsWith("/rerun"))).toHaveLength(9000);
  expect(mostUnderWay).toBeLessThanOrEqual(100);
  expect(mostUnderWay).toBeGreaterThan(10);
}, 600_000);
