import { describe, expect, test } from "vitest";
import { setUp, start } from "../test/set-up.ts";
import { InvalidInputError } from "./index.ts";
import { takesBranch } from "./rules/branch-pattern.ts";
import { isCron, scheduled } from "./rules/schedule.ts";

const newest = { headers: { "x-github-api-version": "2026-03-10" } };

describe("a dispatch", () => {
  test("makes a run of the workflow, with the inputs in its names", async () => {
    const { fake, repository, ask } = setUp({ tokens: { t: { login: "mona" } } });
    repository.workflow("deploy.yml", {
      on: { workflow_dispatch: { inputs: { target: { required: true }, marker: {} } } },
      run_name: "Deploy to ${{ inputs.target }} by @${{ github.actor }}",
      jobs: [
        { name: "id ${{ inputs.marker }}" },
        { name: "deploy", needs: "id ${{ inputs.marker }}", environment: "production" },
      ],
    });
    const headers = { ...newest.headers, authorization: "Bearer t" };
    const { status, data } = await ask(
      "createWorkflowDispatch",
      { workflow_id: "deploy.yml", ref: "main", inputs: { target: "eu", marker: "x1" } },
      { headers },
    );
    expect(status).toBe(200);
    const { workflow_run_id } = data as { workflow_run_id: number };
    const run = repository.run(workflow_run_id);
    expect(run?.data).toMatchObject({
      event: "workflow_dispatch",
      display_title: "Deploy to eu by @mona",
      path: ".github/workflows/deploy.yml",
      actor: { login: "mona" },
      run_number: 1,
    });
    expect(run?.jobs[0]?.name).toBe("id x1");
    fake.advance("10m");
    expect(run?.data.status).toBe("waiting");
    expect(data).toMatchObject({
      run_url: run?.data.url,
      html_url: run?.data.html_url,
    });
  });

  test("is 204 in version 2022-11-28, unless the body wants the run", async () => {
    const { repository, ask } = setUp();
    repository.workflow("ci.yml", { on: { workflow_dispatch: true } });
    const where = { workflow_id: "ci.yml", ref: "refs/heads/main" };
    expect((await ask("createWorkflowDispatch", where)).status).toBe(204);
    const detailed = { ...where, return_run_details: true };
    const { status } = await ask("createWorkflowDispatch", detailed, { unchecked: true });
    expect(status).toBe(200);
  });

  test("is refused in GitHub's words", async () => {
    const { repository, ask } = setUp();
    repository.createRun({ workflow: "plain.yml" });
    repository.workflow("deploy.yml", {
      on: {
        workflow_dispatch: {
          inputs: {
            target: { required: true, type: "choice", options: ["eu", "us"] },
            dry: { type: "boolean", default: "false" },
            count: { type: "number" },
          },
        },
      },
    });
    const message = async (body: object, workflow_id = "deploy.yml"): Promise<unknown> => {
      const where = { workflow_id, ref: "main", ...body };
      const { status, data } = await ask("createWorkflowDispatch", where, { unchecked: true });
      expect(status).toBe(422);
      return (data as { message?: string }).message;
    };
    // Recorded by PyGithub and others.
    expect(await message({}, "plain.yml")).toBe(
      "Workflow does not have 'workflow_dispatch' trigger",
    );
    expect(await message({})).toBe("Required input 'target' not provided");
    expect(await message({ inputs: { target: "eu", color: "red" } })).toBe(
      'Unexpected inputs provided: ["color"]',
    );
    expect(await message({ inputs: { target: "moon" } })).toBe(
      "Provided value 'moon' for input 'target' not in the list of allowed values",
    );
    expect(await message({ inputs: { target: "eu", dry: "maybe" } })).toContain("list of allowed");
    expect(await message({ inputs: { target: "eu", count: "many" } })).toContain("not a number");
    expect(await message({ ref: "nope", inputs: { target: "eu" } })).toBe("No ref found for: nope");
    expect(await message({ ref: undefined, inputs: {} })).toContain('"ref" wasn\'t supplied.');
    const invalid = (problem: string): string => `Invalid request.\n\n${problem}`;
    expect(await message({ ref: 5 })).toBe(invalid("For 'properties/ref', 5 is not a string."));
    expect(await message({ inputs: null })).toBe(
      invalid("For 'properties/inputs', nil is not an object."),
    );
    expect(await message({ inputs: ["x", null] })).toBe(
      invalid(`For 'properties/inputs', ["x", nil] is not an object.`),
    );
    expect(await message({ return_run_details: "yes" })).toBe(
      invalid(`For 'properties/return_run_details', "yes" is not a boolean.`),
    );
    const unknown = { workflow_id: "no.yml", ref: "main" };
    expect((await ask("createWorkflowDispatch", unknown)).status).toBe(404);
  });
});

