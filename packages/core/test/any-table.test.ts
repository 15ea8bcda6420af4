import { describe, expect, expectTypeOf, test } from "vitest";
import {
  type Client,
  createClient,
  type Methods,
  type OperationData,
  type OperationParameters,
} from "../src/index.ts";
import { json, serve } from "./local-server.ts";
import { operations } from "./other-table.ts";

declare const description: unique symbol;
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

  const table = <Entry extends object>(entry: Entry) => ({
    call: {
      id: "x/y",
      method: "get" as const,
      path: "/x",
      pathParameters: [],
      queryParameters: [],
      bodyProperties: [],
      requiredBodyProperties: [],
      success: [200],
      ...entry,
    },
  });
  type Call = (parameters?: object) => Promise<unknown>;
  const callOf = (baseUrl: string, entry: object): Call =>
    createClient({ baseUrl, operations: table(entry), retry: { maxDelay: 1 } })
      .call as unknown as Call;

  test.each([204, 205])("a GET that responds with %d gives undefined", async (status) => {
    await using server = await serve((_, response) => response.writeHead(status).end());
    expect(await callOf(server.url, { success: [status] })()).toBeUndefined();
    await expect(callOf(server.url, { success: [200] })()).rejects.toMatchObject({
      name: "InvalidResponseError",
    });
  });

  test("a body that is no JSON by its description is text or a Response", async () => {
    await using server = await serve((request, response) =>
      response.writeHead(200, { "content-type": request.headers.accept }).end("Keep it simple."),
    );
    const text = callOf(server.url, { mediaType: "text/plain" });
    expect(await text()).toBe("Keep it simple.");
    const file = (await callOf(server.url, { mediaType: "application/zip" })()) as Response;
    expect([file.headers.get("content-type"), await file.text()]).toEqual([
      "application/zip",
      "Keep it simple.",
    ]);
  });

  test("a 302 beside a 200 makes no download of it", async () => {
    await using server = await serve((_, response) => json(response, 200, { type: "file" }));
    expect(await callOf(server.url, { success: [200, 302] })()).toEqual({ type: "file" });
  });

  test("a parameter that takes a list is sent once for each item, another takes none", async () => {
    await using server = await serve((request, response) => json(response, 200, request.url));
    const entry = { queryParameters: ["owner", "page"], arrayParameters: ["owner"] };
    const call = callOf(server.url, entry);
    expect(await call({ owner: ["a", "b"], page: 2 })).toBe("/x?owner=a&owner=b&page=2");
    expect(await call({ owner: "a" })).toBe("/x?owner=a");
    for (const wrong of [{ page: [2] }, { owner: ["a", null] }, { owner: {} }])
      await expect(call(wrong)).rejects.toMatchObject({ name: "ParameterError" });
  });

  test("a client of one repository calls what is not a repository's, too", async () => {
    await using server = await serve((request, response) => json(response, 200, request.url));
    const client = createClient({ baseUrl: server.url, operations: table({ path: "/user" }) });
    expect(await (client.repository("o/r").call as unknown as Call)()).toBe("/user");
  });

  test("path parameters of any name are filled in, also of raw calls", async () => {
    await using server = await serve((request, response) => json(response, 200, request.url));
    const path = "/x/{pull-number}/{user.name}/{the id}";
    const values = { "pull-number": 1, "user.name": "a/b", "the id": "c" };
    const entry = { path, pathParameters: Object.keys(values) };
    expect(await callOf(server.url, entry)(values)).toBe("/x/1/a%2Fb/c");
    const github = createClient({ baseUrl: server.url });
    const get = github.GET as unknown as (path: string) => Promise<unknown>;
    await expect(get("/x/{user.name}")).rejects.toMatchObject({
      name: "ParameterError",
      parameter: "user.name",
    });
  });

  test("an operation that the server does not have (501) is requested once", async () => {
    await using server = await serve((_, response) => json(response, 501, {}));
    await expect(callOf(server.url, {})()).rejects.toMatchObject({ status: 501 });
    expect(server.received).toHaveLength(1);
  });

  test.each(["fetch", "GET", "repository", "rateLimit", "then"])(
    "an operation of the name %s, which would hide or be hidden, is refused",
    (name) => {
      const operations = { [name]: table({}).call };
      expect(() => createClient({ operations })).toThrow(
        `operations has ${name}, which a client has by itself`,
      );
    },
  );

  test("the type of a result is of every success, a Response where it is a redirect alone", () => {
    type Json<Data> = { content: { "application/json": Data } };
    interface OtherPaths {
      "/x": { get: { responses: { 200: Json<"a">; 201: Json<"b">; 204: { content?: never } } } };
      "/y": { get: { responses: { 200: Json<"a">; 302: { content?: never } } } };
      "/z": { get: { responses: { 302: { content?: never } } } };
      "/text": { get: { responses: { 200: { content: { "text/plain": string } } } } };
      "/zip": { get: { responses: { 200: { content: { "application/zip": string } } } } };
      "/scim": { get: { responses: { 200: { content: { "application/scim+json": 1 } } } } };
    }
    type Entry<Path> = { readonly path: Path; readonly method: "get" };
    type OtherTable = { [Path in keyof OtherPaths]: Entry<Path> } & {
      readonly [description]?: OtherPaths;
    };
    expectTypeOf<OperationData<"/x", OtherTable>>().toEqualTypeOf<"a" | "b" | undefined>();
    expectTypeOf<OperationData<"/y", OtherTable>>().toEqualTypeOf<"a">();
    expectTypeOf<OperationData<"/z", OtherTable>>().toEqualTypeOf<Response>();
    expectTypeOf<OperationData<"/text", OtherTable>>().toEqualTypeOf<string>();
    expectTypeOf<OperationData<"/zip", OtherTable>>().toEqualTypeOf<Response>();
    expectTypeOf<OperationData<"/scim", OtherTable>>().toEqualTypeOf<1>();
  });

  test("of a body that may be a list or a word the flat parameters are the object's", () => {
    type Body<Form> = {
      parameters: { path: { name: string } };
      requestBody?: { content: { "application/json": Form } };
      responses: { 204: { content?: never } };
    };
    interface OtherPaths {
      "/any": { put: Body<{ labels?: string[] } | string[] | string> };
      "/list": { put: Body<string[]> };
    }
    type OtherTable = {
      [Path in keyof OtherPaths]: { readonly path: Path; readonly method: "put" };
    } & { readonly [description]?: OtherPaths };
    expectTypeOf<{ name: string; labels: string[] }>().toExtend<
      OperationParameters<"/any", OtherTable>
    >();
    expectTypeOf<OperationParameters<"/any", OtherTable>>().not.toExtend<readonly unknown[]>();
    expectTypeOf<OperationParameters<"/list", OtherTable>>().toEqualTypeOf<{ name: string }>();
  });

  test("what is no table is refused by name", () => {
    const { success: _, ...half } = table({}).call;
    expect(() => createClient({ operations: { half } as never })).toThrow(/not a table/);
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
