import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import type { Description } from "../description.ts";
import { InputError, inFile, ReviewError } from "../errors.ts";
import { checkOptions, type OptionKinds } from "../option-check.ts";
import { type Overlay, readOverlay } from "../overlay.ts";
import { asDescription, readDescription, readDocument, type Reading } from "../read-document.ts";
import { type CachedPackage, newestVersion, packageFiles } from "../registry/package-files.ts";
import { changesets } from "./changeset.ts";
import { badExamples } from "./examples.ts";
import { type Fragment, fragmentsOf } from "./fragments.ts";
import { refuseUnknownFragments, refuseUnknownSchemas } from "./names.ts";
import {
  committedFragments,
  dropOld,
  type Files,
  generatedFiles,
  staleFiles,
  writeOutput,
} from "./outputs.ts";
import { withPin } from "./pin.ts";
import {
  changesOfFragments,
  type FragmentChange,
  type RegenerateReport,
  report,
} from "./report.ts";
import { readSources, type Sources, type Target } from "./sources.ts";

/** How `regenerate` runs. */
export interface RegenerateOptions extends Reading {
  /** The configuration. Default: `openapi/sources.json`. */
  config?: string;
  /** Write nothing; fail when a file is not what would be written. Default: false. */
  check?: boolean;
  /** Write a changeset for each package that something changes for. Default: false. */
  changeset?: boolean;
  /** Move the pinned package to its newest version first. Default: false. */
  update?: boolean;
  /** Operations (or whole fragments) that may go away. Default: none. */
  acceptRemoval?: readonly string[];
  /** The folder of downloaded packages. Default: `workflow-runs-codegen` in `$XDG_CACHE_HOME` or `~/.cache`. */
  cache?: string;
}

const optionKinds: OptionKinds<RegenerateOptions> = {
  config: "a text",
  check: "true or false",
  changeset: "true or false",
  update: "true or false",
  acceptRemoval: "a list of texts",
  cache: "a text",
  fetch: "a function",
  stdin: "a function",
  signal: "an AbortSignal",
  onProgress: "a function",
};

/** What `regenerate` did. */
export interface Regenerated {
  /** What changed against the fragments that were there. */
  report: RegenerateReport;
  /** The files written or deleted, relative to the working directory. */
  written: string[];
}

/**
 * Makes every fragment, the types and the operations table anew from the descriptions that the configuration names,
 * and tells what changed. Nothing is written before everything is made and found in order.
 *
 * @throws {InputError} when something given is wrong.
 * @throws {ReviewError} when a person must decide: a correction of the overlay is idle, an example does not fit its
 *   schema, an operation went away, or, with `check`, a file is stale.
 */
export async function regenerate(options: RegenerateOptions = {}): Promise<Regenerated> {
  checkOptions("regenerate", options, optionKinds);
  const { sources, files: configuration } = await configured(options);
  if (options.changeset && Object.keys(sources.releases).length === 0) {
    throw new InputError(
      `${sources.file}: a changeset needs \`releases\`, the packages it speaks of: { "my-package": ["*"] }`,
    );
  }
  const fragments = await makeFragments(sources, options);
  const before = await committedFragments(sources);
  refuseUnknownSchemas(sources, fragments);
  refuseUnknownFragments(sources, [...before.keys(), ...fragments.map(({ name }) => name)]);
  refuseBadExamples(sources, fragments);
  options.onProgress?.("printing types");
  const files = new Map([...configuration, ...(await generatedFiles(sources, fragments))]);
  dropOld(files, sources, before.keys());
  const changes = changesOfFragments(before, fragments);
  if (options.check !== true) refuseRemovals(changes, options.acceptRemoval ?? []);
  if (options.changeset) addChangesets(files, sources, changes);
  const stale = await staleFiles(files);
  const names = stale.map((file) => relative("", file));
  if (options.check && stale.length > 0) {
    throw new ReviewError(
      `not what the descriptions give: ${names.join(", ")}; run regenerate and commit what it writes`,
    );
  }
  for (const file of stale) await writeOutput(file, files.get(file));
  return { report: report(changes), written: names };
}

