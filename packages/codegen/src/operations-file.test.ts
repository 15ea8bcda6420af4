import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { expect, test } from "vitest";
import { smallDescription } from "../test/small-description.ts";
import type { Description } from "./description.ts";
import { operationsFile } from "./operations-file.ts";
import { operationsTable } from "./operations-table.ts";

const github = JSON.parse(
  readFileSync(new URL("../../../openapi/github.json", import.meta.url), "utf8"),
) as Description;

test.each([
  ["github.com", github],
  ["another description", smallDescription()],
])("the file of %s holds the table", async (_, fragment) => {
  const source = operationsFile(fragment, "fragment.json", "./fragment.gen.ts");
  const code = stripTypeScriptTypes(source.replace(/^import .*$/m, ""));
  const url = `data:text/javascript,${encodeURIComponent(code)}`;
  const { operations } = (await import(/* @vite-ignore */ url)) as { operations: unknown };
  expect(operations).toEqual(operationsTable(fragment));
});
