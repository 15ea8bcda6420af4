import { readdirSync, readFileSync, statSync } from "node:fs";
import { describe, expect, expectTypeOf, test } from "vitest";
import type * as ghec from "./ghec.gen.ts";
import type * as ghes from "./ghes-3.19.gen.ts";
import type * as older from "./github-2022-11-28.gen.ts";
import type { components, Job, operations, paths, WorkflowRun } from "./index.ts";
import { type Operations, operations as table } from "./operations.gen.ts";

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));

describe("the types say what GitHub returns, where its description does not", () => {
  test("head_repository, actor and triggering_actor may be null", () => {
    expectTypeOf<null>().toExtend<WorkflowRun["head_repository"]>();
    expectTypeOf<null>().toExtend<WorkflowRun["actor"]>();
    expectTypeOf<null>().toExtend<WorkflowRun["triggering_actor"]>();
    expectTypeOf<null>().toExtend<WorkflowRun["repository"]["temp_clone_token"]>();
  });

  test("status and conclusion list what is known, may be null, and stay open", () => {
    expectTypeOf<"startup_failure">().toExtend<WorkflowRun["conclusion"]>();
    expectTypeOf<string>().toExtend<WorkflowRun["status"]>();
    expectTypeOf<null>().toExtend<WorkflowRun["status"]>();
    expectTypeOf<number>().not.toExtend<WorkflowRun["status"]>();
  });

  test("a job's and a step's words stay open too, and so do the filters", () => {
    type Step = NonNullable<Job["steps"]>[number];
    expectTypeOf<"pending">().toExtend<Step["status"]>();
    expectTypeOf<string>().toExtend<Step["status"]>();
    expectTypeOf<string | null>().toExtend<Step["conclusion"]>();
    expectTypeOf<string>().toExtend<Job["status"]>();
    expectTypeOf<string | null>().toExtend<Job["conclusion"]>();
    expectTypeOf<"dynamic">().toExtend<WorkflowRun["event"]>();
    type Query = NonNullable<operations["actions/list-workflow-runs"]["parameters"]["query"]>;
    expectTypeOf<"startup_failure">().toExtend<Query["status"]>();
    expectTypeOf<string>().toExtend<Query["event"]>();
    expectTypeOf<null>().not.toExtend<Job["status"]>();
  });
});

describe("targets and versions", () => {
  test("GHES has neither approve nor timing; GHEC has what github.com has", () => {
    expectTypeOf<keyof ghec.operations>().toEqualTypeOf<keyof operations>();
    expectTypeOf<"actions/approve-workflow-run" | "actions/get-workflow-run-usage">().toExtend<
      Exclude<keyof operations, keyof ghes.operations>
    >();
    expectTypeOf<
      | "/repos/{owner}/{repo}/actions/runs/{run_id}/approve"
      | "/repos/{owner}/{repo}/actions/runs/{run_id}/timing"
    >().toExtend<Exclude<keyof paths, keyof ghes.paths>>();
  });

  test("2026-03-10 has no has_downloads any more, and is the same otherwise", () => {
    type Old = older.components["schemas"]["minimal-repository"];
    type New = components["schemas"]["minimal-repository"];
    expectTypeOf<Exclude<keyof Old, keyof New>>().toEqualTypeOf<"has_downloads">();
    expectTypeOf<keyof older.WorkflowRun>().toEqualTypeOf<keyof WorkflowRun>();
    expectTypeOf<older.Job>().toEqualTypeOf<Job>();
  });
});

test("the operations table has the operations of the types", () => {
  type Ids = Operations[keyof Operations]["id"];
  expectTypeOf<Ids>().toEqualTypeOf<keyof operations>();
  const fragment = read("../../../openapi/github.json") as { paths: object };
  const methods = Object.values(fragment.paths).flatMap((item) => Object.values(item as object));
  expect(Object.keys(table)).toHaveLength(methods.length);
});

test("the shipped fragment is the committed one without its white space", () => {
  expect(read("../fragments/github.json")).toEqual(read("../../../openapi/github.json"));
});

test("everything generated stays below 1.1 MB, because everyone who installs the client gets it", () => {
  const size = (folder: string): number => {
    const url = new URL(folder, import.meta.url);
    return readdirSync(url)
      .filter((file) => !file.endsWith(".test.ts"))
      .reduce((sum, file) => sum + statSync(new URL(file, url)).size, 0);
  };
  expect(size("./") + size("../fragments/")).toBeLessThan(1_100_000);
});