describe("a push", () => {
  test("starts the workflows of its branch, at its commit", () => {
    const { repository } = setUp();
    repository.workflow("ci.yml", { on: { push: true } });
    repository.workflow("release.yml", { on: { push: { branches: ["release/**"] } } });
    repository.workflow("manual.yml", { on: { workflow_dispatch: true } });
    const [ci, ...others] = repository.push("main", { message: "Fix it\n\nfor good" });
    expect(others).toEqual([]);
    expect(ci?.data).toMatchObject({
      event: "push",
      head_branch: "main",
      display_title: "Fix it",
      status: "queued",
    });
    const both = repository.push("release/2/x", { sha: "b".repeat(40), actor: "mona" });
    expect(both.map(({ data }) => [data.path, data.head_sha, data.actor?.login])).toEqual([
      [".github/workflows/ci.yml", "b".repeat(40), "mona"],
      [".github/workflows/release.yml", "b".repeat(40), "mona"],
    ]);
    expect(both[0]?.data.run_number).toBe(2);
  });

  test("matches branches as GitHub's patterns do", () => {
    expect(takesBranch([], "anything/at/all")).toBe(true);
    expect(takesBranch(["main"], "main")).toBe(true);
    expect(takesBranch(["feature/*"], "feature/a")).toBe(true);
    expect(takesBranch(["feature/*"], "feature/a/b")).toBe(false);
    expect(takesBranch(["feature/**"], "feature/a/b")).toBe(true);
    expect(takesBranch(["v2.x"], "v2ax")).toBe(false);
    expect(takesBranch(["releases/**", "!releases/**-alpha"], "releases/1-alpha")).toBe(false);
    expect(takesBranch(["releases/**", "!releases/**-alpha"], "releases/1")).toBe(true);
  });
});

describe("the clock", () => {
  test("starts what is due, each at its time", async () => {
    const { fake, repository, ask } = setUp();
    repository.workflow("nightly.yml", { on: { schedule: [{ cron: "30 4 * * *" }] } });
    const runs = async (): Promise<unknown[]> =>
      (await ask("listWorkflowRuns", { workflow_id: "nightly.yml" })).data.workflow_runs.map(
        ({ event, created_at }) => [event, created_at],
      );
    expect(await runs()).toEqual([]);
    fake.advance("2d");
    expect(await runs()).toEqual([
      ["schedule", "2026-11-03T04:30:00Z"],
      ["schedule", "2026-11-02T04:30:00Z"],
    ]);
    await fake.fetch(
      `${fake.baseUrl}/repos/octo-org/octo-repo/actions/workflows/nightly.yml/disable`,
      { method: "PUT" },
    );
    fake.advance("2d");
    expect(await runs()).toHaveLength(2);
  });

  test("reads cron expressions in UTC", () => {
    expect(scheduled("*/30 9-10 * * 1-5", start, start + 86_400_000).map(iso)).toEqual([
      "2026-11-02T09:00:00.000Z",
      "2026-11-02T09:30:00.000Z",
      "2026-11-02T10:00:00.000Z",
    ]);
    expect([isCron("0 0 1 * *"), isCron("0 0 * *"), isCron("61 * * * *")]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

test("a workflow that cannot be is refused before anything changes", () => {
  const { repository } = setUp();
  const wrong =
    (init: object): (() => unknown) =>
    () =>
      repository.workflow("a.yml", init);
  expect(wrong({ on: { schedule: [{ cron: "often" }] } })).toThrow(InvalidInputError);
  expect(wrong({ on: { workflow_dispach: true } })).toThrow('Did you mean "workflow_dispatch"?');
  expect(wrong({ jobs: [{ name: "a", needs: "b" }] })).toThrow('needs "b"');
});

function iso(at: number): string {
  return new Date(at).toISOString();
}
