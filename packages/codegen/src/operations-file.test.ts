import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { smallDescription } from "../test/small-description.ts";
import type { Description } from "./description.ts";
import { typesFile } from "./generated.ts";
import { operationsFile } from "./operations-file.ts";
import { operationsTable } from "./operations-table.ts";

const github = JSON.parse(
  readFileSync(new URL("../../../openapi/github.json", import.meta.url), "utf8"),
) as Description;

test.each([
  ["github.com", github],
  ["another description", smallDescription()],
])("the file of %s holds the table", async (_, fragment) => {
  const source = operationsFile(fragment, {
    from: "fragment.json",
    types: "./fragment.gen.ts",
  });
  const code = stripTypeScriptTypes(source.replace(/^import .*$/m, ""));
  const url = `data:text/javascript,${encodeURIComponent(code)}`;
  const { operations } = (await import(/* @vite-ignore */ url)) as { operations: unknown };
  expect(operations).toEqual(operationsTable(fragment));
});

const answer = (type: string) => ({ "200": { description: "ok", content: { [type]: {} } } });

/** A description with an operation of each of these ids, `undefined` for none. */
function withIds(ids: readonly (string | undefined)[]): Description {
  const paths = ids.map((id, at) => {
    const get = { ...(id !== undefined && { operationId: id }), responses: answer("text/plain") };
    return [`/${String.fromCodePoint(97 + at)}/{the-id}`, { get }];
  });
  return { ...smallDescription(), paths: Object.fromEntries(paths) as Description["paths"] };
}

test.each([
  [
    ["a/b/c", "a/b/d"],
    ["b/c", "b/d"],
  ],
  [
    ["a/x--y", "a/list-", "a/-z", "a/über-äpfel"],
    ["Z", "list-", "x-y", "überÄpfel"],
  ],
  [
    ["users/get-by-id", "repos/get-one"],
    ["getById", "getOne"],
  ],
  [
    ["list-a", "list-b"],
    ["listA", "listB"],
  ],
  [
    ["class", "Get User"],
    ["Get User", "class"],
  ],
  [
    ["x/y", undefined],
    ["getBTheId", "y"],
  ],
])(
  "operations of the ids %j have the names %j, in the type and at run time",
  async (ids, names) => {
    for (const naming of [{}, { homeScope: "users" }, { homeScope: "a" }, { homeScope: "z" }]) {
      const fragment = withIds(ids);
      const source = operationsFile(fragment, { from: "x.json", types: "./x.ts", naming });
      const code = stripTypeScriptTypes(source.replace(/^import .*$/m, ""));
      const url = `data:text/javascript,${encodeURIComponent(code)}`;
      const { operations } = (await import(/* @vite-ignore */ url)) as { operations: object };
      expect(operations).toEqual(operationsTable(fragment, naming));
    }
    expect(Object.keys(operationsTable(withIds(ids)))).toEqual(names);
  },
);

test("what an operation takes and gives beyond words and JSON stands in the table", () => {
  const list = { type: "array", items: { type: "string" } };
  const parameters = [
    { name: "ids", in: "query", schema: list },
    { name: "some", in: "query", schema: { oneOf: [{ type: "string" }, list] } },
    { name: "any", in: "query", schema: { type: ["null", "array"] } },
    { name: "page", in: "query", schema: { type: "integer" } },
  ];
  const paths = {
    "/lists": { get: { operationId: "lists", parameters, responses: answer("application/json") } },
    "/zen": { get: { operationId: "zen", responses: answer("text/plain") } },
    "/scim": { get: { operationId: "scim", responses: answer("application/scim+json") } },
  } as unknown as Description["paths"];
  const table = operationsTable({ ...smallDescription(), paths });
  expect(table["lists"]?.arrayParameters).toEqual(["ids", "some", "any"]);
  expect(table["zen"]?.mediaType).toBe("text/plain");
  for (const name of ["lists", "scim"]) expect(table[name]).not.toHaveProperty("mediaType");
});

/** What the compiler finds in a module that is given beside an operations file and its fragment's types. */
async function errors(consumer: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "codegen-operations-"));
  const older = smallDescription();
  delete older.paths["/things"];
  const files: { [file: string]: string } = {
    "small.gen.ts": await typesFile(smallDescription(), "small.json"),
    "operations.gen.ts": operationsFile(smallDescription(), {
      from: "small.json",
      types: "./small.gen.ts",
    }),
    "older.gen.ts": await typesFile(older, "older.json"),
    "older.operations.gen.ts": operationsFile(older, {
      from: "older.json",
      types: "./older.gen.ts",
      base: { fragment: smallDescription(), module: "./operations.gen.ts" },
    }),
    "consumer.ts": consumer,
  };
  for (const [file, source] of Object.entries(files)) writeFileSync(join(folder, file), source);
  const program = ts.createProgram([join(folder, "consumer.ts")], {
    strict: true,
    noEmit: true,
    types: [],
    target: ts.ScriptTarget.ES2024,
    isolatedDeclarations: true,
    declaration: true,
    erasableSyntaxOnly: true,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

describe("the type of the table", () => {
  test("is exact, and brings the paths of its description along", async () => {
    expect(
      await errors(`
        import { operations } from "./operations.gen.ts";
        import type { paths } from "./small.gen.ts";
        type PathsOf<Table> = NonNullable<Table[keyof Table & symbol]>;
        type Same<A, B> = [A, B] extends [B, A] ? true : never;
        export const same: Same<PathsOf<typeof operations>, paths> = true;
        export const method: "get" = operations.get.method;
        export const success: readonly [201] = operations.create.success;
        export const names: string[] = Object.values(operations).map(({ id }) => id);
      `),
    ).toEqual([]);
  });

  test("of another target takes what is the same, and lacks what that target lacks", async () => {
    expect(
      await errors(`
        import { operations } from "./older.operations.gen.ts";
        export const summary: string = operations.get.summary;
        operations.create;
      `),
    ).toEqual([expect.stringMatching(/^Property 'create' does not exist on type/)]);
  });
});
