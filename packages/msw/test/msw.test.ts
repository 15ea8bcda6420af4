import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { setupServer } from "msw/node";
import { describe, expect, test, vi } from "vitest";
import { listen } from "../src/node/index.ts";
import { createActionsFake, UnsupportedNodeError } from "../src/index.ts";

const run = promisify(execFile);
const scenario = fileURLToPath(new URL("interfaces/scenario.test.mjs", import.meta.url));

describe("handlers for MSW", () => {
  // The same file runs under MSW 2 and on other Nodes in interfaces.runtimes.test.ts.
  test("pass the scenario under the installed MSW", async () => {
    const { stdout } = await run(process.execPath, ["--test", "--test-reporter=tap", scenario]);
    expect(stdout).toMatch(/^# pass [1-9]\d*$/m);
    expect(stdout).toMatch(/^# fail 0$/m);
  });

  test("answer whatever is below the base URL, so that no request goes on to the real GitHub", async () => {
    // Two requests, one after the other, are to see the same time.
    const fake = createActionsFake({ clock: () => Date.parse("2026-11-01T10:00:00Z") });
    const { id, jobs } = fake.repository("octo-org/octo-repo").createRun({ status: "completed" });
    const server = setupServer(...fake.handlers());
    server.listen({ onUnhandledFrame: "error" });
    try {
      const paths = [
        "/rate_limit",
        "/meta",
        "/repos/octo-org/octo-repo/actions/runs",
        "/repos/octo-org/octo-repo/actions/workflows",
        "/repos/octo-org/octo-repo/actions/workflows/ci.yml",
        `/repos/octo-org/octo-repo/actions/runs/${id}/artifacts`,
        `/repos/octo-org/octo-repo/check-runs/${jobs[0]?.id}/annotations`,
        "/repos/octo-org/octo-repo/no/such/page",
      ];
      for (const path of paths) {
        const url = fake.baseUrl + path;
        const headers = { authorization: "Bearer secret" };
        const [through, direct] = [await fetch(url, { headers }), await fake.fetch(url)];
        expect([path, through.status]).toEqual([path, direct.status]);
        expect(await through.json()).toEqual(await direct.json());
      }
      expect(fake.requests.map(({ operation }) => operation)).toContain("rateLimit.get");
      expect(fake.requests.at(-1)).toMatchObject({ operation: undefined, status: 501 });
    } finally {
      server.close();
    }
  });

  test("answer the preflights that happy-dom sends, which are requests of no operation", async () => {
    const fake = createActionsFake();
    const run = fake.repository("octo-org/octo-repo").createRun({ status: "completed" });
    const server = setupServer(...fake.handlers());
    server.listen({ onUnhandledFrame: "error" });
    try {
      const url = `https://api.github.com/repos/octo-org/octo-repo/actions/runs/${run.id}/logs`;
      const location = (await fake.fetch(url, { redirect: "manual" })).headers.get("location");
      fake.requests.length = 0;
      for (const one of [url, location ?? ""]) {
        const { status, headers } = await fetch(one, { method: "OPTIONS" });
        expect([status, headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
        expect(headers.get("access-control-allow-methods")).toContain("GET");
      }
      expect(fake.requests).toEqual([]);
    } finally {
      server.close();
    }
  });

  test("are at the base URL the fake was given", () => {
    const paths = createActionsFake({ baseUrl: "https://ghe.test/api/v3/" })
      .handlers()
      .map(({ info }) => String((info as { path?: unknown }).path));
    expect(paths.slice(0, 2)).toEqual(["https://ghe.test/api/v3", "https://ghe.test/api/v3/*"]);
  });

  test("say what to install when MSW 3 meets a Node that is too old for it", () => {
    const fake = createActionsFake();
    const known = Object.getOwnPropertyDescriptor(Promise, "withResolvers") ?? {};
    Reflect.deleteProperty(Promise, "withResolvers");
    try {
      expect(() => fake.handlers()).toThrow(UnsupportedNodeError);
      expect(() => fake.handlers()).toThrow(
        /MSW 3 needs Node 22\.12.*npm install --save-dev msw@2/,
      );
    } finally {
      Object.defineProperty(Promise, "withResolvers", known);
    }
    expect(fake.handlers()).not.toEqual([]);
  });

  test("are guarded by one set of options that MSW 2 and 3 both take and type", async () => {
    const { unhandled } = await import("./recipes/unhandled.ts");
    const fake = createActionsFake();
    fake.repository("octo-org/octo-repo");
    // Without the option the request would get there.
    await using elsewhere = await listen(createActionsFake());
    const server = setupServer(...fake.handlers());
    const told = vi.spyOn(console, "error").mockReturnValue();
    server.listen(unhandled);
    try {
      const runs = "https://api.github.com/repos/octo-org/octo-repo/actions/runs";
      expect((await fetch(runs)).status).toBe(200);
      await expect(fetch(elsewhere.url)).rejects.toThrow(TypeError);
    } finally {
      server.close();
      told.mockRestore();
    }
  });
});
