import { describe, expect, test } from "vitest";
import { setUp } from "./set-up.ts";
import { checkRequest, checkResponse } from "./validation.ts";

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
