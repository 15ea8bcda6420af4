import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const packages = readdirSync(join(import.meta.dirname, "../../packages"));

/**
 * The packages whose users see a change that no changeset speaks of.
 *
 * @param changed Paths of all files that changed, from the repository's root.
 * @param changesets Texts of the changesets that are new or changed.
 */
export function missingChangesets(
  changed: readonly string[],
  changesets: readonly string[],
): string[] {
  const named = new Set(changesets.flatMap(packagesOf));
  const visible = changed.flatMap((path) => packageSeenIn(path) ?? []);
  return [...new Set(visible)].filter((name) => !named.has(name)).toSorted();
}

/** The package whose users see a change of this file: its API report, its manifest, or what it ships. */
function packageSeenIn(path: string): string | undefined {
  const [, report] = /^guards\/api\/([\w-]+)\.api\.md$/.exec(path) ?? [];
  const [, shipped] =
    /^packages\/([\w-]+)\/(?:src\/(?!.*\.test\.ts$)|package\.json$)/.exec(path) ?? [];
  // A report is named by its package, and by its entry point when it has several.
  const name = packages.find(
    (each) => each === (shipped ?? report) || report?.startsWith(`${each}-`),
  );
  return name && `@workflow-runs/${name}`;
}

const seenFields = [
  "type",
  "exports",
  "bin",
  "files",
  "sideEffects",
  "publishConfig",
  "engines",
  "dependencies",
  "optionalDependencies",
  "peerDependencies",
  "peerDependenciesMeta",
];

/** Whether users see a change of a package's manifest; a release's new version is none. */
export function isManifestSeen(before: string | undefined, after: string): boolean {
  const seen = (text: string): string => {
    const manifest = JSON.parse(text) as Record<string, unknown>;
    return JSON.stringify(seenFields.map((field) => manifest[field]));
  };
  return before === undefined || seen(before) !== seen(after);
}

function packagesOf(changeset: string): string[] {
  const front = /^---\r?\n(.*?)\r?\n---/s.exec(changeset)?.[1] ?? "";
  return Object.keys((parse(front) as object | null) ?? {});
}

/** The same for what differs in a repository since a commit. */
export function missingSince(folder: string, base: string): string[] {
  const git = (...args: readonly string[]) =>
    execFileSync("git", args, { cwd: folder, encoding: "utf8" });
  const start = git("merge-base", base, "HEAD").trim();
  const known = new Set(git("ls-tree", "-r", "--name-only", start).split("\n"));
  const changed = git("diff", "--name-only", start, "HEAD").split("\n").filter(Boolean);
  const changesets = changed.filter((path) => /^\.changeset\/(?!README).*\.md$/.test(path));
  const present = new Set(git("ls-tree", "-r", "--name-only", "HEAD").split("\n"));
  const isSeen = (path: string): boolean =>
    !path.endsWith("package.json") ||
    (present.has(path) &&
      isManifestSeen(
        known.has(path) ? git("show", `${start}:${path}`) : undefined,
        git("show", `HEAD:${path}`),
      ));
  return missingChangesets(
    changed.filter(isSeen),
    changesets.filter((path) => present.has(path)).map((path) => git("show", `HEAD:${path}`)),
  );
}

if (import.meta.main) {
  const missing = missingSince(process.cwd(), process.argv[2] ?? "origin/main");
  if (missing.length > 0) {
    console.error(
      `These packages change for their users, and no changeset says so: ${missing.join(", ")}.\n` +
        "Add one: npx -y pnpm@12 changeset",
    );
    process.exitCode = 1;
  }
}
