/** Whom a change concerns: who wrote code against the old types, who wants something new, or readers of the text only. */
export type ChangeClass = "breaking" | "additive" | "docs";

/** The part of a version that a change asks for. */
export type Bump = "major" | "minor" | "patch" | "none";

/** One difference between two fragments. */
export interface Change {
  class: ChangeClass;
  /** What this change alone asks for. */
  bump: Exclude<Bump, "none">;
  /** JSON pointer of the location in the newer fragment, or in the older one for what is gone. */
  pointer: string;
  /** What changed, as a sentence. */
  message: string;
}

/** Everything that differs between two fragments. */
export interface FragmentDiff {
  /** The largest bump of the changes. */
  bump: Bump;
  /** Breaking ones first, then additive ones, then those of the documentation; by pointer within each. */
  changes: Change[];
  /** The ids of the operations that the newer fragment no longer has. */
  removedOperations: string[];
}

/** What a change of each class asks for. */
export const bumpOf = { breaking: "major", additive: "minor", docs: "patch" } as const;

const order = ["none", "patch", "minor", "major"] as const;

/** The largest of some bumps; `none` of none. */
export function largestBump(bumps: readonly Bump[]): Bump {
  return order[Math.max(0, ...bumps.map((bump) => order.indexOf(bump)))]!;
}
