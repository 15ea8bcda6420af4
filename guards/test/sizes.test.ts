import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";

const packages = resolve(import.meta.dirname, "../../packages");

/**
 * The size in kB, minified and gzipped, of everything that an entry point exports. In a browser that is the package with all
 * it depends on; for Node.js it is the package's own code.
 */
async function sizeOf(contents: string, platform: "browser" | "node"): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: packages },
    bundle: true,
    minify: true,
    format: "esm",
    platform,
    ...(platform === "node" && { packages: "external" as const }),
    write: false,
    logLevel: "error",
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length / 1000;
}

// A limit is what a package weighs, and a twentieth. Whoever moves one says in the commit what the bytes are for.
test.each([
  ["openapi-types/src/operations.gen.ts", "browser", 1.4],
  ["core/src/index.ts", "browser", 18.8],
  ["pagination/src/index.ts", "browser", 12.2],
  ["watch/src/index.ts", "browser", 9],
  ["logs/src/index.ts", "browser", 68.5],
  ["msw/src/fake.ts", "browser", 126],
  ["logs/src/node/index.ts", "node", 67.5],
  ["codegen/src/index.ts", "node", 28.5],
  ["cli/src/index.ts", "node", 50],
] as const)("%s in a %s bundle weighs at most %d kB", async (entry, platform, limit) => {
  const size = await sizeOf(`export * from "./${entry}";`, platform);
  expect(size).toBeLessThanOrEqual(limit);
  // A limit that nothing comes near to guards nothing.
  expect(size).toBeGreaterThan(limit * 0.8);
});

test("what a package takes in by an import is weighed", async () => {
  const alone = await sizeOf('export * from "./core/src/index.ts";', "browser");
  const more =
    'export * from "./core/src/index.ts"; export { explain } from "./logs/src/index.ts";';
  expect(await sizeOf(more, "browser")).toBeGreaterThan(alone + 10);
});
