import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const packages = join(import.meta.dirname, "../../packages");

interface Manifest {
  dependencies?: Record<string, string>;
  publishConfig: object;
}

/**
 * Builds one of our packages, and those of ours that it needs, as they are published: JavaScript, not sources with
 * types to strip. What others publish is linked. Removed when the process ends.
 *
 * @returns The package's folder.
 */
export function published(name: string): string {
  const root = mkdtempSync(join(tmpdir(), "workflow-runs-published-"));
  process.on("exit", () => rmSync(root, { recursive: true, force: true }));
  publish(name, join(root, "node_modules"), new Set());
  return join(root, "node_modules/@workflow-runs", name);
}

/** Builds a package of the workspace by its own script. */
export function buildPackage(folder: string): void {
  execFileSync("npm", ["run", "build", "--silent"], { cwd: folder, stdio: "inherit" });
}

function publish(name: string, modules: string, published: Set<string>): void {
  if (published.has(name)) return;
  published.add(name);
  const source = join(packages, name);
  const target = join(modules, "@workflow-runs", name);
  mkdirSync(target, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(source, "package.json"), "utf8")) as Manifest;
  const { publishConfig, dependencies = {} } = manifest;
  writeFileSync(join(target, "package.json"), JSON.stringify({ ...manifest, ...publishConfig }));
  buildPackage(source);
  cpSync(join(source, "dist"), join(target, "dist"), { recursive: true });
  for (const dependency of Object.keys(dependencies)) {
    const ours = /^@workflow-runs\/(?<short>.+)$/.exec(dependency)?.groups?.["short"];
    if (ours !== undefined) publish(ours, modules, published);
    else link(join(source, "node_modules", dependency), join(modules, dependency));
  }
}

function link(from: string, to: string): void {
  if (existsSync(to)) return;
  mkdirSync(dirname(to), { recursive: true });
  symlinkSync(realpathSync(from), to);
}
