import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Description } from "../description.ts";
import { InputError, inFile } from "../errors.ts";
import { fragmentFile, minifiedFile, printTypesFile } from "../generated.ts";
import type { Json } from "../json.ts";
import { operationsFile } from "../operations-file.ts";
import { asDescription } from "../read-document.ts";
import { type BaseTypes, type FragmentTypes, makeTypes } from "../types.ts";
import { sharedEntries } from "../shared-types.ts";
import { writeFileWhole } from "../write-file.ts";
import type { Fragment } from "./fragments.ts";
import { withTypeExports } from "./package-exports.ts";
import { withTables } from "./readme.ts";
import type { Sources } from "./sources.ts";

/** What to write: the content of each file, undefined for one to delete. */
export type Files = Map<string, string | undefined>;

/** Every generated file. The first fragment is the main one: the others take from it, or from one another, what is the same. */
export async function generatedFiles(
  { output, names, targets }: Sources,
  fragments: readonly Fragment[],
): Promise<Files> {
  const files: Files = new Map();
  const made: { name: string; types: FragmentTypes }[] = [];
  for (const { name, description } of fragments) {
    const types = await makeTypes(description);
    const file = `${name}.json`;
    const source = await printTypesFile(description, types, file, names, baseOf(types, made));
    files.set(join(output.fragments, file), fragmentFile(description));
    files.set(join(output.types, `${name}.gen.ts`), source);
    made.push({ name, types });
  }
  const [main] = fragments;
  if (main !== undefined) {
    const file = `${main.name}.json`;
    for (const { name, description } of fragments) {
      const source = operationsFile(description, {
        from: `${name}.json`,
        types: `./${name}.gen.ts`,
        ...(name !== main.name && {
          base: { fragment: main.description, module: "./operations.gen.ts" },
        }),
      });
      files.set(join(output.types, operationsFileOf(name, main.name)), source);
    }
    if (output.minified !== undefined) {
      files.set(join(output.minified, file), minifiedFile(main.description));
    }
  }
  if (output.packageJson !== undefined) {
    const text = await readText(output.packageJson);
    files.set(
      output.packageJson,
      withTypeExports(
        text,
        fragments.map(({ name }) => name),
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
export async function committedFragments({ output }: Sources): Promise<Map<string, Description>> {
  const fragments = new Map<string, Description>();
  const names = await readdir(output.types).catch(() => []);
  for (const name of names.filter((file) => file.endsWith(".gen.ts")).sort()) {
    const fragment = name.slice(0, -".gen.ts".length);
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
export function dropOld(files: Files, { output }: Sources, before: Iterable<string>): void {
  for (const name of before) {
    for (const file of [
      join(output.fragments, `${name}.json`),
      join(output.types, `${name}.gen.ts`),
      join(output.types, `${name}.operations.gen.ts`),
    ]) {
      if (!files.has(file)) files.set(file, undefined);
    }
  }
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
