import { globSync } from "node:fs";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";
import { run } from "./command.ts";

const root = resolve(import.meta.dirname, "../../..");
const folder = resolve(import.meta.dirname, "../.snippets");
const plain = resolve(import.meta.dirname, "../.snippets/plain");

/** The READMEs and pages, by their paths. */
async function pages(): Promise<Record<string, string>> {
  const names = globSync(["README.md", "packages/*/README.md", "docs/*.md", "docs/cookbook/*.md"], {
    cwd: root,
  });
  const texts = names.map(async (name) => [name, await readFile(join(root, name), "utf8")]);
  return Object.fromEntries(await Promise.all(texts)) as Record<string, string>;
}

test("every TypeScript snippet of every README and page compiles against the packages", async () => {
  const all = await pages();
  expect(Object.keys(all).length).toBeGreaterThan(8);
  expect(await compile(all)).toBe("");
});

test("the first program of a page is plain JavaScript, for a file that any Node runs", async () => {
  const first = ["core", "logs", "msw", "pagination", "watch"].map(
    (name) => `packages/${name}/README.md`,
  );
  const all = await pages();
  await rm(plain, { recursive: true, force: true });
  await mkdir(plain, { recursive: true });
  const outputs = [...first, "docs/start.md"].map(async (page) => {
    const file = join(plain, `${nameOf(page)}.mjs`);
    await writeFile(file, snippets(all[page] ?? "")[0]?.code ?? "no program");
    return (await run(process.execPath, ["--check", file], root)).output;
  });
  expect((await Promise.all(outputs)).join("")).toBe("");
});

test("no program hides from the compiler behind another name of the language", async () => {
  const others = Object.entries(await pages()).flatMap(([name, text]) =>
    (text.match(/^```(?:js|javascript|typescript|tsx|jsx|mjs|mts)\b.*$/gm) ?? []).map(
      (fence) => `${name}: ${fence}`,
    ),
  );
  expect(others).toEqual([]);
});

test("a snippet that does not compile is found", async () => {
  const page =
    '```ts\nimport { createClient } from "@workflow-runs/core";\ncreateClient({ tries: 3 });\n```\n';
  expect(await compile({ "packages/core/README.md": page })).toMatch(
    /core-readme-line-1\.ts\(2,16\): error TS\d+: [^]*'tries' does not exist/,
  );
});

/** What the compiler says of the snippets of some pages; empty when all is well. */
async function compile(pages: Readonly<Record<string, string>>): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [page, text] of Object.entries(pages))
    for (const snippet of snippets(text))
      await writeFile(join(folder, `${nameOf(page)}-line-${snippet.line}.ts`), snippet.code);
  // What the README of codegen has generated a moment before.
  await mkdir(join(folder, "generated"));
  await writeFile(
    join(folder, "generated/operations.gen.ts"),
    'export * from "@workflow-runs/openapi-types/operations";\n',
  );
  await cp(join(import.meta.dirname, "snippet-names.d.ts"), join(folder, "snippet-names.d.ts"));
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
  const tsc = join(root, "node_modules/.bin/tsc");
  return (await run(tsc, ["-p", folder, "--pretty", "false"], root)).output;
}

/** The fenced `ts` blocks of a Markdown text, each with the line it starts at. */
function snippets(markdown: string): { line: number; code: string }[] {
  return [...markdown.matchAll(/^```ts\n(.*?)^```$/gms)].map((match) => ({
    line: markdown.slice(0, match.index).split("\n").length,
    code: match[1]!,
  }));
}

function nameOf(readme: string): string {
  const owner = dirname(readme) === "." ? "root" : basename(dirname(readme));
  return `${owner}-${basename(readme, ".md").toLowerCase()}`;
}

const tsconfig = {
  extends: "../../../tsconfig.base.json",
  compilerOptions: {
    noEmit: true,
    types: ["node"],
    // The copy that msw's handlers are typed by: this folder has another one, beside another compiler.
    paths: {
      "msw/node": ["../../../packages/msw/node_modules/msw/lib/node/index.d.ts"],
      probot: ["../../../packages/msw/node_modules/probot/lib/index.d.ts"],
    },
    skipLibCheck: true,
    isolatedDeclarations: false,
    declaration: false,
    declarationMap: false,
    // A snippet is read for what it shows, not compiled to be kept.
    noUnusedLocals: false,
    noUnusedParameters: false,
  },
  // codegen's sources lean on declarations of their own.
  include: ["*.ts", "../../../packages/codegen/src/**/*.d.ts"],
};
