import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { installedFolder } from "./installed-folder.ts";
import { buildPackage } from "./published.ts";

interface Manifest {
  name: string;
  version: string;
  dependencies?: Record<string, string>;
}

/** Bytes and packages that installing a package brings: itself and all it depends on, once each. */
export function installedSize(name: string): { bytes: number; packages: number } {
  const seen = new Map<string, number>();
  const visit = (wanted: string, from: string): void => {
    const folder = installedFolder(wanted, from);
    if (folder === undefined) throw new Error(`${wanted} is not installed for ${from}`);
    if (seen.has(folder)) return;
    seen.set(folder, sizeOf(folder));
    const { dependencies = {} } = manifestOf(folder);
    for (const dependency of Object.keys(dependencies)) visit(dependency, folder);
  };
  visit(name, import.meta.dirname);
  return { bytes: [...seen.values()].reduce((sum, size) => sum + size, 0), packages: seen.size };
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

function sizeOf(folder: string): number {
  // A package of the workspace is what `npm pack` would publish of it, once it is built.
  if (!folder.includes("node_modules")) {
    buildPackage(folder);
    const [packed] = JSON.parse(
      execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
        cwd: folder,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      }),
    ) as { unpackedSize: number }[];
    return packed?.unpackedSize ?? Number.NaN;
  }
  return readdirSync(folder, { recursive: true, withFileTypes: true, encoding: "utf8" })
    .filter(
      (entry) => entry.isFile() && !entry.parentPath.slice(folder.length).includes("node_modules"),
    )
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
