import { describe, expect, test, vi } from "vitest";
import { setUp } from "../test/set-up.ts";
import { explore, type ActionsFake, type ExploreFault } from "./index.ts";

const runs = "https://api.github.com/repos/octo-org/octo-repo/actions/runs";

/** A client that gives up at once. */
async function fragile(fake: ActionsFake, signal: AbortSignal): Promise<unknown> {
  const response = await fake.fetch(`${runs}?status=failure`, { signal });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.json();
}

/** A client that retries, a bit later by the fake's clock, and gives up on a response that does not come. */
async function sturdy(
  fake: ActionsFake,
  url: string,
  init: RequestInit = {},
  tries = 5,
): Promise<Response> {
  try {
    const response = await fake.fetch(url, { ...init, signal: AbortSignal.timeout(500) });
    if (response.status < 500 && response.status !== 403) return response;
  } catch {
    // tried again below
  }
  if (tries === 0) throw new Error(`${url} cannot be had`);
  fake.advance("2s");
  return sturdy(fake, url, init, tries - 1);
}

describe("explore", () => {
  test("finds each fault that breaks a client, at each request", async () => {
    const { fake, repository } = setUp();
    repository.createRun({ status: "completed", conclusion: "failure" });
    const report = await explore(fake, ({ signal }) => fragile(fake, signal), { timeout: 1000 });
    expect(report.requests).toEqual(["GET /repos/octo-org/octo-repo/actions/runs?status=failure"]);
    expect(report.runs).toBe(6);
    expect(report.broken.map(({ fault, index }) => [fault, index])).toEqual([
      ["502", 0],
      ["reset", 0],
      ["time-out", 0],
      ["primary limit", 0],
      ["secondary limit", 0],
    ]);
    expect(report.text).toMatch(
      /^5 of 6 runs broke\n502 at request 1, GET \/repos\/octo-org\/octo-repo\/actions\/runs\?status=failure: Error: status 502\n/,
    );
    expect(report.text).toContain("the test was still running after 1000 ms");
  });

  test.each([
    ["https://ghes.test/api/v3", "https://ghes.test/api/graphql"],
    ["https://ghes.test/api/v3", "https://ghes.test/api/v3/graphql"],
    ["https://api.github.com", "https://api.github.com/graphql"],
    ["https://proxy.test/github", "https://proxy.test/github/graphql"],
  ])("names the requests below %s alike, GraphQL at %s too", async (baseUrl, graphqlUrl) => {
    const { fake, repository } = setUp({ baseUrl });
    const run = repository.createRun({ status: "completed" });
    const headers = { authorization: "Bearer a" };
    const { requests } = await explore(
      fake,
      async () => {
        const body = JSON.stringify({ query: "{ viewer { login } }" });
        await fake.fetch(graphqlUrl, { method: "POST", body, headers });
        const path = `${baseUrl}/repos/octo-org/octo-repo/actions/runs/${run.id}/logs`;
        await fake.fetch(path, { headers });
      },
      { faults: [] },
    );
    const path = `/repos/octo-org/octo-repo/actions/runs/${run.id}/logs`;
    const archive = `/actions-results/runs/${run.id}/attempts/1/run-logs.zip`;
    expect(requests).toEqual(["POST /graphql", `GET ${path}`, `GET ${archive}`]);
  });

  test("finds nothing where nothing breaks, and leaves the fake as it was", async () => {
    const { fake, repository } = setUp({ seed: 3 });
    const run = repository.createRun({ status: "in_progress" });
    const before = fake.snapshot();
    const seen: (string | undefined)[] = [];
    const report = await explore(fake, async ({ fault }) => {
      seen.push(fault && `${fault.kind} ${fault.index}`);
      const response = await sturdy(fake, `${runs}/${run.id}/cancel`, { method: "POST" });
      // Somebody else may have been faster.
      expect([202, 409]).toContain(response.status);
      fake.advance("10s");
      const { status } = (await (await sturdy(fake, `${runs}/${run.id}`)).json()) as {
        status: string;
      };
      const refused = fault?.kind === "409";
      expect(status).toBe(refused ? "in_progress" : "completed");
    });
    expect(report.broken).toEqual([]);
    expect(report.requests).toHaveLength(2);
    expect(seen).toEqual([
      undefined,
      ...["502", "reset", "time-out", "primary limit", "secondary limit", "409", "moved on"].map(
        (kind) => `${kind} 0`,
      ),
      ...["502", "reset", "time-out", "primary limit", "secondary limit"].map(
        (kind) => `${kind} 1`,
      ),
    ]);
    expect(fake.snapshot()).toEqual(before);
    expect(run.data.status).toBe("in_progress");
  });

  test("responds 304 to a conditional request, and lets runs end while the client looks away", async () => {
    const { fake, repository } = setUp();
    const run = repository.createRun({ status: "in_progress" });
    const first = await fake.fetch(`${runs}/${run.id}`);
    const headers = { "if-none-match": first.headers.get("etag") ?? "" };
    fake.advance("1s");
    repository.run(run.id)?.start();
    const statuses = new Map<ExploreFault | "none", [number, string]>();
    await explore(
      fake,
      async ({ fault }) => {
        const { status } = await fake.fetch(`${runs}/${run.id}`, { headers });
        statuses.set(fault?.kind ?? "none", [status, repository.run(run.id)?.data.status ?? ""]);
      },
      { faults: ["304", "moved on"] },
    );
    expect(Object.fromEntries(statuses)).toEqual({
      none: [200, "in_progress"],
      "304": [304, "in_progress"],
      "moved on": [200, "completed"],
    });
  });

  test("breaks downloads at the storage too", async () => {
    const { fake, repository } = setUp();
    const run = repository.createRun({ status: "completed" });
    const report = await explore(
      fake,
      async () => {
        const response = await fake.fetch(`${runs}/${run.id}/logs`);
        if (!response.ok) throw new Error(String(response.status));
        await response.arrayBuffer();
      },
      { faults: ["502", "primary limit", "304", "409"] },
    );
    expect(report.requests.map((request) => request.replaceAll(/\d+/g, "N"))).toEqual([
      "GET /repos/octo-org/octo-repo/actions/runs/N/logs",
      "GET /actions-results/runs/N/attempts/N/run-logs.zip",
    ]);
    expect(report.broken.map(({ fault, index }) => `${fault} ${index}`)).toEqual([
      "502 0",
      "primary limit 0",
      "502 1",
    ]);
  });

  test("lets a primary limit pass for who waits, though the clock stands still", async () => {
    const { fake } = setUp();
    const patient = async (): Promise<void> => {
      for (let tries = 0; tries < 5; tries += 1) {
        const response = await fake.fetch(runs);
        if (response.ok) return;
        await new Promise((resolve) => {
          setTimeout(resolve, Number(response.headers.get("retry-after") ?? 1) * 1050);
        });
      }
      throw new Error("refused five times");
    };
    const report = await explore(fake, patient, { faults: ["primary limit", "secondary limit"] });
    expect(report.broken).toEqual([]);
    expect(report.runs).toBe(3);
  });

  test("begins each run with the fake's own faults, limits, clock, routes and listeners, and leaves them so", async () => {
    const { fake } = setUp();
    const statuses: number[][] = [];
    const times: number[] = [];
    const events: string[] = [];
    fake.fail("*", { status: 500, times: 1 });
    fake.limit({ kind: "secondary", times: 1 });
    fake.freeze("2026-11-01T12:00:00Z");
    const end = fake.on("workflow_run", ({ action }) => events.push(action));
    const status = async (path = ""): Promise<number> => (await fake.fetch(runs + path)).status;
    const report = await explore(
      fake,
      async () => {
        times.push(fake.now());
        statuses.push([await status(), await status(), await status(), await status("/own")]);
        fake.fail("*", { status: 503 });
        fake.limit({ kind: "primary" });
        fake.unfreeze();
        fake.advance("1h");
        fake.handle("GET /repos/:owner/:repo/actions/runs/own", () => Response.json({}));
        fake.on("workflow_run", () => events.push("the test's own"));
        end();
      },
      { faults: ["409", "304", "502"] },
    );
    // The first two have what was there before, which comes before what the run adds.
    expect(statuses).toEqual([
      [403, 500, 200, 404],
      [403, 500, 200, 404],
      [403, 500, 200, 404],
      [403, 500, 502, 404],
      [403, 500, 200, 502],
    ]);
    expect(new Set(times)).toEqual(new Set([Date.parse("2026-11-01T12:00:00Z")]));
    expect(report.broken).toEqual([]);
    expect([await status(), await status(), await status(), await status("/own")]).toEqual([
      403, 500, 200, 404,
    ]);
    expect(fake.now()).toBe(Date.parse("2026-11-01T12:00:00Z"));
    fake.repository("octo-org/octo-repo").createRun();
    expect(events).toEqual(["requested"]);
  });

  test("throws what the test throws when nothing goes wrong", async () => {
    const { fake } = setUp();
    const wrong = explore(fake, () => {
      throw new RangeError("no");
    });
    await expect(wrong).rejects.toThrow(RangeError);
    // Nothing stands between the fake and its clients any more.
    expect((await fake.fetch(runs)).status).toBe(200);
  });

  test("keeps its time when the test has other timers", async () => {
    vi.useFakeTimers();
    try {
      const { fake } = setUp();
      const report = await explore(fake, () => fake.fetch(runs), {
        faults: ["time-out"],
        timeout: 20,
      });
      expect(report.broken).toMatchObject([{ fault: "time-out" }]);
    } finally {
      vi.useRealTimers();
    }
  });

  test("refuses options it does not know", async () => {
    const { fake } = setUp();
    const wrong = (options: object): Promise<unknown> => explore(fake, () => {}, options);
    await expect(wrong({ fault: ["502"] })).rejects.toThrow('Did you mean "faults"?');
    await expect(wrong({ faults: ["503"] })).rejects.toThrow('Did you mean "502"?');
    await expect(explore({ ...fake }, () => {})).rejects.toThrow("this is no fake");
  });
});
