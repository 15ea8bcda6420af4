import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import * as v from "valibot";
import type { Description } from "../description.ts";
import { InputError, inFile, ReviewError } from "../errors.ts";
import { abortSignal, callback, checked, flag, only, text, texts } from "../input-check.ts";
import { readOverlay } from "../overlay.ts";
import { readDocument, type DescriptionOptions } from "../read-document.ts";
import {
  type CachedPackage,
  newestVersion,
  packageFiles,
  type PinnedPackage,
} from "../registry/package-files.ts";
import { changesets } from "./changeset.ts";
import { newerServers, withBadExamples, withPin } from "./config-edit.ts";
import { badExamples } from "./examples.ts";
import type { Fragment } from "./fragments.ts";
import { refuseUnknownFragments, refuseUnknownSchemas } from "./names.ts";
import {
  committedFragments,
  dropOld,
  type Files,
  generatedFiles,
  staleFiles,
  writeOutput,
} from "./outputs.ts";
import { readTargets } from "./read-targets.ts";
import {
  changesOfFragments,
  type FragmentChange,
  type RegenerateReport,
  report,
} from "./report.ts";
import { groupsOf, readSources, type Sources } from "./sources.ts";
import { supportNotes } from "./support.ts";

/** How `regenerate` runs. */
export interface RegenerateOptions extends DescriptionOptions {
  /** The configuration. @default "openapi/sources.json" */
  config?: string | undefined;
  /** Write nothing; fail when a file is not what would be written. @default false */
  check?: boolean | undefined;
  /** Write a changeset for each package that something changes for. @default false */
  changeset?: boolean | undefined;
  /** Move the pinned package to its newest version first, and read the targets that are read on an update. @default false */
  update?: boolean | undefined;
  /** Operations (or whole fragments) that may go away. @default [] */
  acceptRemoval?: readonly string[] | undefined;
  /** Record the examples that do not fit their schema in the configuration's `badExamples`. @default false */
  acceptExamples?: boolean | undefined;
  /** The folder of downloaded packages. @default `workflow-runs-codegen` in `$XDG_CACHE_HOME` or `~/.cache` */
  cache?: string | undefined;
  /** Milliseconds since 1970, for what is said of support that ends. @default Date.now */
  now?: (() => number) | undefined;
}

const optionsSchema = only({
  config: v.optional(text),
  check: v.optional(flag),
  changeset: v.optional(flag),
  update: v.optional(flag),
  acceptRemoval: v.optional(texts),
  acceptExamples: v.optional(flag),
  cache: v.optional(text),
  now: v.optional(callback),
  fetch: v.optional(callback),
  stdin: v.optional(callback),
  signal: v.optional(abortSignal),
  onMessage: v.optional(callback),
});

/** What `regenerate` did. */
export interface Regenerated {
  /** What changed against the fragments that were there. */
  report: RegenerateReport;
  /** The files written or deleted, relative to the working directory. */
  written: string[];
  /** What a person should know: support that ends, newer servers, examples that do not fit, what a target lacks. */
  notes: string[];
}

/**
 * Makes every fragment, the types and the operations tables anew from the descriptions that the configuration names,
 * and reports what changed. Nothing is written before everything is made and found in order.
 *
 * @throws {InputError} when some input is wrong.
 * @throws {ReviewError} when a person must decide: a correction of the overlay is idle, an operation went away, or, with
 *   `check`, a file is stale.
 */
export async function regenerate(options: RegenerateOptions = {}): Promise<Regenerated> {
  checked("regenerate", options, optionsSchema);
  const configuration = await configured(options);
  const { sources } = configuration;
  if (options.changeset && Object.keys(sources.releases).length === 0) {
    throw new InputError(
      `${sources.file}: a changeset needs "releases", the packages it speaks of: { "my-package": ["*"] }`,
    );
  }
  const before = await committedFragments(sources);
  const { fragments, notes } = await makeFragments(sources, before, options);
  refuseUnknownSchemas(sources, fragments);
  refuseUnknownFragments(sources, [...before.keys(), ...fragments.map(({ name }) => name)]);
  const examples = exampleFindings(sources, fragments);
  if (options.acceptExamples) {
    configuration.text = withBadExamples(configuration.text, examples.fresh, examples.idle);
  } else notes.push(...exampleNotes(examples));
  options.onMessage?.("printing types");
  const files: Files = await generatedFiles(sources, fragments);
  files.set(sources.file, configuration.text);
  dropOld(files, sources, before.keys());
  const changes = changesOfFragments(before, fragments);
  if (options.check !== true) refuseRemovals(changes, options.acceptRemoval ?? []);
  if (options.changeset) await addChangesets(files, sources, changes);
  const stale = await staleFiles(files);
  const names = stale.map((file) => relative("", file));
  if (options.check && stale.length > 0) {
    throw new ReviewError(
      `not what the descriptions give: ${names.join(", ")}; run regenerate and commit what it writes`,
    );
  }
  for (const file of stale) await writeOutput(file, files.get(file));
  return { report: report(changes), written: names, notes };
}

