import { type Description, refLocation } from "./description.ts";
import { InputError } from "./errors.ts";
import { isObject, type Json, type JsonObject, pointer, valueAt } from "./json.ts";
import { referencesIn } from "./references.ts";

/**
 * The components that the paths refer to, directly or through others.
 *
 * @throws {InputError} when a `$ref` is dangling, circular, or leads out of the components.
 */
export function closure(
  description: Description,
  paths: { [path: string]: JsonObject },
): { [section: string]: JsonObject } {
  const found: { [section: string]: JsonObject } = {};
  const open: { value: Json; at: string[] }[] = [{ value: paths, at: ["paths"] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const { ref, location } of referencesIn(next.value, [], next.at.length === 1)) {
      const referrer = `#${pointer([...next.at, ...location])}`;
      const [root, section, name] = componentOf(ref, referrer);
      const target = valueAt(description as unknown as Json, refLocation(ref));
      if (target === undefined) {
        throw new InputError(
          `${referrer}: dangling $ref, the description has no ${ref.replace(/^#/, "")}`,
        );
      }
      if (found[section]?.[name] !== undefined) continue;
      const component = description.components[section]![name]!;
      (found[section] ??= {})[name] = component;
      open.push({ value: component, at: [root, section, name] });
    }
  }
  refuseCircles(found);
  return found;
}

function componentOf(ref: string, referrer: string): [string, string, string] {
  const [root, section, name] = refLocation(ref);
  if (!ref.startsWith("#/")) {
    throw new InputError(
      `${referrer}: the $ref ${ref} leads to another document; bundle the description into one file first`,
    );
  }
  if (root !== "components" || section === undefined || name === undefined) {
    throw new InputError(
      `${referrer}: the $ref ${ref} leads out of the components; bundle the description first`,
    );
  }
  return [root, section, name];
}

/** The keywords that make a schema of others, so that a circle through them never ends. */
const compositions = ["allOf", "anyOf", "oneOf"] as const;

/** Refuses a component that is nothing but a reference to itself; a circle through a property is a tree and fine. */
function refuseCircles(components: { [section: string]: JsonObject }): void {
  const root = { components } as unknown as Json;
  const done = new Set<string>();
  const visit = (ref: string, trail: readonly string[]): void => {
    if (trail.includes(ref)) {
      const circle = [...trail.slice(trail.indexOf(ref)), ref].join(" → ");
      throw new InputError(`circular $ref: ${circle}`);
    }
    if (done.has(ref)) return;
    for (const next of parts(valueAt(root, refLocation(ref)))) visit(next, [...trail, ref]);
    done.add(ref);
  };
  for (const [section, entries] of Object.entries(components)) {
    for (const name of Object.keys(entries))
      visit(`#${pointer(["components", section, name])}`, []);
  }
}

function parts(value: Json | undefined): string[] {
  if (!isObject(value)) return [];
  const own = typeof value["$ref"] === "string" ? [value["$ref"]] : [];
  const composed = compositions.flatMap((keyword) => {
    const members = value[keyword];
    return Array.isArray(members) ? members.flatMap(parts) : [];
  });
  return [...own, ...composed];
}

/**
 * The description itself, when everything its paths refer to is there.
 *
 * @throws {InputError} when a `$ref` is dangling, circular, or leads out of the components.
 */
export function withSoundReferences(description: Description): Description {
  closure(description, description.paths);
  return description;
}
