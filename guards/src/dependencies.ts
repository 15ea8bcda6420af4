import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { installedFolder } from "../../bench/src/installed-folder.ts";

/** A package that somebody installs with one of ours. */
export interface Dependency {
  readonly name: string;
  readonly version: string;
  /** As its manifest says it, an SPDX expression. */
  readonly license: string | undefined;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const packages = join(import.meta.dirname, "../../packages");

/** What the published packages depend on at run time, directly or not, each version once; ours are not among them. */
export function productionDependencies(): Dependency[] {
  const found = new Map<string, Dependency>();
  const visit = (folder: string): void => {
    const { dependencies, optionalDependencies } = manifestOf(folder);
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const installed = installedFolder(name, folder);
      if (installed === undefined || found.has(installed)) continue;
      if (!name.startsWith("@workflow-runs/")) {
        const { version, license } = manifestOf(installed);
        found.set(installed, { name, version, license });
      }
      visit(installed);
    }
  };
  for (const name of readdirSync(packages)) visit(join(packages, name));
  return [...found.values()].toSorted((a, b) => a.name.localeCompare(b.name));
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}
