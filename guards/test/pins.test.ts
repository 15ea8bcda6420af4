import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";

const root = resolve(import.meta.dirname, "../..");
const { catalog } = parse(readFileSync(resolve(root, "pnpm-workspace.yaml"), "utf8")) as {
  catalog: { [name: string]: string };
};

test.each([
  ["openapi-typescript", "7.13.0", "packages/codegen/src/types.ts"],
  ["openapi-fetch", "0.17.0", "packages/core/src/client/openapi-fetch.ts"],
])("%s is pinned to %s, and %s alone knows it (decisions/017)", (name, version, file) => {
  expect(catalog[name]).toBe(version);
  const manifests = globSync("packages/*/package.json", { cwd: root }).flatMap((manifest) => {
    const { dependencies = {} } = JSON.parse(readFileSync(resolve(root, manifest), "utf8")) as {
      dependencies?: { [dependency: string]: string };
    };
    return dependencies[name] ?? [];
  });
  expect(manifests).toEqual(["catalog:"]);
  const importing = globSync("packages/*/src/**/*.ts", { cwd: root })
    .filter((source) => !source.endsWith(".test.ts"))
    .filter((source) =>
      new RegExp(`(?:from|import\\() ?"${name}"`).test(readFileSync(resolve(root, source), "utf8")),
    );
  expect(importing).toEqual([file]);
});
