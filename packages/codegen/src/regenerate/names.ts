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
