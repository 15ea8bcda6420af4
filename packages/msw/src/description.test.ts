import { describe, expect, test } from "vitest";
import { createActionsFake } from "./index.ts";
import { neighbours } from "./rules/neighbours.ts";
import { schemaProblem } from "./rules/value-schema.ts";

const base = "https://api.github.com/repos/octo-org/octo-repo";

/** What a fake reports of a request, and the status. */
async function reported(
  rest: string,
  init?: RequestInit,
): Promise<{ status: number; problems: string[] }> {
  const problems: string[] = [];
  const fake = createActionsFake({ onInvalidRequest: (problem) => problems.push(problem) });
  fake.repository("octo-org/octo-repo").createRun({ status: "completed", pull_requests: [1] });
  const { status } = await fake.fetch(`${base}${rest}`, init);
  return { status, problems };
}

describe("the description of the neighbours", () => {
  test("says who may call them, what they take, what they answer and where that is written", () => {
    expect(neighbours["repos.getBranch"]).toMatchObject({
      id: "repos/get-branch",
      path: "/repos/{owner}/{repo}/branches/{branch}",
      pathParameters: ["owner", "repo", "branch"],
      success: [200, 301],
      permissions: [{ contents: "read" }],
      publicRead: true,
      documentationUrl: "https://docs.github.com/rest/branches/branches#get-a-branch",
    });
    expect(neighbours.downloadArtifact).toMatchObject({ success: [302], publicRead: false });
    for (const [name, { id, documentationUrl }] of Object.entries(neighbours)) {
      expect(documentationUrl, name).toMatch(/^https:\/\/docs\.github\.com\/\w/);
      expect(id, name).not.toBe("");
    }
  });
});

describe("a query that the description does not know is reported, and answered as GitHub does", () => {
  test.each([
    ["/pulls?state=merged", "pulls/list: state=merged is none of open, closed, all"],
    ["/pulls?sort=newest", "sort=newest is none of created, updated, popularity, long-running"],
    ["/pulls?direction=down", "direction=down is none of asc, desc"],
    ["/branches?protected=yes", "protected=yes is none of true, false"],
    ["/actions/artifacts?per_page=many", "per_page=many is not a whole number"],
    ["/actions/artifacts?direction=asc", 'has no query parameter "direction", only per_page, page'],
    ["/commits/main/check-runs?status=success", "status=success is none of queued, in_progress"],
    ["/commits/main/check-runs?filter=newest", "filter=newest is none of latest, all"],
    ["/commits/main/check-suites?app_id=actions", "app_id=actions is not a whole number"],
    ["/actions/runs?status=failed", "status=failed is none of completed, action_required"],
    ["/actions/runs?event=pr", "event=pr is none of branch_protection_rule, check_run"],
    ["/actions/runs?status=success&status=failure", "status is there 2 times, of which the last"],
    ["/actions/workflows?page=-1", "page=-1 is not a whole number"],
  ])("%s", async (rest, problem) => {
    const { status, problems } = await reported(rest);
    expect(status).toBe(200);
    expect(problems).toEqual([expect.stringContaining(problem)]);
  });

  test.each([
    "/pulls?state=all&sort=long-running&direction=asc&head=octo-org:main&base=main",
    "/commits/main/check-runs?status=in_progress&filter=all&app_id=15368&check_name=lint",
    "/actions/runs?status=startup_failure&event=workflow_run&branch=&created=2026-11-01..*",
    "/branches?protected=false&page=1&per_page=100",
    "",
  ])("%s is fine", async (rest) => {
    expect(await reported(rest)).toEqual({ status: 200, problems: [] });
  });

  test("of a parameter that is there twice the last one counts, also in the links", async () => {
    const fake = createActionsFake({ onInvalidRequest: () => {} });
    const repository = fake.repository("octo-org/octo-repo");
    for (const branch of ["a", "a", "b"]) repository.createRun({ branch });
    const url = `${base}/actions/runs?branch=b&per_page=5&branch=a&per_page=1`;
    const response = await fake.fetch(url);
    expect(await response.json()).toMatchObject({ total_count: 2 });
    expect(response.headers.get("link")).toContain("/actions/runs?branch=a&per_page=1&page=2>");
  });
});

describe("a JSON value that its schema does not allow is told in GitHub's words", () => {
  const gate = { type: "object", properties: { comment: { type: "string" } } } as const;
  const state = { type: "string", enum: ["approved", "rejected"] };
  const either = {
    anyOf: [
      { ...gate, required: ["name", "comment"] },
      { type: "object", properties: { ...gate.properties, state }, required: ["name", "state"] },
    ],
  };
  test.each([
    [{}, either, '"name" wasn\'t supplied.'],
    [{ name: "p" }, either, 'Any of "state", "comment" must be supplied.'],
    [{ name: "p", state: "no" }, either, `For 'properties/state', "no" is not a member of`],
    [{ name: "p", comment: "a", state: 1 }, either, "For 'properties/state', 1 is not a string."],
    [null, { type: "object" }, "For 'links/0/schema', nil is not an object."],
    [
      { a: 1, b: 2 },
      { type: "object", maxProperties: 1 },
      "No more than 1 properties are allowed; 2 were supplied.",
    ],
    [
      [1, "2"],
      { type: "array", items: { type: "integer" } },
      `For 'items', "2" is not an integer.`,
    ],
    [
      [],
      { type: "array", minItems: 1 },
      "No less than 1 items are required; only 0 were supplied.",
    ],
    [[1, 2], { type: "array", maxItems: 1 }, "No more than 1 items are allowed; 2 were supplied."],
    ["main", { type: "string", pattern: "^v" }, `"main" does not match ^v.`],
    [1.5, { type: "integer" }, "1.5 is not an integer."],
  ])("%j against %j", (value, schema, problem) => {
    expect(schemaProblem(value, schema)).toContain(problem);
  });

  test.each([
    [{ name: "p", comment: "a" }, either],
    [null, { type: "object", nullable: true }],
    [1.5, { type: "number" }],
  ])("%j fits %j", (value, schema) => {
    expect(schemaProblem(value, schema)).toBeUndefined();
  });
});
