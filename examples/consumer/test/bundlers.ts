import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { succeed } from "./command.ts";

/** A bundler in a project: the packages to install, and a program that bundles `PROGRAM` for a browser into `BUNDLE`. */
export interface Bundler {
  readonly packages: readonly string[];
  readonly build: string;
}

export const bundlers: Readonly<Record<string, Bundler>> = {
  esbuild: {
    packages: ["esbuild@^0.28.2"],
    build: `
      import { build } from "esbuild";
      await build({ entryPoints: [PROGRAM], bundle: true, format: "esm", platform: "browser", outfile: BUNDLE, minify: true });
    `,
  },
  Rollup: {
    packages: ["rollup@^4.53.0", "@rollup/plugin-node-resolve@^16.0.3"],
    build: `
      import resolve from "@rollup/plugin-node-resolve";
      import { rollup } from "rollup";
      const onwarn = ({ message }) => { throw new Error(message); };
      const bundle = await rollup({ input: PROGRAM, plugins: [resolve({ browser: true })], onwarn });
      await bundle.write({ file: BUNDLE, format: "es", inlineDynamicImports: true });
    `,
  },
  Vite: {
    packages: ["vite@^8.1.5"],
    build: `
      import { basename, dirname } from "node:path";
      import { build } from "vite";
      const lib = { entry: PROGRAM, formats: ["es"], fileName: () => basename(BUNDLE) };
      await build({ logLevel: "error", build: { lib, outDir: dirname(BUNDLE), emptyOutDir: false, minify: true } });
    `,
  },
  webpack: {
    packages: ["webpack@^5.109.0"],
    build: `
      import { basename, dirname } from "node:path";
      import { promisify } from "node:util";
      import webpack from "webpack";
      const stats = await promisify(webpack)({
        mode: "production",
        target: ["web", "es2023"],
        entry: PROGRAM,
        experiments: { outputModule: true },
        output: { path: dirname(BUNDLE), filename: basename(BUNDLE), module: true, library: { type: "module" } },
        performance: false,
      });
      const { errors, warnings } = stats.toJson();
      for (const { message } of [...errors, ...warnings]) throw new Error(message);
    `,
  },
};

/** Bundles the project's program for a browser with one of them, and gives the path of the bundle. */
export async function bundle(project: string, name: string, program: string): Promise<string> {
  const { packages, build } = bundlers[name]!;
  await install(project, packages);
  const file = join(project, `bundles/${name.toLowerCase()}.mjs`);
  const names = `const PROGRAM = ${JSON.stringify(join(project, program))}, BUNDLE = ${JSON.stringify(file)};\n`;
  const script = `build-with-${name.toLowerCase()}.mjs`;
  await writeFile(join(project, script), names + build);
  await succeed(process.execPath, [script], project);
  return file;
}

/** Adds tools to a project; what npm would run of them at installation is not run. */
export function install(project: string, packages: readonly string[]): Promise<string> {
  return succeed(
    "npm",
    ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...packages],
    project,
  );
}
