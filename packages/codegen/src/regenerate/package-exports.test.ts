import { expect, test } from "vitest";
import type { JsonObject } from "../json.ts";
import { withTypeExports } from "./package-exports.ts";

const manifest = {
  name: "types",
  exports: {
    ".": "./src/index.ts",
    "./ghes-3.16": "./src/ghes-3.16.gen.ts",
    "./ghes-3.16/operations": "./src/ghes-3.16.operations.gen.ts",
    "./operations": "./src/operations.gen.ts",
    "./package.json": "./package.json",
  },
  publishConfig: {
    exports: {
      ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
      "./ghes-3.16": { types: "./dist/ghes-3.16.gen.d.ts", default: "./dist/ghes-3.16.gen.js" },
    },
    access: "public",
  },
};

test("each fragment but the first has a subpath, and one for its table, in both lists; those that are gone have none", () => {
  const changed = JSON.parse(
    withTypeExports(JSON.stringify(manifest), ["github", "ghec"]),
  ) as JsonObject;
  expect(Object.entries(changed["exports"] as JsonObject)).toEqual([
    [".", "./src/index.ts"],
    ["./ghec", "./src/ghec.gen.ts"],
    ["./ghec/operations", "./src/ghec.operations.gen.ts"],
    ["./operations", "./src/operations.gen.ts"],
    ["./package.json", "./package.json"],
  ]);
  expect(changed["publishConfig"]).toEqual({
    exports: {
      ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
      "./ghec": { types: "./dist/ghec.gen.d.ts", default: "./dist/ghec.gen.js" },
      "./ghec/operations": {
        types: "./dist/ghec.operations.gen.d.ts",
        default: "./dist/ghec.operations.gen.js",
      },
    },
    access: "public",
  });
});

test("the second time nothing changes", () => {
  const once = withTypeExports(JSON.stringify(manifest), ["github", "ghec", "ghes-3.17"]);
  expect(withTypeExports(once, ["github", "ghec", "ghes-3.17"])).toBe(once);
});
