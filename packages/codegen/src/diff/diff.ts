import type { Description } from "../description.ts";
import { type ChangeClass, type FragmentDiff, largestBump } from "./change.ts";
import { Comparison } from "./comparison.ts";
import { compareOperations } from "./operations.ts";

const order: readonly ChangeClass[] = ["breaking", "additive", "docs"];

/**
 * What changed from one fragment to another for a TypeScript program that uses its types, and the bump it asks for.
 * The order of keys makes no difference.
 */
export function diff(before: Description, after: Description): FragmentDiff {
  const comparison = new Comparison(before, after);
  const removedOperations = compareOperations(comparison);
  compareSchemaNames(comparison);
  const changes = comparison.changes.sort(
    (a, b) =>
      order.indexOf(a.class) - order.indexOf(b.class) ||
      compareText(a.pointer, b.pointer) ||
      compareText(a.message, b.message),
  );
  return { bump: largestBump(changes.map(({ bump }) => bump)), changes, removedOperations };
}

/** `components["schemas"]["job"]` is a type that programs name, whatever refers to it. */
function compareSchemaNames(comparison: Comparison): void {
  const before = comparison.before.components["schemas"] ?? {};
  const after = comparison.after.components["schemas"] ?? {};
  for (const name of Object.keys(before).filter((name) => !Object.hasOwn(after, name))) {
    comparison.gone(
      "breaking",
      ["components", "schemas", name],
      (subject) => `The schema ${subject} is gone from the components.`,
    );
  }
  for (const name of Object.keys(after).filter((name) => !Object.hasOwn(before, name))) {
    comparison.changed(
      "additive",
      ["components", "schemas", name],
      (subject) => `The schema ${subject} is new among the components.`,
    );
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
