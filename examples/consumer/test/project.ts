import { cp, readdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Finished, run, succeed } from "./command.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const root = resolve(import.meta.dirname, "../../..");

/** Packs every package of the workspace, as `pnpm publish` would, and gives the paths of the tarballs. */
export async function packAll(): Promise<string[]> {
  const folder = await temporaryFolder("workflow-runs-packed-");
  await succeed(
    "pnpm",
    ["--recursive", "--filter", "./packages/*", "pack", "--pack-destination", folder],
    root,
  );
  return (await readdir(folder)).map((file) => join(folder, file));
}

/** An npm project outside the workspace with the tarballs and `dependencies` installed, and the program in it. */
export async function createProject(
  tarballs: readonly string[],
  dependencies: Readonly<Record<string, string>>,
): Promise<string> {
  const folder = await temporaryFolder("workflow-runs-consumer-");
  const manifest = { name: "consumer", private: true, type: "module", dependencies };
  await writeFile(join(folder, "package.json"), JSON.stringify(manifest));
  await succeed("npm", ["install", "--no-audit", "--no-fund", ...tarballs], folder);
  await cp(join(root, "examples/consumer/src"), join(folder, "src"), { recursive: true });
  return folder;
}

const options = "--module nodenext --target es2023 --types node".split(" ");

/** Runs the project's TypeScript 7 on one of its files. */
export function tsc(project: string, ...args: readonly string[]): Promise<Finished> {
  const compiler = join(project, "node_modules/typescript/bin/tsc");
  return run(process.execPath, [compiler, ...options, ...args], project);
}

/** The path of the example program in JavaScript, inside the project. */
export async function compileProgram(project: string): Promise<string> {
  const { status, output } = await tsc(project, "--outDir", "out", "src/program.ts");
  if (status !== 0) throw new Error(output);
  return "out/program.js";
}

/** What the program prints. */
export const printed = {
  failedRuns: 1,
  failedSteps: ["npm test"],
  attempt: 2,
  conclusion: "success",
};
