import * as fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { createClient, ParameterError } from "../index.ts";

const run = { owner: "o", repo: "r", run_id: 1 };

describe("parameters", () => {
  test.each([
    [
      "getWorkflowRun",
      { owner: "o", repo: "r" },
      "run_id",
      /Missing parameter "run_id"\. Required: owner, repo, run_id\./,
    ],
    ["getWorkflowRun", { ...run, run_id: undefined }, "run_id", /Missing/],
    [
      "getWorkflowRun",
      { ...run, runid: 1 },
      "runid",
      /Unknown parameter "runid"\. Did you mean "run_id"\? Valid parameters: .*exclude_pull_requests/,
    ],
    [
      "listWorkflowRunsForRepo",
      { owner: "o", repo: "r", brunch: "main" },
      "brunch",
      /Did you mean "branch"/,
    ],
    ["getWorkflowRun", { ...run, run_id: Number.NaN }, "run_id", /NaN/],
    ["getWorkflowRun", { ...run, run_id: 2 ** 53 }, "run_id", /9007199254740992.*2\^53/],
    ["getWorkflowRun", { ...run, run_id: null }, "run_id", /null/],
    ["getWorkflowRun", { ...run, owner: "" }, "owner", /""/],
    ["getWorkflowRun", { ...run, repo: ".." }, "repo", /"\.\."/],
    ["getWorkflowRun", { ...run, owner: "\ud800" }, "owner", /owner/],
    [
      "listWorkflowRunsForRepo",
      { owner: "o", repo: "r", per_page: Infinity },
      "per_page",
      /Infinity/,
    ],
    ["listWorkflowRunsForRepo", { owner: "o", repo: "r", status: ["failure"] }, "status", /status/],
    [
      "reviewPendingDeploymentsForRun",
      { ...run, state: "approved", comment: "" },
      "environment_ids",
      /Missing/,
    ],
  ] as const)("%s(%o) names %s and sends nothing", async (name, parameters, parameter, message) => {
    const fetch = vi.fn<typeof globalThis.fetch>();
    const github = createClient({ fetch });
    const call = github[name] as (parameters: object) => Promise<unknown>;
    const error: unknown = await call(parameters).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ParameterError);
    expect(error).toMatchObject({
      name: "ParameterError",
      parameter,
      message: expect.stringMatching(message),
    });
    expect(fetch).not.toHaveBeenCalled();
  });

  test.each([
    ["o/r", '"o/r"'],
    [42, "42"],
    [[run], "an array"],
  ])("%j is no parameters", async (parameters, shown) => {
    const github = createClient({ fetch: () => expect.unreachable() });
    await expect(github.getWorkflowRun(parameters as never)).rejects.toThrow(
      `getWorkflowRun: parameters is ${shown}, not an object.`,
    );
  });

  test("a missing path parameter is an error here, where openapi-fetch would send %7Brun_id%7D", async () => {
    const fetch = vi.fn<typeof globalThis.fetch>();
    // @ts-expect-error no parameters at all
    await expect(createClient({ fetch }).getWorkflowRun()).rejects.toThrow(
      /Missing parameter "owner"/,
    );
    expect(fetch).not.toHaveBeenCalled();
  });

  test.each(["cli", "cli/", "/cli", "a/b/c", "a b/c", ""])("repository(%j) is refused", (name) => {
    expect(() => createClient().repository(name)).toThrow(ParameterError);
  });

  test.each(["ftp://x", "api.github.com", "https://x/?a=b", "https://user:pw@x/", "/api/v3"])(
    "baseUrl %j is refused, and no password shown",
    (baseUrl) => {
      expect(() => createClient({ baseUrl })).toThrow(/baseUrl is (?!.*pw)/);
    },
  );

  test.each([
    { timeout: 0 },
    { timeout: { perTry: -1 } },
    { timeout: { total: Number.NaN } },
    { retry: { limit: -1 } },
    { retry: { maxDelay: Number.NaN } },
    { rateLimit: { concurrency: 0 } },
    { rateLimit: { maxWait: -1 } },
    { auth: "to\nken" },
    { auth: "" },
  ])("createClient(%j) is refused", (options) => {
    expect(() => createClient(options)).toThrow(ParameterError);
  });

  test("any text comes back from the URL as it went in", async () => {
    const text = fc
      .string({ unit: "grapheme", minLength: 1 })
      .filter((value) => !/^\.{1,2}$/.test(value));
    const urls: URL[] = [];
    const github = createClient({
      fetch: (url) => {
        urls.push(new URL(url as string));
        return Promise.resolve(Response.json({}));
      },
    });
    await fc.assert(
      fc.asyncProperty(text, text, text, text, async (owner, repo, workflow_id, branch) => {
        const parameters = { owner, repo, workflow_id, branch };
        await github.listWorkflowRuns(parameters);
        const { pathname, searchParams } = urls.at(-1) as URL;
        const [, , o, r, , , w] = pathname.split("/").map((part) => decodeURIComponent(part));
        expect({ owner: o, repo: r, workflow_id: w, branch: searchParams.get("branch") }).toEqual(
          parameters,
        );
        expect(pathname.split("/")).toHaveLength(8);
      }),
    );
  });
});
