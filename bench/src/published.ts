import { execFileSync } from "node:child_process";
import {
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
const tsc = join(import.meta.dirname, "../../node_modules/.bin/tsc");

interface Manifest {
  dependencies?: Record<string, string>;
  publishConfig: object;
}

/**
 * Emits one of our packages, and those of ours that it needs, as they are published: JavaScript, not sources with
 * types to strip. What others publish is linked. Removed when the process ends.
 *
 * @returns The package's folder.
 */
export function published(name: string): string {
  const root = mkdtempSync(join(tmpdir(), "workflow-runs-published-"));
  process.on("exit", () => rmSync(root, { recursive: true, force: true }));
  emit(name, join(root, "node_modules"), new Set());
  return join(root, "node_modules/@workflow-runs", name);
}

function emit(name: string, modules: string, emitted: Set<string>): void {
  if (emitted.has(name)) return;
  emitted.add(name);
  const source = join(packages, name);
  const target = join(modules, "@workflow-runs", name);
  mkdirSync(target, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(source, "package.json"), "utf8")) as Manifest;
  const { publishConfig, dependencies = {} } = manifest;
  writeFileSync(join(target, "package.json"), JSON.stringify({ ...manifest, ...publishConfig }));
  execFileSync(tsc, ["-p", join(source, "tsconfig.build.json"), "--outDir", join(target, "dist")]);
  for (const dependency of Object.keys(dependencies)) {
    const ours = /^@workflow-runs\/(?<short>.+)$/.exec(dependency)?.groups?.["short"];
    if (ours !== undefined) emit(ours, modules, emitted);
    else link(join(source, "node_modules", dependency), join(modules, dependency));
  }
}

function link(from: string, to: string): void {
  if (existsSync(to)) return;
  mkdirSync(dirname(to), { recursive: true });
  symlinkSync(realpathSync(from), to);
}
