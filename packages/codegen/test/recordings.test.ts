import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { dereference, type Schema, validate } from "@cfworker/json-schema";
import { expect, test } from "vitest";
import type { Description } from "../src/description.ts";
import type { JsonObject } from "../src/json.ts";
import { jsonSchema } from "../src/regenerate/json-schema.ts";

const root = new URL("../../../", import.meta.url);
const recordings = fileURLToPath(new URL("../shared/fixtures/recordings/hub4j/", root));

/** Required fields that GitHub added after the recordings were made. */
const younger = ["created_at", "head_branch", "workflow_name", "display_title", "path"];

function recorded(list: "workflow_runs" | "jobs"): JsonObject[] {
  const files = readdirSync(recordings).filter((file) => file.endsWith(".json"));
  return files.flatMap((file) => {
    const body = JSON.parse(readFileSync(recordings + file, "utf8")) as JsonObject;
    return (body[list] ?? []) as JsonObject[];
  });
}

test.runIf(existsSync(recordings)).each([
  ["workflow_runs", "workflow-run"],
  ["jobs", "job"],
] as const)("real %s fit the corrected schema, but for fields younger than they", (list, name) => {
  const fragment = JSON.parse(
    readFileSync(new URL("openapi/github.json", root), "utf8"),
  ) as Description;
  const $defs: { [name: string]: Schema } = Object.fromEntries(
    Object.entries(fragment.components["schemas"]!).map(([name, schema]) => [
      name,
      jsonSchema(schema) as Schema,
    ]),
  );
  const lookup = dereference({ $defs });
  const values = recorded(list);
  expect(values.length).toBeGreaterThan(0);
  for (const value of values) {
    const findings = validate(value, $defs[name]!, "4", lookup, false).errors.filter(
      ({ error }) => !younger.some((field) => error.includes(`required property "${field}"`)),
    );
    expect(findings).toEqual([]);
  }
});
