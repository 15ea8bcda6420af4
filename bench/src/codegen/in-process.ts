// The least that regenerating takes: read, slice, print types with openapi-typescript, all in one process.
import { readFileSync, writeFileSync } from "node:fs";
import type { Description, slice as sliceFunction } from "@workflow-runs/codegen";
import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";

const [spec, out, built] = process.argv.slice(2) as [string, string, string];
// The built module alone, as the command under test has it.
const { slice } = (await import(built)) as { slice: typeof sliceFunction };
const description = JSON.parse(readFileSync(spec, "utf8")) as Description;
const fragment = slice(description, {
  category: "actions",
  subcategories: ["workflow-runs", "workflow-jobs"],
});
const types = await openapiTS(fragment as unknown as OpenAPI3, { silent: true });
writeFileSync(`${out}.json`, JSON.stringify(fragment, null, 2));
writeFileSync(`${out}.ts`, astToString(types));
