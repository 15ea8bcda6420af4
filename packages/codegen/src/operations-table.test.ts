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

  test("has the 19 operations of workflow runs and the 4 of workflow jobs, in the order of their names", () => {
    const names = Object.keys(table);
    expect(names).toHaveLength(23);
    expect(names).toEqual(names.toSorted());
  });

  test("knows the list key of the four paged operations, from their schema", () => {
    const items = Object.entries(table).flatMap(([name, { items }]) =>
      items ? [[name, items]] : [],
    );
    expect(Object.fromEntries(items)).toEqual({
      listJobsForWorkflowRun: "jobs",
      listJobsForWorkflowRunAttempt: "jobs",
      listWorkflowRuns: "workflow_runs",
      listWorkflowRunsForRepo: "workflow_runs",
    });
  });

  test("has the parameters, the body of all its forms, and the success status", () => {
    expect(table["reviewCustomGatesForRun"]).toEqual({
      id: "actions/review-custom-gates-for-run",
      method: "post",
      path: "/repos/{owner}/{repo}/actions/runs/{run_id}/deployment_protection_rule",
      pathParameters: ["owner", "repo", "run_id"],
      queryParameters: [],
      bodyProperties: ["comment", "environment_name", "state"],
      requiredBodyProperties: ["environment_name"],
      success: [204],
    });
    expect(table["downloadWorkflowRunLogs"]).toMatchObject({ success: [302] });
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
