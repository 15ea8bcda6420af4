import { build, type Plugin } from "esbuild";
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

function bundle(contents: string): Promise<{ outputFiles: { text: string }[] }> {
  return build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    logLevel: "silent",
    plugins: [noNode],
  });
}

it("the root entry bundles for a browser, with everything it loads, without Node", async () => {
  const { outputFiles } = await bundle('export * from "../src/index.ts"');
  expect(outputFiles[0]?.text).not.toMatch(/\brequire\(|from "node:/);
});

it("a Node import would be noticed", async () => {
  await expect(bundle('import "node:fs"; export * from "../src/index.ts"')).rejects.toThrow(
    /imports node:fs/,
  );
});

it("the bundle works where there is neither process nor Buffer", async () => {
  const { outputFiles } = await bundle(
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
