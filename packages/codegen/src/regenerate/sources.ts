import { dirname, resolve } from "node:path";
import * as v from "valibot";
import { InputError } from "../errors.ts";
import { checked, flag, only, text, textMap, textOr, texts } from "../input-check.ts";
import { isObject, type Json } from "../json.ts";
import type { PinnedPackage } from "../registry/package-files.ts";
import { type Selection, selectionSchema } from "../slice.ts";

/** What `regenerate` works from: the file `openapi/sources.json`, its paths made absolute. */
export interface Sources {
  /** The configuration file itself. */
  file: string;
  /** The npm package that holds the descriptions; none when every target names a file or URL. */
  source?: SourcePackage;
  /** The operations of every fragment, as far as its target has them. */
  select: Selection;
  /** The OpenAPI Overlay with our corrections. */
  overlay?: string;
  /** The API version whose fragment carries the target's bare name. @default each target's newest */
  defaultApiVersion?: string;
  /** The descriptions. The first is the main one. */
  targets: readonly Target[];
  /** Names for component schemas, exported next to the types: `{ "WorkflowRun": "workflow-run" }`. */
  names: { readonly [name: string]: string };
  /** Examples of the description that are known not to fit their schema, each with what is wrong. */
  badExamples: { readonly [pointer: string]: string };
  output: Outputs;
  /** The packages a changeset speaks of, each with the fragments it shows to its users; `*` is every fragment but the groups'. */
  releases: { readonly [packageName: string]: readonly string[] };
}

/** The npm package of the descriptions; `--update` writes an integrity that is missing. */
export type SourcePackage = Omit<PinnedPackage, "integrity"> & {
  integrity?: string | undefined;
};

/** A description to make a fragment from. */
export interface Target {
  name: string;
  /** A path in the package of `source`, an absolute file name, or a URL. */
  spec: string;
  isInPackage: boolean;
  /** Operations of this target alone, beside those of all. */
  select: Selection;
  /** The last day on which GitHub supports the product, e.g. `2026-12-09`. */
  supportedUntil: string | undefined;
  /** Read with `--update` only; else the fragment stays as it was committed. */
  onUpdate: boolean;
  /** Operations for one package, beside those of `select`; undefined for a server. */
  group: Group | undefined;
}

/** Operations that only one package needs: only its own selection, and names with the scope in front. */
export interface Group {
  /** The folder of its types and its operations table. */
  types: string;
}

/** The names of the targets that are groups. */
export function groupsOf(targets: readonly Target[]): string[] {
  return targets.flatMap(({ name, group }) => (group === undefined ? [] : name));
}

/** The folders `regenerate` writes to. */
export interface Outputs {
  /** The fragments, indented for review. */
  fragments: string;
  /** The types (`<fragment>.gen.ts`) and the operations tables (`operations.gen.ts`). */
  types: string;
  /** The fragment of the main target without white space, for a package to ship. @default not written */
  minified?: string;
  /** The package.json whose `exports` list the types of each fragment. @default left alone */
  packageJson?: string;
  /** The module with what a request of the main target and of each group may have. @default not written */
  requests?: string;
  /** The Markdown file with the tables of operations and targets between their marks. @default left alone */
  readme?: string;
  /** Where changesets are kept. @default `.changeset` next to the configuration's folder */
  changesets: string;
}

const date = v.pipe(text, v.isoDate("a date like 2026-12-09"));

const schema = only({
  $schema: v.optional(text),
  source: v.optional(only({ package: text, version: text, integrity: v.optional(text) })),
  select: selectionSchema,
  overlay: v.optional(text),
  defaultApiVersion: v.optional(text),
  targets: v.record(
    v.string(),
    textOr(
      only({
        description: text,
        select: v.optional(selectionSchema),
        supportedUntil: v.optional(date),
        onUpdate: v.optional(flag),
        group: v.optional(only({ types: text })),
      }),
    ),
    "an object",
  ),
  names: v.optional(textMap),
  badExamples: v.optional(textMap),
  output: only({
    fragments: text,
    types: text,
    minified: v.optional(text),
    packageJson: v.optional(text),
    requests: v.optional(text),
    readme: v.optional(text),
    changesets: v.optional(text),
  }),
  releases: v.optional(v.record(v.string(), texts, "an object")),
});

/** The configuration that a parsed `sources.json` holds. @throws {InputError} naming the field that is wrong. */
export function readSources(document: Json, file: string): Sources {
  if (!isObject(document)) throw new InputError(`${file}: not an object`);
  const { $schema: _, ...settings } = checked(file, document, schema, "field");
  const { source, overlay, output, names = {}, badExamples = {}, releases = {} } = settings;
  const at = (path: string) => (/^https?:\/\//.test(path) ? path : resolve(dirname(file), path));
  const targets = Object.entries(settings.targets).map(([name, target]): Target => {
    const { description, select, supportedUntil, onUpdate, group } =
      typeof target === "string" ? { description: target } : target;
    const isInPackage = source !== undefined && !/^(\.{0,2}\/|https?:)/.test(description);
    return {
      name,
      spec: isInPackage ? description : at(description),
      isInPackage,
      select: select ?? {},
      supportedUntil,
      onUpdate: onUpdate ?? false,
      group: group && { types: at(group.types) },
    };
  });
  if (targets.length === 0) throw new InputError(`${file}: targets is empty`);
  for (const { name } of targets) checkName(file, name);
  if (targets[0]!.onUpdate) {
    throw new InputError(
      `${file}: targets: ${targets[0]!.name} is the main target, from which the operations table is made; onUpdate is for the others`,
    );
  }
  if (targets[0]!.group !== undefined) {
    throw new InputError(`${file}: targets: ${targets[0]!.name} is the main target, not a group`);
  }
  const { minified, packageJson, requests, readme, changesets } = output;
  return {
    file,
    ...(source && { source }),
    select: settings.select,
    ...(overlay !== undefined && { overlay: at(overlay) }),
    ...(settings.defaultApiVersion !== undefined && {
      defaultApiVersion: settings.defaultApiVersion,
    }),
    targets,
    names,
    badExamples,
    output: {
      fragments: at(output.fragments),
      types: at(output.types),
      ...(minified !== undefined && { minified: at(minified) }),
      ...(packageJson !== undefined && { packageJson: at(packageJson) }),
      ...(requests !== undefined && { requests: at(requests) }),
      ...(readme !== undefined && { readme: at(readme) }),
      changesets: at(changesets ?? "../.changeset"),
    },
    releases,
  };
}

/** A target's name is that of its files, which stay in their folder and are no table's. */
function checkName(file: string, name: string): void {
  if (!/^\w[\w.-]*$/.test(name)) {
    throw new InputError(
      `${file}: targets: ${JSON.stringify(name)} is no name for a file: letters, digits, "_", "." and "-" can be in it`,
    );
  }
  if (/(?:^|\.)operations$/.test(name)) {
    throw new InputError(
      `${file}: targets: ${name} is taken: ${name}.gen.ts is an operations table; give the target another name`,
    );
  }
}
