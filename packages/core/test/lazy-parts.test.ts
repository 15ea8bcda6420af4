import { expect, it, vi } from "vitest";
import { createClient } from "../src/index.ts";

const run = { owner: "o", repo: "r", run_id: 42 };
const fetch = (): Promise<Response> => Promise.resolve(Response.json({ id: 42 }));

it("a part that cannot be loaded is a NetworkError, and is loaded again by the next call", async () => {
  vi.doMock("../src/on-demand.ts", () => {
    throw new TypeError("Failed to fetch dynamically imported module");
  });
  const github = createClient({ auth: () => "t0ken", fetch, retry: false });
  await expect(github.getWorkflowRun(run)).rejects.toMatchObject({ name: "NetworkError" });
  vi.doUnmock("../src/on-demand.ts");
  expect(await github.getWorkflowRun(run)).toEqual({ id: 42 });
});

it("openapi-fetch too", async () => {
  const github = createClient({ fetch });
  const ask = (): Promise<{ data?: unknown }> =>
    github.GET("/repos/{owner}/{repo}/actions/runs/{run_id}", { params: { path: run } });
  vi.doMock("openapi-fetch", () => {
    throw new TypeError("Failed to fetch dynamically imported module");
  });
  await expect(ask()).rejects.toThrow(/mock|fetch/i);
  vi.doUnmock("openapi-fetch");
  expect((await ask()).data).toEqual({ id: 42 });
});

it("what an option asks for is loaded at once: no call waits for it", async () => {
  const github = createClient({
    auth: () => "t0ken",
    fetch: vi.fn(fetch).mockResolvedValueOnce(new Response(null, { status: 502 })),
  });
  await vi.dynamicImportSettled();
  vi.useFakeTimers();
  try {
    const call = github.getWorkflowRun(run);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await call).toEqual({ id: 42 });
  } finally {
    vi.useRealTimers();
  }
});
