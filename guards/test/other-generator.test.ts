import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { regenerate } from "@workflow-runs/codegen";
import ts from "typescript";
import { expect, test } from "vitest";
import { typesByHeyApi } from "./other-generator.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = resolve(import.meta.dirname, "../.other-generator");

const program = `
import { createClient } from "@workflow-runs/core";
import { operations } from "./operations.gen.ts";
import type { Job, WorkflowRun } from "./github.gen.ts";

const github = createClient({ operations });
const where = { owner: "cli", repo: "cli", run_id: 1 };

export async function program(): Promise<unknown[]> {
  const run: WorkflowRun = await github.getWorkflowRun(where);
  const jobs: Job[] = (await github.listJobsForWorkflowRun({ ...where, filter: "all" })).jobs;
  const archive: Response = await github.downloadWorkflowRunLogs(where);
  const nothing: undefined = await github.deleteWorkflowRun(where);
  const inputs = { environment: "production" };
  const dispatch = { owner: "cli", repo: "cli", workflow_id: "deploy.yml", ref: "main", inputs };
  const { workflow_run_id } = await github.createWorkflowDispatch(dispatch);
  const path = "/repos/{owner}/{repo}/actions/runs/{run_id}";
  const { data } = await github.GET(path, { params: { path: where } });
  const title: string | undefined = data?.display_title;
  await github.reRunJobForWorkflowRun({ owner: "cli", repo: "cli", job_id: workflow_run_id });
  return [
    archive,
    nothing,
    title,
    run.actor?.login,
    run.head_repository?.full_name,
    run.status === "paused",
    jobs[0]?.steps?.some(({ status }) => status === "pending"),
    // @ts-expect-error 2026-03-10 has no has_downloads any more
    run.repository.has_downloads,
    // @ts-expect-error not one of the filters
    github.listJobsForWorkflowRun({ ...where, filter: "newest" }),
    // @ts-expect-error the ref is missing
    github.createWorkflowDispatch({ owner: "cli", repo: "cli", workflow_id: 1 }),
    // @ts-expect-error an id is a number
    github.getWorkflowRun({ ...where, run_id: "1" }),
    // @ts-expect-error such a path is not there
    github.GET("/repos/{owner}/{repo}/actions/run"),
  ];
}
`;

/** What the compiler finds in the program, with the types beside it. */
function findings(file: string): string[] {
  const compiled = ts.createProgram([file], {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    target: ts.ScriptTarget.ES2023,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
  });
  return ts
    .getPreEmitDiagnostics(compiled)
    .filter(({ file: source }) => source?.fileName.startsWith(folder))
    .map(({ file: source, start, messageText }) => {
      const line = source!.getLineAndCharacterOfPosition(start!).line + 1;
      return `${line}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    });
}

test("the same program compiles on types of another generator, behind the same table", async () => {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await cp(join(root, "openapi/github.json"), join(folder, "description.json"));
  const config = join(folder, "sources.json");
  const sources = {
    select: { category: "actions", subcategories: ["workflow-runs", "workflow-jobs"] },
    targets: { github: "./description.json" },
    names: { WorkflowRun: "workflow-run", Job: "job" },
    output: { fragments: ".", types: "." },
  };
  const operations = [
    "actions/create-workflow-dispatch",
    "actions/get-workflow",
    "actions/list-repo-workflows",
  ];
  await writeFile(
    config,
    JSON.stringify({ ...sources, select: { ...sources.select, operations } }),
  );
  await regenerate({ config });
  const file = join(folder, "program.ts");
  await writeFile(file, program);
  expect(findings(file)).toEqual([]);

  const fragment = JSON.parse(await readFile(join(folder, "github.json"), "utf8")) as object;
  await writeFile(join(folder, "github.gen.ts"), await typesByHeyApi(fragment));
  expect(findings(file)).toEqual([]);
  await rm(folder, { recursive: true });
});
