import type { Description } from "../description.ts";
import { type Bump, bumpOf, type ChangeClass, largestBump } from "../diff/change.ts";
import { diff } from "../diff/diff.ts";
import type { ReportedChange } from "../diff/format.ts";
import type { Fragment } from "./fragments.ts";

/** What became of one fragment. */
export interface FragmentChange {
  name: string;
  bump: Bump;
  changes: ReportedChange[];
  removedOperations: string[];
}

/** A change of several fragments, once, with their names. */
export interface RegenerateReport {
  bump: Bump;
  changes: ReportedChange[];
}

/** Compares what was committed with what is new, fragment by fragment; a whole fragment may come or go. */
export function changesOfFragments(
  before: ReadonlyMap<string, Description>,
  after: readonly Fragment[],
): FragmentChange[] {
  const changed = after.map(({ name, description }): FragmentChange => {
    const old = before.get(name);
    if (old !== undefined) return { name, ...diff(old, description) };
    return whole(name, "additive", `The fragment \`${name}\` is new.`);
  });
  const gone = [...before.keys()]
    .filter((name) => !after.some((fragment) => fragment.name === name))
    .map((name) => whole(name, "breaking", `The fragment \`${name}\` is gone.`, [name]));
  return [...changed, ...gone];
}

function whole(
  name: string,
  type: ChangeClass,
  message: string,
  removedOperations: string[] = [],
): FragmentChange {
  const change = { class: type, pointer: "", message };
  return { name, bump: bumpOf[type], changes: [change], removedOperations };
}

/** All changes in one list, each once with the fragments it is in. */
export function report(fragments: readonly FragmentChange[]): RegenerateReport {
  const byText = new Map<string, ReportedChange & { fragments: string[] }>();
  for (const { name, changes } of fragments) {
    for (const { class: type, pointer, message } of changes) {
      const key = `${type} ${pointer} ${message}`;
      const known = byText.get(key);
      if (known === undefined) {
        byText.set(key, { class: type, pointer, message, fragments: [name] });
      } else {
        known.fragments.push(name);
      }
    }
  }
  const classes = Object.keys(bumpOf);
  const changes = [...byText.values()].sort(
    (a, b) => classes.indexOf(a.class) - classes.indexOf(b.class),
  );
  return { bump: largestBump(fragments.map(({ bump }) => bump)), changes };
}
