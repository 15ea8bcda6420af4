import { gzipSync } from "node:zlib";
import { build, type BuildOptions, type OutputFile, type Plugin } from "esbuild";
import { expect, it } from "vitest";

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

const minified: BuildOptions = { minify: true, splitting: true, outdir: "out" };

it("weighs less than 7 kB with retry and rate limits, what is used on demand apart", async () => {
  const entry = 'export { createClient } from "@workflow-runs/core"';
  const outputFiles = await bundle(entry, minified);
  const first = outputFiles.find(({ path }) => path.endsWith("stdin.js"));
  expect(first?.text).toMatch(/import\("\.\/on-demand/);
  // Nothing beside it is loaded at once.
  expect(first?.text).not.toMatch(/^import|;import"|from"\./);
  expect(gzipSync(first?.contents ?? "", { level: 9 }).length).toBeLessThan(7000);
});

it.each([
  ["browsers", "browser", false],
  ["Workers, whose conditions hold the browsers' too", "workerd", true],
  ["edge functions", "edge-light", true],
  ["other Workers", "worker", true],
])("%s get the build for what they can do", async (_, condition, seesRedirects) => {
  const outputFiles = await bundle('export * from "@workflow-runs/core"', {
    platform: "neutral",
    conditions: [condition, "browser"],
  });
  expect(outputFiles[0]?.text.includes("refused the download")).toBe(seesRedirects);
});

it.each(["@workflow-runs/core", "../src/index.ts"])(
  "%s bundles for a browser, with everything it loads, without Node",
  async (entry) => {
    const outputFiles = await bundle(`export * from ${JSON.stringify(entry)}`);
    expect(outputFiles[0]?.text).not.toMatch(/\brequire\(|from "node:/);
  },
);

it("a Node import would be noticed", async () => {
  await expect(bundle('import "node:fs"; export * from "../src/index.ts"')).rejects.toThrow(
    /imports node:fs/,
  );
});

it("the bundle works where there is neither process nor Buffer", async () => {
  const outputFiles = await bundle(
    'import { createClient } from "../src/index.ts"; globalThis.answer = createClient({ fetch: globalThis.ownFetch, cache: true, auth: "t" }).getWorkflowRun({ owner: "o", repo: "r", run_id: 1 });',
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
  expect(await context["answer"]).toEqual({ id: 1 });
});
