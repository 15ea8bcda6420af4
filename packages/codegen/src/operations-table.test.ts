import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { smallDescription } from "../test/small-description.ts";
import type { Description } from "./description.ts";
import type { JsonObject } from "./json.ts";
import { methodName, operationsTable } from "./operations-table.ts";

const github = JSON.parse(
  readFileSync(new URL("../../../openapi/github.json", import.meta.url), "utf8"),
) as Description;

describe("the table of github.com", () => {
  const table = operationsTable(github);

  test("has every operation of the fragment, in the order of their names", () => {
    const ids = Object.values(github.paths).flatMap((item) =>
      Object.values(item as { [method: string]: JsonObject }).map((it) => it["operationId"]),
    );
    expect(new Set(Object.values(table).map(({ id }) => id))).toEqual(new Set(ids));
    expect(Object.keys(table)).toEqual(Object.keys(table).toSorted());
  });

  test("knows the list key of paged operations, from their schema", () => {
    expect(table).toMatchObject({
      listJobsForWorkflowRun: { items: "jobs" },
      listJobsForWorkflowRunAttempt: { items: "jobs" },
      listRepoWorkflows: { items: "workflows" },
      listWorkflowRuns: { items: "workflow_runs" },
      listWorkflowRunsForRepo: { items: "workflow_runs" },
    });
    expect(table["getReviewsForRun"]).not.toHaveProperty("items");
  });

  test("has the parameters, the body of all its forms, the success status, and what the page says", () => {
    expect(table["reviewCustomGatesForRun"]).toEqual({
      id: "actions/review-custom-gates-for-run",
      method: "post",
      path: "/repos/{owner}/{repo}/actions/runs/{run_id}/deployment_protection_rule",
      pathParameters: ["owner", "repo", "run_id"],
      queryParameters: [],
      bodyProperties: ["comment", "environment_name", "state"],
      requiredBodyProperties: ["environment_name"],
      success: [204],
      summary: "Review custom deployment protection rules for a workflow run",
      documentationUrl:
        "https://docs.github.com/rest/actions/workflow-runs#review-custom-deployment-protection-rules-for-a-workflow-run",
      permissions: [{ deployments: "write" }],
      publicRead: false,
      scopes: ["repo"],
    });
    expect(table["downloadWorkflowRunLogs"]).toMatchObject({ success: [302] });
    expect(table["getWorkflowRunUsage"]).toMatchObject({ deprecated: true });
  });
});

test("the parameters of a path are those of its operations", () => {
  const description = smallDescription();
  const item = description.paths["/things/{id}"]!;
  const get = item["get"] as JsonObject;
  item["parameters"] = (get["parameters"] as JsonObject[]).slice(0, 1);
  get["parameters"] = (get["parameters"] as JsonObject[]).slice(1);
  expect(operationsTable(description)["get"]).toMatchObject({
    pathParameters: ["id"],
    queryParameters: ["view"],
  });
});

test.each([
  ["actions/list-workflow-runs-for-repo", "listWorkflowRunsForRepo"],
  ["actions/re-run-workflow", "reRunWorkflow"],
  ["get", "get"],
])("%s is called %s, as in Octokit", (id, name) => {
  expect(methodName(id)).toBe(name);
});
