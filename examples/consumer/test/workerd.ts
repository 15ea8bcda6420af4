import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { install } from "./bundlers.ts";
import { succeed } from "./command.ts";

/** Runs the project's program inside workerd, the runtime of Cloudflare Workers, and gives what it printed. */
export async function runInWorkerd(project: string, program: string): Promise<string> {
  await install(project, ["esbuild@^0.28.2", "miniflare@^4.20260730.0"]);
  // workerd runs no timer outside of a request, so the program starts within one.
  await writeFile(
    join(project, "worker.mjs"),
    `export default { async fetch() {
       const lines = [];
       console.log = (line) => lines.push(line);
       await import("./${program}");
       return new Response(lines.join("\\n"));
     } };`,
  );
  await writeFile(
    join(project, "in-workerd.mjs"),
    `import { build } from "esbuild";
     import { Miniflare } from "miniflare";
     const { outputFiles: [bundle] } = await build({
       entryPoints: ["worker.mjs"], bundle: true, format: "esm", conditions: ["workerd", "worker", "browser"], write: false,
     });
     const worker = new Miniflare({ modules: true, script: bundle.text, compatibilityDate: "2026-07-01" });
     try { process.stdout.write(await (await worker.dispatchFetch("http://localhost/")).text()); }
     finally { await worker.dispose(); }`,
  );
  return succeed(process.execPath, ["in-workerd.mjs"], project);
}
