import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Description } from "../description.ts";
import { InputError, inFile } from "../errors.ts";
import { fragmentFile, minifiedFile, printTypesFile } from "../generated.ts";
import type { Json } from "../json.ts";
import { operationsFile } from "../operations-file.ts";
import { requestsFile } from "../requests-file.ts";
import { asDescription } from "../read-document.ts";
import type { Naming } from "../operations-table.ts";
import { type BaseTypes, type FragmentTypes, makeTypes } from "../types.ts";
import { sharedEntries } from "../shared-types.ts";
import { writeFileWhole } from "../write-file.ts";
import { type Fragment, isVersionOf } from "./fragments.ts";
import { withTypeExports } from "./package-exports.ts";
import { withTables } from "./readme.ts";
import { groupsOf, type Sources, type Target } from "./sources.ts";

/** What to write: the content of each file, undefined for one to delete. */
export type Files = Map<string, string | undefined>;

/** Every generated file. */
export async function generatedFiles(
  sources: Sources,
  fragments: readonly Fragment[],
): Promise<Files> {
  const { output, targets } = sources;
  const files: Files = new Map();
  for (const { name, description } of fragments) {
    files.set(join(output.fragments, `${name}.json`), fragmentFile(description));
  }
  const servers = fragmentsOfServers(sources, fragments);
  await addModules(files, sources, servers, { folder: output.types, naming: {} });
  for (const { name, group } of targets) {
    if (group === undefined) continue;
    const naming = { homeScope: sources.select.category ?? "" };
    // Its package has one version's types; the fragments of the others are for what is tested against them.
    const own = fragments.filter((fragment) => fragment.name === name);
    await addModules(files, sources, own, { folder: group.types, naming });
  }
  const [main] = servers;
  if (main !== undefined && output.minified !== undefined) {
    files.set(join(output.minified, `${main.name}.json`), minifiedFile(main.description));
  }
  if (main !== undefined && output.requests !== undefined) {
    const shown = new Set([main.target, ...groupsOf(targets)]);
    files.set(output.requests, requestsFile(fragments.filter(({ target }) => shown.has(target))));
  }
  if (output.packageJson !== undefined) {
    const text = await readText(output.packageJson);
    files.set(
      output.packageJson,
      withTypeExports(
        text,
        servers.map(({ name }) => name),
      ),
    );
  }
  if (output.readme !== undefined) {
    const { readme } = output;
    const text = await readText(readme);
    files.set(
      readme,
      inFile(readme, () => withTables(text, { fragments, targets })),
    );
  }
  return files;
}

/** The fragments that are no group's. */
function fragmentsOfServers({ targets }: Sources, fragments: readonly Fragment[]): Fragment[] {
  const groups = new Set(groupsOf(targets));
  return fragments.filter(({ target }) => !groups.has(target));
}

/** The types and tables of one folder. The first fragment is the main one: the others take from it, or from one another, what is the same. */
async function addModules(
  files: Files,
  { names }: Sources,
  fragments: readonly Fragment[],
  { folder, naming }: { folder: string; naming: Naming },
): Promise<void> {
  const [main] = fragments;
  if (main === undefined) return;
  const made: { name: string; types: FragmentTypes }[] = [];
  for (const { name, description } of fragments) {
    const from = `${name}.json`;
    const types = await makeTypes(description, from);
    const source = await printTypesFile(description, types, from, names, baseOf(types, made));
    files.set(join(folder, `${name}.gen.ts`), source);
    made.push({ name, types });
    const table = operationsFile(description, {
      from,
      types: `./${name}.gen.ts`,
      naming,
      ...(name !== main.name && {
        base: { fragment: main.description, module: "./operations.gen.ts" },
      }),
    });
    files.set(join(folder, operationsFileOf(name, main.name)), table);
  }
}

/** @throws {InputError} when there is no such file. */
async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new InputError(`${file}: cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** The main fragment's table is `operations.gen.ts`, another's `ghec.operations.gen.ts`. */
function operationsFileOf(name: string, main: string): string {
  return name === main ? "operations.gen.ts" : `${name}.operations.gen.ts`;
}

/** The earlier types that have the most in common with these; the first of equals. */
function baseOf(
  types: FragmentTypes,
  earlier: readonly { name: string; types: FragmentTypes }[],
): BaseTypes | undefined {
  let best: { base: BaseTypes; size: number } | undefined;
  for (const { name, types: other } of earlier) {
    const { size } = sharedEntries(types.entries, other.entries);
    if (size > (best?.size ?? 0)) {
      best = { base: { types: other, from: `./${name}.gen.ts` }, size };
    }
  }
  return best?.base;
}

/** The fragments that an earlier run wrote, by their name. */
export async function committedFragments({
  output,
  targets,
}: Sources): Promise<Map<string, Description>> {
  const fragments = new Map<string, Description>();
  const types = await readdir(output.types).catch(() => []);
  const files = await readdir(output.fragments).catch(() => []);
  const groups = groupsOf(targets);
  const names = [
    ...types.filter((file) => file.endsWith(".gen.ts")).map((file) => file.replace(".gen.ts", "")),
    ...files
      .map((file) => file.replace(/\.json$/, ""))
      .filter((file) => groups.some((name) => file === name || isVersionOf(name, file))),
  ];
  for (const fragment of names.sort()) {
    const text = await readFile(join(output.fragments, `${fragment}.json`), "utf8").catch(
      () => undefined,
    );
    // Of a file that is no description nothing can be said; it is written anew.
    const description = text === undefined ? undefined : parsed(text);
    if (description !== undefined) fragments.set(fragment, description);
  }
  return fragments;
}

function parsed(text: string): Description | undefined {
  try {
    return asDescription(JSON.parse(text) as Json, "fragment");
  } catch {
    return undefined;
  }
}

/** Marks the files of fragments that are no longer made for deletion. */
export function dropOld(files: Files, sources: Sources, before: Iterable<string>): void {
  const { fragments } = sources.output;
  for (const name of before) {
    if (files.has(join(fragments, `${name}.json`))) continue;
    files.set(join(fragments, `${name}.json`), undefined);
    for (const folder of typesFolders(sources)) {
      files.set(join(folder, `${name}.gen.ts`), undefined);
      files.set(join(folder, `${name}.operations.gen.ts`), undefined);
    }
  }
}

/** Where types are written: the servers', and each group's. */
function typesFolders({ output, targets }: Pick<Sources, "output" | "targets">): Set<string> {
  const groups = targets.flatMap(({ group }: Target) => group?.types ?? []);
  return new Set([output.types, ...groups]);
}

/** The files whose content on disk is another. Git on Windows may have checked them out with CRLF, which is no change. */
export async function staleFiles(files: Files): Promise<string[]> {
  const stale: string[] = [];
  for (const [file, content] of files) {
    const present = await readFile(file, "utf8").catch(() => undefined);
    if (withLf(present) !== withLf(content)) stale.push(file);
  }
  return stale;
}

function withLf(text: string | undefined): string | undefined {
  return text?.replaceAll("\r\n", "\n");
}

/**
 * Writes or deletes a file, and makes the folder it is in.
 *
 * @throws {InputError} when the location cannot be written.
 */
export async function writeOutput(file: string, content: string | undefined): Promise<void> {
  if (content === undefined) {
    await rm(file, { force: true });
    return;
  }
  try {
    await mkdir(dirname(file), { recursive: true });
  } catch (error) {
    throw new InputError(`${file}: its folder cannot be made: ${(error as Error).message}`, {
      cause: error,
    });
  }
  await writeFileWhole(file, content);
}