/** The configuration, and its text as it will be written. */
interface Configuration {
  sources: Sources;
  text: string;
}

async function configured(options: RegenerateOptions): Promise<Configuration> {
  const config = options.config ?? "openapi/sources.json";
  const sources = readSources(await readDocument(config, options), config);
  const written = await readFile(config, "utf8");
  if (!options.update || sources.source === undefined) {
    if (options.update && !sources.targets.some(({ onUpdate }) => onUpdate)) {
      throw new InputError(`${config}: there is no source package to move`);
    }
    return { sources, text: written };
  }
  options.onMessage?.(`looking for the newest ${sources.source.package}`);
  const pin = await newestVersion(sources.source.package);
  const files = await openPackage({ ...sources, source: pin }, options);
  const moved = inFile(config, () => withPin(written, pin, files?.list ?? [], sources.targets));
  return { sources: readSources(JSON.parse(moved), config), text: moved };
}

async function makeFragments(
  sources: Sources,
  committed: ReadonlyMap<string, Description>,
  options: RegenerateOptions,
): Promise<{ fragments: Fragment[]; notes: string[] }> {
  const { overlay, defaultApiVersion, file, source, targets } = sources;
  const files = await openPackage(sources, options);
  const { fragments, notes } = await readTargets({
    sources,
    overlay:
      overlay === undefined
        ? undefined
        : readOverlay(await readDocument(overlay, options), overlay),
    files,
    committed,
    update: options.update ?? false,
    reading: options,
  });
  const versions = [...new Set(fragments.map(({ apiVersion }) => apiVersion))].sort();
  if (defaultApiVersion !== undefined && !versions.includes(defaultApiVersion)) {
    throw new InputError(
      `${file}: no target has the default API version ${defaultApiVersion}; there are ${versions.join(" and ")}`,
    );
  }
  const newer = newerServers(files?.list ?? [], targets);
  const has = `${source?.package} ${source?.version} has ${newer.join(", ")} too: add a target, or run with --update`;
  return {
    fragments,
    notes: [
      ...supportNotes(targets, (options.now ?? Date.now)()),
      ...(newer.length > 0 ? [has] : []),
      ...notes,
    ],
  };
}

async function openPackage(
  { source, targets, file }: Sources,
  options: RegenerateOptions,
): Promise<CachedPackage | undefined> {
  const wanted = targets.filter(({ isInPackage }) => isInPackage).map(({ spec }) => spec);
  if (source === undefined || wanted.length === 0) return undefined;
  if (source.integrity === undefined) {
    const { package: name, version } = source;
    throw new InputError(
      `${file}: source: integrity is missing: regenerate --update moves to the newest version and writes it; that of ${version} is what npm view ${name}@${version} dist.integrity prints`,
    );
  }
  return packageFiles(source as PinnedPackage, wanted, {
    ...(options.cache !== undefined && { cache: options.cache }),
    ...(options.onMessage && { onDownload: options.onMessage }),
  });
}

/** Examples that do not fit their schema and are not listed, and those that are listed for nothing. */
interface ExampleFindings {
  fresh: { [pointer: string]: string };
  idle: string[];
}

function exampleFindings(
  { badExamples: known }: Sources,
  fragments: readonly Fragment[],
): ExampleFindings {
  const found = new Map(
    fragments.flatMap(({ name, description }) =>
      inFile(name, () => badExamples(description)).map(({ pointer, problem }): [string, string] => [
        pointer,
        `${problem} (in ${name})`,
      ]),
    ),
  );
  return {
    fresh: Object.fromEntries([...found].filter(([pointer]) => !Object.hasOwn(known, pointer))),
    idle: Object.keys(known).filter((pointer) => !found.has(pointer)),
  };
}

function exampleNotes({ fresh, idle }: ExampleFindings): string[] {
  const notes = [
    ...Object.entries(fresh).map(
      ([pointer, problem]) => `an example does not fit its schema: ${pointer}: ${problem}`,
    ),
    ...idle.map((pointer) => `an example that badExamples lists fits now, or is gone: ${pointer}`),
  ];
  return notes.length === 0
    ? []
    : [...notes, "--accept-examples records that in the configuration's badExamples"];
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

async function addChangesets(
  files: Files,
  { releases, source, output, targets }: Sources,
  fragments: readonly FragmentChange[],
): Promise<void> {
  const from = source ? `${source.package} ${source.version}` : "the descriptions";
  const groups = groupsOf(targets);
  const taken = new Set(await readdir(output.changesets).catch(() => []));
  for (const { file, content } of changesets({
    releases,
    fragments,
    groups,
    source: from,
    taken,
  })) {
    files.set(join(output.changesets, file), content);
  }
}
