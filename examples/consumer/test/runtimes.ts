import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { succeed } from "./command.ts";

const cache = resolve(import.meta.dirname, "../../../.cache/runtimes");
const system = process.platform === "win32" ? "win" : process.platform;
const suffix = process.platform === "win32" ? ".exe" : "";

/**
 * A Node of the given major version, from the platform's own npm package (what npm's `node` installs by a
 * script); kept in `.cache/runtimes` between runs. The one that runs the tests is at hand already.
 */
export async function node(major: number): Promise<string> {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const name = `node-${system}-${process.arch}`;
  return fetchPackage(`node-${major}`, `${name}@${major}`, join(name, "bin", `node${suffix}`));
}

/** Bun, from its platform's npm package. */
export function bun(): Promise<string> {
  const arch = process.arch === "arm64" ? "aarch64" : process.arch;
  const name = `@oven/bun-${process.platform === "win32" ? "windows" : process.platform}-${arch}`;
  return fetchPackage("bun", `${name}@^1.4.5`, join(name, "bin", `bun${suffix}`));
}

/** Deno, from its platform's npm package. */
export function deno(): Promise<string> {
  const name = `@deno/${process.platform}-${process.arch}${process.platform === "linux" ? "-glibc" : ""}`;
  return fetchPackage("deno", `${name}@^2.9.6`, join(name, `deno${suffix}`));
}

async function fetchPackage(folder: string, spec: string, file: string): Promise<string> {
  const project = join(cache, folder);
  const binary = join(project, "node_modules", file);
  if (existsSync(binary)) return binary;
  await mkdir(project, { recursive: true });
  await writeFile(join(project, "package.json"), JSON.stringify({ private: true }));
  await succeed("npm", ["install", "--no-audit", "--no-fund", spec], project);
  return binary;
}
