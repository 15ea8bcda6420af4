import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { smallDescription } from "../test/small-description.ts";
import type { Description } from "./description.ts";
import { printTypesFile, typesFile } from "./generated.ts";
import type { JsonObject } from "./json.ts";
import { makeTypes } from "./types.ts";

const history = new URL("../test/fixtures/history/", import.meta.url);

function slice(version: string): Description {
  return JSON.parse(readFileSync(new URL(`${version}.json`, history), "utf8")) as Description;
}

/** What the compiler says about a file. */
function errors(file: string): string[] {
  const program = ts.createProgram([file], {
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    types: [],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

const folder = mkdtempSync(join(tmpdir(), "codegen-types-"));

function written(name: string, content: string): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

describe("an open enum", () => {
  async function printed(schema: JsonObject): Promise<string> {
    const description = smallDescription();
    const thing = description.components["schemas"]!["thing"] as { properties: JsonObject };
    thing.properties["state"] = schema;
    return typesFile(description, "small.json");
  }

  test("lists what is known and stays a string", async () => {
    expect(await printed({ type: "string", "x-extensible-enum": ["open", "closed"] })).toContain(
      'state: "open" | "closed" | (string & {});',
    );
  });

  test("keeps null", async () => {
    expect(
      await printed({ type: "string", nullable: true, "x-extensible-enum": ["open"] }),
    ).toContain('state: "open" | (string & {}) | null;');
  });
});

test("an open enum of OpenAPI 3.1 keeps null", async () => {
  const description = { ...smallDescription(), openapi: "3.1.0" };
  const thing = description.components["schemas"]!["thing"] as { properties: JsonObject };
  thing.properties["state"] = { type: ["string", "null"], "x-extensible-enum": ["open"] };
  expect(await typesFile(description, "small.json")).toContain(
    'state: "open" | (string & {}) | null;',
  );
});

test("a default makes no parameter and no property required", async () => {
  const description = smallDescription();
  const thing = description.components["schemas"]!["thing"] as { properties: JsonObject };
  thing.properties["size"] = { type: "string", default: "small" };
  expect(await typesFile(description, "small.json")).toContain("size?: string;");
});

test("comments are plain text, with a paragraph for each part", async () => {
  const description = smallDescription();
  const get = description.paths["/things/{id}"]!["get"] as JsonObject;
  get["description"] = "Gets it.\n\n- a list\n  - within a list";
  const source = await typesFile(description, "small.json");
  expect(source).not.toContain("@description");
  expect(source).toContain("/** How much to show */\n                view?:");
  const comment = source.slice(
    source.indexOf("/**\n"),
    source.indexOf("*/", source.indexOf("/**\n")),
  );
  expect(comment.replaceAll(/^ +/gm, "")).toBe(
    "/**\n* Get a thing\n*\n* Gets it.\n*\n* - a list\n*   - within a list\n",
  );
});

test("names are exported for the schemas that are there, with their description", async () => {
  const description = smallDescription();
  (description.components["schemas"]!["thing"] as JsonObject)["description"] =
    "A thing,\nas it is */";
  description.components["schemas"]!["unused"] = { type: "string", description: "A word" };
  const names = { Thing: "thing", Word: "unused", Ghost: "ghost" };
  const source = await typesFile(description, "small.json", names);
  expect(source).toContain("        thing: Thing;\n");
  expect(source).toContain("/** A thing, as it is *\\/ */\nexport interface Thing {");
  expect(source).toContain('/** A word */\nexport type Word = components["schemas"]["unused"];');
  expect(source).not.toContain("Ghost");
  await expect(typesFile(description, "small.json", { "my-thing": "thing" })).rejects.toThrow(
    "my-thing is not a name for a type: it must be in PascalCase",
  );
});

describe("types of old versions", () => {
  const files = Promise.all(
    readdirSync(history)
      .filter((file) => file.endsWith(".json"))
      .map(async (file) => {
        const version = file.slice(0, -".json".length);
        return written(`v${version}.ts`, await typesFile(slice(version), file));
      }),
  );

  test("compile under TypeScript 5.9 with skipLibCheck: false", async () => {
    const [first] = await files;
    expect(ts.version).toMatch(/^5\.9\./);
    expect(errors(first!)).toEqual([]);
  });

  test("compile under TypeScript 7 with skipLibCheck: false, all of them", async () => {
    const compiler = fileURLToPath(
      new URL("../../../node_modules/typescript/bin/tsc", import.meta.url),
    );
    const options = ["--noEmit", "--strict", "--skipLibCheck", "false", "--types", ""];
    const run = promisify(execFile);
    const { stdout: version } = await run(process.execPath, [compiler, "--version"]);
    expect(version).toMatch(/Version 7\./);
    const args = [compiler, ...options, ...(await files)];
    const { stdout } = await run(process.execPath, args, { cwd: folder }).catch(
      (error: unknown) => error as { stdout: string },
    );
    expect(stdout).toBe("");
  });
});

describe("types that share what is the same", () => {
  const small = smallDescription();
  const other = smallDescription();
  const owner = other.components["schemas"]!["owner"] as { properties: JsonObject };
  owner.properties["email"] = { type: "string" };

  async function pair() {
    const [base, types] = [await makeTypes(small), await makeTypes(other)];
    const from = "./small.gen.ts";
    return {
      base: await printTypesFile(small, base, "small.json", {}),
      other: await printTypesFile(
        other,
        types,
        "other.json",
        { Owner: "owner" },
        { types: base, from },
      ),
      plain: await printTypesFile(other, types, "other.json", { Owner: "owner" }),
    };
  }

  test("name the base for what is equal with all it refers to, and print the rest", async () => {
    const { other } = await pair();
    expect(other).toContain('error: base.components["schemas"]["error"];');
    expect(other).toContain("email?: string;");
    // `thing` is spelled the same, but its `owner` is another.
    expect(other).not.toContain('base.components["schemas"]["thing"]');
  });

  test("are the same types as those printed in full", async () => {
    const { base, other, plain } = await pair();
    written("small.gen.ts", base);
    written("other.gen.ts", other);
    written("plain.gen.ts", plain);
    const same = written(
      "same.ts",
      `import type * as other from "./other.gen.ts";
import type * as plain from "./plain.gen.ts";
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
export const components: Same<other.components["schemas"]["thing"]["owner"], plain.components["schemas"]["thing"]["owner"]> = true;
export const operations: Same<keyof other.operations, keyof plain.operations> = true;
declare const a: other.operations, b: plain.operations;
export const there: plain.operations = a, back: other.operations = b;
export const wrong: Same<other.Owner, other.components["schemas"]["error"]> = false;
`,
    );
    expect(errors(same)).toEqual([]);
  });
});

test("the same fragment gives the same bytes", async () => {
  const first = await typesFile(slice("23.0.2"), "x.json");
  expect(await typesFile(slice("23.0.2"), "x.json")).toBe(first);
});
