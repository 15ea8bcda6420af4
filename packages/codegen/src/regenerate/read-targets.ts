import type { Description } from "../description.ts";
import { InputError, inFile } from "../errors.ts";
import type { Json } from "../json.ts";
import type { Overlay } from "../overlay.ts";
import {
  asDescription,
  readDescription,
  sourceName,
  type DescriptionOptions,
} from "../read-document.ts";
import type { CachedPackage } from "../registry/package-files.ts";
import { availableOf, type Missing, type Selection, sentenceOf } from "../slice.ts";
import { type Fragment, fragmentsOf, isVersionOf } from "./fragments.ts";
import type { Sources, Target } from "./sources.ts";

/** What the fragments of every target are made from. */
export interface TargetInput {
  sources: Sources;
  overlay: Overlay | undefined;
  /** The files of the source package. */
  files: CachedPackage | undefined;
  /** The fragments that an earlier run wrote. */
  committed: ReadonlyMap<string, Description>;
  /** Whether targets that are read on an update are read. */
  update: boolean;
  reading: DescriptionOptions;
}

/** The fragments of every target, and what a person should know of how they came about. */
export async function readTargets(
  input: TargetInput,
): Promise<{ fragments: Fragment[]; notes: string[] }> {
  const fragments: Fragment[] = [];
  const notes: string[] = [];
  const missing: MissingIn[] = [];
  for (const target of input.sources.targets) {
    const made = await readTarget(target, input);
    fragments.push(...made.fragments);
    notes.push(...made.notes);
    if (made.missing !== undefined) missing.push({ target, names: made.missing });
  }
  notes.push(...missingNotes(input.sources, missing));
  const { targets, file } = input.sources;
  const main = targets[0]!.name;
  const twice = fragments.find((one, at) => fragments.findIndex((x) => x.name === one.name) < at);
  if (twice !== undefined) {
    throw new InputError(
      `${file}: targets: two of them give a fragment ${twice.name}; give ${twice.target} another name`,
    );
  }
  if (!fragments.some(({ target }) => target === main)) {
    throw new InputError(`${file}: the main target ${main} has nothing of what is selected`);
  }
  return { fragments, notes };
}

/** What a target lacks of what is selected for it. */
interface MissingIn {
  target: Target;
  names: readonly Missing[];
}

interface TargetFragments {
  fragments: Fragment[];
  notes: string[];
  /** Undefined for a target that was not read. */
  missing?: Missing[];
}

/** A function of its own, so that a description of 13 MB is gone before the next one is read. */
async function readTarget(target: Target, input: TargetInput): Promise<TargetFragments> {
  const { name, spec, onUpdate } = target;
  if (onUpdate && !input.update) {
    const fragments = committedOf(target, input.committed);
    const isNew = fragments.length === 0;
    return {
      fragments,
      notes: isNew ? [`${name} is not made yet: --update reads ${sourceName(spec)}`] : [],
    };
  }
  input.reading.onMessage?.(`slicing ${name}`);
  let description: Description;
  try {
    description = await describe(target, input);
  } catch (error) {
    if (!onUpdate || !(error instanceof InputError)) throw error;
    const fragments = committedOf(target, input.committed);
    const result = fragments.length === 0 ? "is left out" : "stays as it was committed";
    return { fragments, notes: [`${name} ${result}: ${error.message}`] };
  }
  return { ...fragmentsOfTarget(target, description, input), notes: [] };
}

/** The fragments that an earlier run wrote for a target. */
function committedOf({ name }: Target, committed: ReadonlyMap<string, Description>): Fragment[] {
  return [...committed]
    .filter(([fragment]) => fragment === name || isVersionOf(name, fragment))
    .map(([fragment, description]) => {
      const apiVersion = description.info["x-github-api-version"] as string;
      return { name: fragment, target: name, apiVersion, description };
    });
}

async function describe(
  { name, spec, isInPackage }: Target,
  { sources: { source }, files, reading }: TargetInput,
): Promise<Description> {
  if (!isInPackage) return readDescription(spec, reading);
  const file = `${source!.package}@${source!.version}/${spec}`;
  if (!files!.list.includes(spec)) {
    throw new InputError(
      `${file}: the package has no such file; correct the path of the target ${name}, or take it out of the targets`,
    );
  }
  return asDescription(JSON.parse(await files!.read(spec)) as Json, file);
}

function fragmentsOfTarget(
  target: Target,
  description: Description,
  { sources, overlay }: TargetInput,
): { fragments: Fragment[]; missing: Missing[] } {
  const { name, spec, isInPackage } = target;
  const { source, defaultApiVersion } = sources;
  const file = isInPackage ? `${source!.package}@${source!.version}/${spec}` : sourceName(spec);
  return inFile(file, () => {
    const { selection, missing } = availableOf(description, selectionOf(sources.select, target));
    const { operations, subcategories } = selection;
    const isEmpty = operations!.length + subcategories!.length === 0;
    if (isEmpty && missing.length > 0) return { fragments: [], missing };
    const options = { target: name, select: selection, defaultApiVersion };
    const fragments = [...fragmentsOf(description, { ...options, ...(overlay && { overlay }) })];
    return { fragments, missing };
  });
}

/** What is selected for all, and for a target alone; a group has only the latter. */
function selectionOf(all: Selection, { select: own, group }: Target): Selection {
  const shared = group === undefined ? all : {};
  return {
    category: own.category ?? all.category,
    subcategories: [...(shared.subcategories ?? []), ...(own.subcategories ?? [])],
    operations: [...(shared.operations ?? []), ...(own.operations ?? [])],
  };
}

/**
 * A sentence for each name that only some targets have.
 *
 * @throws {InputError} when none has it: then it is misspelt, or gone everywhere.
 */
function missingNotes({ select, file }: Sources, read: readonly MissingIn[]): string[] {
  const lacking = new Map<string, { one: Missing; targets: string[] }>();
  for (const { target, names } of read) {
    for (const one of names) {
      const known = lacking.get(one.name);
      if (known === undefined) lacking.set(one.name, { one, targets: [target.name] });
      else known.targets.push(target.name);
    }
  }
  const wantedBy = (name: string) =>
    read.filter(({ target }) => {
      const { operations, subcategories } = selectionOf(select, target);
      return [...operations!, ...subcategories!].includes(name);
    }).length;
  const nowhere = [...lacking.values()]
    .filter(({ one, targets }) => targets.length === wantedBy(one.name))
    .map(({ one }) => one);
  if (nowhere.length > 0) throw new InputError(`${file}: ${sentenceOf(nowhere, select.category)}`);
  return [...lacking.values()].map(
    ({ one, targets }) => `${targets.join(", ")}: no ${one.kind} ${one.name} there`,
  );
}
