import { describe, expect, expectTypeOf, test } from "vitest";
import { type Client, createClient, type Methods } from "../src/index.ts";
import { json, serve } from "./local-server.ts";
import { operations } from "./other-table.ts";

const repository = { owner: "o", repo: "r" };

describe("a client of another table", () => {
  test("has the methods, parameters and results of that description, and no others", async () => {
    await using server = await serve((request, response) =>
      request.method === "PUT"
        ? response.writeHead(204).end()
        : json(response, 200, { name: "REGION", value: JSON.parse(request.body).value }),
    );
    const github = createClient({ baseUrl: server.url, operations });
    expectTypeOf<keyof typeof github>().toEqualTypeOf<
      "enableWorkflow" | "updateRepoVariable" | Exclude<keyof Client, keyof Methods>
    >();
    const enabled = await github.enableWorkflow({ ...repository, workflow_id: "ci.yml" });
    expectTypeOf(enabled).toEqualTypeOf<undefined>();
    const variable = await github
      .repository("o/r")
      .updateRepoVariable({ name: "REGION", value: "eu" });
    expectTypeOf(variable).toEqualTypeOf<{ name: string; value: string }>();
    expect([enabled, variable]).toEqual([undefined, { name: "REGION", value: "eu" }]);
    const raw = await github.PATCH("/repos/{owner}/{repo}/actions/variables/{name}", {
      params: { path: { ...repository, name: "REGION" } },
      body: { value: "us" },
    });
    expectTypeOf(raw.data).toEqualTypeOf<{ name: string; value: string } | undefined>();
    expect(raw.data?.value).toBe("us");
    expect(server.received.map(({ method, url }) => `${method} ${url}`)).toEqual([
      "PUT /repos/o/r/actions/workflows/ci.yml/enable",
      "PATCH /repos/o/r/actions/variables/REGION",
      "PATCH /repos/o/r/actions/variables/REGION",
    ]);
    expect(github).not.toHaveProperty("getWorkflowRun");
    const wrong = (): unknown[] => [
      // @ts-expect-error the description has no such operation
      github.getWorkflowRun,
      // @ts-expect-error nor such a path
      github.GET("/repos/{owner}/{repo}/actions/runs", { params: { path: repository } }),
      // @ts-expect-error a parameter is missing
      github.enableWorkflow(repository),
    ];
    expectTypeOf(wrong).toBeFunction();
  });

  test.each(["PUT", "PATCH"] as const)(
    "repeats a %s that failed, and spaces it after a secondary limit",
    async (method) => {
      await using server = await serve((_, response, count) => {
        if (count === 1) return json(response, 502, {});
        if (count === 2) return json(response, 429, {}, { "retry-after": "1" });
        return json(response, 200, {});
      });
      const waits: number[] = [];
      const github = createClient({
        baseUrl: server.url,
        operations,
        retry: { maxDelay: 1 },
        rateLimit: { onLimit: ({ wait }) => waits.push(wait) },
      });
      const write = (): Promise<unknown> =>
        method === "PUT"
          ? github.enableWorkflow({ ...repository, workflow_id: 1 })
          : github.updateRepoVariable({ ...repository, name: "A" });
      await write();
      await write();
      expect(server.received).toHaveLength(4);
      // The second wait is the space between two writes.
      expect(waits).toHaveLength(2);
    },
  );

  test("what is no table is refused by name", () => {
    expect(() => createClient({ operations: { getWorkflowRun: {} } as never })).toThrow(
      /operations is an object, not a table of operations, as workflow-runs-codegen generates it/,
    );
  });
});

describe("the API version", () => {
  test.each([
    ["", "2026-03-10"],
    ["/api/v3", "2022-11-28"],
  ])("of a server below %j is %s", async (path, version) => {
    await using server = await serve((_, response) => json(response, 200, {}));
    await createClient({ baseUrl: server.url + path }).getWorkflowRun({ ...repository, run_id: 1 });
    expect(server.received[0]?.headers["x-github-api-version"]).toBe(version);
  });
});
