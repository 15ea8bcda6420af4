import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const folder = import.meta.dirname;
const file = join(folder, "edited.ts");

/** TypeScript's own service, with one file that is only in the editor. */
function editor(content: string): ts.LanguageService {
  const settings: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    types: [],
    target: ts.ScriptTarget.ES2023,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
  };
  const snapshot = (name: string): ts.IScriptSnapshot | undefined => {
    const text = name === file ? content : ts.sys.readFile(name);
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
  };
  return ts.createLanguageService({
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: snapshot,
    getCurrentDirectory: () => folder,
    getCompilationSettings: () => settings,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile: (name) => (name === file ? content : ts.sys.readFile(name)),
    directoryExists: (name) => ts.sys.directoryExists(name),
    getDirectories: (name) => ts.sys.getDirectories(name),
    realpath: (name) => ts.sys.realpath!(name),
  });
}

const source = `
import { createClient } from "@workflow-runs/core";
import { operations as ghes } from "@workflow-runs/openapi-types/ghes-3.19/operations";
const github = createClient({ auth: "t" });
const where = { owner: "cli", repo: "cli", run_id: 1 };
export const run = await github.getWorkflowRun(where);
export const usage = await github.getWorkflowRunUsage(where);
export const { jobs } = await github.listJobsForWorkflowRun({ ...where, filter: "all" });
export const bound = github.repository("cli/cli").cancelWorkflowRun;
const server = createClient({ operations: ghes });
export const onServer = server.getWorkflowRun;
export const { status } = run;
`;
const service = editor(source);

/** What the editor shows over the first place where a name stands. */
function hover(text: string): { type: string; documentation: string; tags: string[] } {
  const info = service.getQuickInfoAtPosition(file, source.indexOf(text) + text.search(/\w+$/))!;
  return {
    type: ts.displayPartsToString(info.displayParts),
    documentation: ts.displayPartsToString(info.documentation),
    tags: (info.tags ?? []).map(({ name, text }) => `${name} ${ts.displayPartsToString(text)}`),
  };
}

describe("over a method an editor shows", () => {
  test("what it does, who may call it, its parameters and its page", () => {
    const { documentation, tags } = hover("github.getWorkflowRun");
    expect(documentation).toMatch(/^Get a workflow run\n\nGets a specific workflow run\./);
    expect(documentation).toContain("Fine-grained permission: Actions (read).");
    expect(documentation).toContain("public repositories need no token");
    expect(documentation).toContain("- `run_id`: The unique identifier of the workflow run.");
    expect(tags).toEqual([
      "see https://docs.github.com/rest/actions/workflow-runs#get-a-workflow-run",
    ]);
  });

  test("the same on a repository's client, and on one of another description", () => {
    expect(hover('repository("cli/cli").cancelWorkflowRun').documentation).toContain(
      "Cancels a workflow run using its `id`.",
    );
    expect(hover("server.getWorkflowRun").documentation).toContain("Gets a specific workflow run.");
  });

  test("that it is deprecated, and strikes it through", () => {
    expect(hover("github.getWorkflowRunUsage").tags).toContainEqual(
      expect.stringMatching(/^deprecated /),
    );
    const struck = service
      .getSuggestionDiagnostics(file)
      .filter(({ code }) => code === 6385)
      .map(({ start, length }) => source.slice(start, start + length));
    expect(struck).toEqual(["getWorkflowRunUsage"]);
  });
});

test("a parameter's own description is shown where it is passed", () => {
  const { documentation } = hover("filter");
  expect(documentation).toMatch(/^Filters jobs by their `completed_at` timestamp/);
});

test("schemas are shown by their name", () => {
  expect(hover("export const run").type).toBe("const run: WorkflowRun");
  expect(hover("export const { jobs").type).toBe("const jobs: Job[]");
  expect(hover("export const usage").type).toBe("const usage: WorkflowRunUsage");
});

test("a method leads to the operation in the generated table", () => {
  const at = source.indexOf("github.getWorkflowRun") + "github.".length;
  const definitions = service.getDefinitionAtPosition(file, at)!;
  expect(
    definitions.map(({ fileName, name }) => [fileName.replace(/.*\//, ""), name]),
  ).toContainEqual(["operations.gen.ts", "getWorkflowRun"]);
});

test("a wrong option of createClient is one error, which names it, and no later call has one", () => {
  const wrong = (option: string): string[] =>
    editor(`
import { type Client, createClient } from "@workflow-runs/core";
const github = createClient({ ${option} });
export const list = await github.listWorkflowRunsForRepo({ owner: "cli", repo: "cli" });
export const run = await github.repository("cli/cli").getWorkflowRun({ run_id: 1 });
export const client: Client = github;
`)
      .getSemanticDiagnostics(file)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n").split("\n")[0]!);
  expect(wrong('auth: "t"')).toEqual([]);
  expect(wrong('token: "t"')).toEqual([expect.stringContaining("'token' does not exist")]);
  expect(wrong('baseURL: "https://ghe.example"')).toEqual([
    expect.stringMatching(/'baseURL' does not exist .* Did you mean to write 'baseUrl'\?$/),
  ]);
  expect(wrong('timeout: "30s"')).toEqual([
    expect.stringContaining("Type 'string' is not assignable to type"),
  ]);
});