/** The configuration, and the file it is in when its pin has moved. */
async function configured(options: RegenerateOptions): Promise<{ sources: Sources; files: Files }> {
  const config = options.config ?? "openapi/sources.json";
  const sources = readSources(await readDocument(config, options), config);
  if (!options.update) return { sources, files: new Map() };
  if (sources.source === undefined) {
    throw new InputError(`${config}: there is no source package to move`);
  }
  options.onProgress?.(`looking for the newest ${sources.source.package}`);
  const pin = await newestVersion(sources.source.package);
  const moved = { ...sources, source: pin };
  const files = await openPackage(moved, options);
  const text = withPin(await readFile(config, "utf8"), pin, files?.list ?? []);
  return { sources: readSources(JSON.parse(text), config), files: new Map([[config, text]]) };
}

async function makeFragments(sources: Sources, options: RegenerateOptions): Promise<Fragment[]> {
  const overlay =
    sources.overlay && readOverlay(await readDocument(sources.overlay, options), sources.overlay);
  const files = await openPackage(sources, options);
  const fragments: Fragment[] = [];
  for (const target of sources.targets) {
    options.onProgress?.(`slicing ${target.name}`);
    fragments.push(
      ...(await targetFragments(target, files, sources, overlay || undefined, options)),
    );
  }
  const { defaultApiVersion, file } = sources;
  if (!fragments.some(({ apiVersion }) => apiVersion === defaultApiVersion)) {
    const known = [...new Set(fragments.map(({ apiVersion }) => apiVersion))].sort();
    throw new InputError(
      `${file}: no target has the default API version ${defaultApiVersion}; there are ${known.join(" and ")}`,
    );
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

/** A function of its own, so that a description of 13 MB is gone before the next one is read. */
async function targetFragments(
  { name, spec, isInPackage }: Target,
  files: CachedPackage | undefined,
  { source, select, defaultApiVersion }: Sources,
  overlay: Overlay | undefined,
  options: RegenerateOptions,
): Promise<Fragment[]> {
  const file = isInPackage ? `${source!.package}@${source!.version}/${spec}` : spec;
  if (isInPackage && !files!.list.includes(spec)) {
    throw new InputError(
      `${file}: the package has no such file; correct the path of the target ${name}, or take it out of the targets`,
    );
  }
  const description: Description = isInPackage
    ? asDescription(JSON.parse(await files!.read(spec)), file)
    : await readDescription(spec, options);
  return inFile(file, () => [
    ...fragmentsOf(description, {
      target: name,
      select,
      ...(overlay && { overlay }),
      defaultApiVersion,
    }),
  ]);
}

function refuseBadExamples(
  { badExamples: known, file }: Sources,
  fragments: readonly Fragment[],
): void {
  const found = new Map(
    fragments.flatMap(({ name, description }) =>
      inFile(name, () => badExamples(description)).map(({ pointer, problem }) => [
        pointer,
        { name, problem },
      ]),
    ),
  );
  const fresh = [...found].filter(([pointer]) => !Object.hasOwn(known, pointer));
  if (fresh.length > 0) {
    const list = fresh.map(([pointer, { name, problem }]) => [pointer, `${problem} (in ${name})`]);
    throw new ReviewError(
      `an example does not fit its schema; correct the schema in the overlay, or give badExamples of ${file} also ${JSON.stringify(Object.fromEntries(list))}`,
    );
  }
  const idle = Object.keys(known).filter((pointer) => !found.has(pointer));
  if (idle.length > 0) {
    throw new ReviewError(
      `an example listed in badExamples of ${file} now fits its schema or is gone: ${idle.join(", ")}; delete it from the list`,
    );
  }
}

function refuseRemovals(changes: readonly FragmentChange[], accepted: readonly string[]): void {
  const removed = new Set(changes.flatMap(({ removedOperations }) => removedOperations));
  const unknown = accepted.filter((name) => !removed.has(name));
  if (unknown.length > 0) {
    throw new InputError(`--accept-removal ${unknown.join(", ")}: is not going away`);
  }
  const open = [...removed].filter((name) => !accepted.includes(name)).sort();
  if (open.length > 0) {
    const where = changes.filter(({ removedOperations }) => removedOperations.length > 0);
    throw new ReviewError(
      `${open.join(", ")} would go away (in ${where.map(({ name }) => name).join(", ")}); nothing was written. When that is meant, run again with ${open.map((name) => `--accept-removal ${name}`).join(" ")}`,
    );
  }
}

function addChangesets(files: Files, sources: Sources, fragments: readonly FragmentChange[]): void {
  const { releases, source, output } = sources;
  const from = source ? `${source.package} ${source.version}` : "the descriptions";
  for (const { file, content } of changesets({ releases, fragments, source: from })) {
    files.set(join(output.changesets, file), content);
  }
}
