import { describe, expect, test } from "vitest";
import { createActionsFake } from "../src/index.ts";
import { setUp } from "./set-up.ts";
import { checkRequest, checkResponse, validated } from "./validation.ts";

// What holds everything else against the description must be able to say no.
describe("the description, as the tests read it", () => {
  const { data } = setUp().repository.createRun();

  test("accepts a run, and not one with a wrong, missing or null field", () => {
    expect(() => checkResponse("getWorkflowRun", 200, data)).not.toThrow();
    const wrong =
      (change: object): (() => void) =>
      () =>
        checkResponse("getWorkflowRun", 200, { ...data, ...change });
    expect(wrong({ run_number: "7" })).toThrow("/run_number must be integer");
    expect(wrong({ created_at: "yesterday" })).toThrow("/created_at must match format");
    expect(wrong({ repository: null })).toThrow("/repository must be object");
    expect(wrong({ head_sha: undefined })).toThrow("must have required property 'head_sha'");
    expect(wrong({ conclusion: null, head_commit: null })).not.toThrow();
  });

  test("holds a response against the description of its version", () => {
    const details = {
      workflow_run_id: 1,
      run_url: "https://a.test/1",
      html_url: "https://a.test/2",
    };
    const dispatched = (status: number, body: unknown, version: string) => () =>
      checkResponse("createWorkflowDispatch", status, body, version);
    expect(dispatched(204, undefined, "2022-11-28")).not.toThrow();
    expect(dispatched(200, details, "2022-11-28")).not.toThrow();
    expect(dispatched(204, undefined, "2026-03-10")).toThrow("never answers 204");
    expect(dispatched(200, details, "2026-03-10")).not.toThrow();
    expect(dispatched(200, details, "2020-01-01")).toThrow("no description of 2020-01-01");
    const limits = { resources: {} };
    expect(() => checkResponse("rateLimit.get", 200, limits, "2022-11-28")).toThrow("'rate'");
  });

  test("is told of whatever a fake answers, and says what is wrong", async () => {
    const fake = createActionsFake();
    fake.repository("octo-org/octo-repo").createRun();
    const responses = validated(fake);
    const url = `${fake.baseUrl}/repos/octo-org/octo-repo/actions/runs`;
    await fake.fetch(url);
    expect(responses).toEqual({ problems: [], held: 1 });
    fake.fail("listWorkflowRunsForRepo", { status: 418 });
    await fake.fetch(url);
    expect(responses.held).toBe(2);
    expect(responses.problems).toEqual([`GET ${url}: listWorkflowRunsForRepo never answers 418`]);
  });

  test("knows each operation's statuses, queries and bodies", () => {
    expect(() => checkResponse("cancelWorkflowRun", 200, {})).toThrow(
      "cancelWorkflowRun never answers 200",
    );
    expect(() => checkResponse("deleteWorkflowRun", 204, {})).toThrow("no body with 204");
    const query = (text: string): URLSearchParams => new URLSearchParams(text);
    expect(() => checkRequest("listWorkflowRunsForRepo", query("perpage=1"), undefined)).toThrow(
      "no query parameter perpage",
    );
    expect(() => checkRequest("listWorkflowRunsForRepo", query("per_page=ten"), undefined)).toThrow(
      "per_page=ten",
    );
    expect(() => checkRequest("reviewPendingDeploymentsForRun", query(""), undefined)).toThrow(
      "needs a body",
    );
    expect(() =>
      checkRequest("reviewPendingDeploymentsForRun", query(""), { state: "approved" }),
    ).toThrow("required property");
  });
});
