import { didYouMean } from "../closest.ts";
import { InputError } from "../errors.ts";
import type { Fragment } from "./fragments.ts";
import type { Sources } from "./sources.ts";

/**
 * Refuses a name for a schema that no fragment has; some may lack it, as an older server does.
 *
 * @throws {InputError} naming each of them.
 */
export function refuseUnknownSchemas(
  { names, file }: Pick<Sources, "names" | "file">,
  fragments: readonly Fragment[],
): void {
  const schemas = new Set(
    fragments.flatMap(({ description }) => Object.keys(description.components["schemas"] ?? {})),
  );
  const unknown = Object.entries(names).filter(([, schema]) => !schemas.has(schema));
  if (unknown.length === 0) return;
  const lacks = fragments.length === 1 ? "the fragment has no" : "none of the fragments has a";
  const list = unknown.map(
    ([name, schema]) => `names.${name}: ${lacks} schema ${schema}${didYouMean([schema], schemas)}`,
  );
  throw new InputError(`${file}: ${list.join("; ")}`);
}

/**
 * Refuses a release that shows a fragment which is neither made nor was there: its package would never get a changeset.
 *
 * @throws {InputError} naming the release.
 */
export function refuseUnknownFragments(
  { releases, file }: Pick<Sources, "releases" | "file">,
  fragments: Iterable<string>,
): void {
  const known = new Set(["*", ...fragments]);
  for (const [release, shown] of Object.entries(releases)) {
    const unknown = shown.filter((name) => !known.has(name));
    if (unknown.length > 0) {
      throw new InputError(
        `${file}: releases.${release}: there is no fragment ${unknown.join(", ")}${didYouMean(unknown, known)}`,
      );
    }
  }
}
