import { gzipSync } from "node:zlib";
import { build, type BuildOptions, type OutputFile, type Plugin } from "esbuild";
import { expect, test } from "vitest";

const noNode: Plugin = {
  name: "no-node",
  setup(build) {
    build.onResolve(
      {
        filter:
          /^(node:|(fs|path|crypto|stream|http|https|net|tls|zlib|os|util|events|buffer|url)$)/,
      },
      ({ path, importer }) => ({
        errors: [{ text: `${importer} imports ${path}` }],
      }),
    );
  },
};

async function bundle(contents: string, options: BuildOptions = {}): Promise<OutputFile[]> {
  const { outputFiles = [] } = await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    logLevel: "silent",
    plugins: [noNode],
    ...options,
  });
  return outputFiles;
}

test("weighs less than 18.8 kB in one file, cache, auth and raw calls included", async () => {
  const entry = 'export { createClient } from "@workflow-runs/core"';
  const [file, ...more] = await bundle(entry, { minify: true, splitting: true, outdir: "out" });
  expect(more).toEqual([]);
  expect(file?.text).not.toMatch(/import\(/);
  expect(gzipSync(file?.contents ?? "", { level: 9 }).length).toBeLessThan(18_800);
});

test.each(["@workflow-runs/core", "../src/index.ts"])(
  "%s bundles for a browser, with everything it loads, without Node",
  async (entry) => {
    const outputFiles = await bundle(`export * from ${JSON.stringify(entry)}`);
    expect(outputFiles[0]?.text).not.toMatch(/\brequire\(|from "node:/);
  },
);

test("a Node import is found", async () => {
  await expect(bundle('import "node:fs"; export * from "../src/index.ts"')).rejects.toThrow(
    /imports node:fs/,
  );
});

test("the bundle works where there is neither process nor Buffer", async () => {
  const outputFiles = await bundle(
    'import { createClient } from "../src/index.ts"; globalThis.run = createClient({ fetch: globalThis.ownFetch, cache: true, auth: "t" }).getWorkflowRun({ owner: "o", repo: "r", run_id: 1 });',
  );
  const { runInNewContext } = await import("node:vm");
  const web = {
    Response,
    Request,
    Headers,
    URL,
    URLSearchParams,
    AbortController,
    AbortSignal,
    TextDecoder,
    TextEncoder,
    crypto,
    performance,
    setTimeout,
    clearTimeout,
  };
  const context: Record<string, unknown> = {
    ...web,
    ownFetch: () => Promise.resolve(Response.json({ id: 1 }, { headers: { etag: "1" } })),
  };
  context["globalThis"] = context;
  runInNewContext(outputFiles[0]?.text ?? "", context);
  expect(await context["run"]).toEqual({ id: 1 });
});
