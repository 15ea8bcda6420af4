import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import type { Description } from "./description.ts";
import { ReviewError } from "./errors.ts";
import { type Fragment, fragmentsOf } from "./fragments.ts";
import { fragmentFile, minifiedFile, operationsFile, typesFile } from "./generated.ts";
import { readOverlay } from "./overlay.ts";
import { type CachedPackage, packageFiles } from "./package-files.ts";
import { asDescription, readDescription, readDocument, type Reading } from "./read-document.ts";
import { readSources, type Sources, type Target } from "./sources.ts";

/** How `regenerate` runs. */
export interface RegenerateOptions extends Reading {
  /** The configuration. Default: `openapi/sources.json`. */
  config?: string;
  /** Write nothing; fail when a file is not what would be written. Default: false. */
  check?: boolean;
  /** The folder of downloaded packages. Default: `workflow-runs-codegen` in `$XDG_CACHE_HOME` or `~/.cache`. */
  cache?: string;
  /** Called with a line for each longer step. */
  onProgress?: (message: string) => void;
}

/** What `regenerate` did. */
export interface Regenerated {
  /** The files written, relative to the working directory. */
  written: string[];
  fragments: Fragment[];
}

/**
 * Makes every fragment, the types and the operations table anew from the descriptions that the configuration names.
 * Nothing is written before everything is made.
 *
 * @throws {InputError} when something given is wrong. @throws {ReviewError} when a person must decide.
 */
export async function regenerate(options: RegenerateOptions = {}): Promise<Regenerated> {
  const config = options.config ?? "openapi/sources.json";
  const sources = readSources(await readDocument(config, options), config);
  const fragments = await makeFragments(sources, options);
  options.onProgress?.("printing types");
  const files = await filesOf(sources, fragments);
  const stale = await staleFiles(files);
  if (options.check && stale.length > 0) {
    throw new ReviewError(
      `${stale.map((file) => relative("", file)).join(", ")}: not what the description gives; run regenerate and commit`,
    );
  }
  for (const file of stale) await writeWhole(file, files.get(file)!);
  return { written: stale.map((file) => relative("", file)), fragments };
}

async function makeFragments(sources: Sources, options: RegenerateOptions): Promise<Fragment[]> {
  const overlay =
    sources.overlay && readOverlay(await readDocument(sources.overlay), sources.overlay);
  const fragments: Fragment[] = [];
  const files = await openPackage(sources, options);
  for (const target of sources.targets) {
    options.onProgress?.(`slicing ${target.name}`);
    const description = await open(target, files, sources, options);
    const made = fragmentsOf(description, {
      target: target.name,
      select: sources.select,
      ...(overlay && { overlay }),
      defaultApiVersion: sources.defaultApiVersion,
    });
    fragments.push(...made);
  }
  return fragments;
}

async function openPackage(
  { source, targets }: Sources,
  options: RegenerateOptions,
): Promise<CachedPackage | undefined> {
  const wanted = targets.filter(({ isInPackage }) => isInPackage).map(({ spec }) => spec);
  if (source === undefined || wanted.length === 0) return undefined;
  return packageFiles(source, wanted, {
    ...(options.cache !== undefined && { cache: options.cache }),
    ...(options.onProgress && { onDownload: options.onProgress }),
  });
}

async function open(
  { spec, isInPackage }: Target,
  files: CachedPackage | undefined,
  { source }: Sources,
  options: RegenerateOptions,
): Promise<Description> {
  if (!isInPackage) return readDescription(spec, options);
  const name = `${source!.package}@${source!.version}/${spec}`;
  return asDescription(JSON.parse(await files!.read(spec)), name);
}

/** Every file to write, with its content. */
async function filesOf(
  { output, names }: Sources,
  fragments: readonly Fragment[],
): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const [index, { name, description }] of fragments.entries()) {
    const file = `${name}.json`;
    files.set(join(output.fragments, file), fragmentFile(description));
    files.set(join(output.types, `${name}.gen.ts`), await typesFile(description, file, names));
    if (index > 0) continue;
    files.set(join(output.types, "operations.gen.ts"), operationsFile(description, file));
    if (output.minified !== undefined) {
      files.set(join(output.minified, file), minifiedFile(description));
    }
  }
  return files;
}

async function staleFiles(files: ReadonlyMap<string, string>): Promise<string[]> {
  const stale: string[] = [];
  for (const [file, content] of files) {
    const committed = await readFile(file, "utf8").catch(() => undefined);
    if (committed !== content) stale.push(file);
  }
  return stale;
}

/** A reader never sees half a file, and neither does the next run. */
async function writeWhole(file: string, content: string): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `.${basename(file)}.${process.pid}`);
  await writeFile(temporary, content);
  await rename(temporary, file);
}
