import {
  type Description,
  type LocatedOperation,
  operationName,
  operationsOf,
  refLocation,
} from "./description.ts";
import { InputError } from "./errors.ts";
import { isObject, type Json, type JsonObject, pointer, sortKeys, valueAt } from "./json.ts";
import { referencesIn } from "./references.ts";

/** Which operations of a description belong to the fragment. */
export interface Selection {
  /** The `x-github.category` that `subcategories` belong to. Default: any. */
  category?: string;
  /** Every operation whose `x-github.subcategory` is one of these, e.g. `workflow-runs`. Default: none. */
  subcategories?: readonly string[];
  /** Single operations by their id, e.g. `actions/get-workflow`. Default: none. */
  operations?: readonly string[];
}

/**
 * The selected operations with all that they refer to, directly or through others, and nothing else; keys in
 * code-point order.
 *
 * @throws {InputError} when a subcategory or an operation is not in the description, or a `$ref` is dangling,
 *   circular, or leads out of the components.
 */
export function slice(description: Description, selection: Selection): Description {
  const located = select(description, selection);
  const paths: { [path: string]: JsonObject } = {};
  for (const { path, method, operation, item } of located) {
    paths[path] ??= sharedByItsOperations(item);
    paths[path][method] = operation;
  }
  const { openapi, info, servers, security, externalDocs } = description;
  const components = closure(description, paths);
  addSecuritySchemes(description, located, components);
  return sortKeys({
    openapi,
    info,
    ...(servers === undefined ? {} : { servers }),
    ...(security === undefined ? {} : { security }),
    ...(externalDocs === undefined ? {} : { externalDocs }),
    paths,
    components,
  }) as unknown as Description;
}

function select(description: Description, selection: Selection): LocatedOperation[] {
  const { category, subcategories = [], operations = [] } = selection;
  const missing = { subcategories: new Set(subcategories), operations: new Set(operations) };
  const selected = [...operationsOf(description)].filter((located) => {
    const labels = located.operation["x-github"];
    const subcategory = isObject(labels) ? (labels["subcategory"] as string) : "";
    const isOfCategory =
      category === undefined || (isObject(labels) && labels["category"] === category);
    const byLabel = isOfCategory && subcategories.includes(subcategory);
    const byName = operations.includes(operationName(located));
    if (byLabel) missing.subcategories.delete(subcategory);
    if (byName) missing.operations.delete(operationName(located));
    return byLabel || byName;
  });
  if (missing.operations.size > 0) {
    throw new InputError(
      `there is no operation ${[...missing.operations].join(", ")} in the description`,
    );
  }
  if (missing.subcategories.size > 0) {
    const of = category === undefined ? "" : ` of category ${category}`;
    throw new InputError(
      `no operation has the x-github subcategory ${[...missing.subcategories].join(", ")}${of}`,
    );
  }
  if (selected.length === 0) {
    throw new InputError("nothing is selected: name a subcategory or an operation");
  }
  return selected;
}

/** What a path item says for all its operations. */
function sharedByItsOperations(item: JsonObject): JsonObject {
  const shared = ["summary", "description", "servers", "parameters"] as const;
  return Object.fromEntries(
    shared.flatMap((key) => (item[key] === undefined ? [] : [[key, item[key]]])),
  );
}

/** The components that the paths refer to, directly or through others. */
function closure(
  description: Description,
  paths: { [path: string]: JsonObject },
): { [section: string]: JsonObject } {
  const found: { [section: string]: JsonObject } = {};
  const open: { value: Json; at: string[] }[] = [{ value: paths, at: ["paths"] }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const { ref, location } of referencesIn(next.value, [], next.at.length === 1)) {
      const place = `#${pointer([...next.at, ...location])}`;
      const [root, section, name] = componentOf(ref, place);
      const target = valueAt(description as unknown as Json, refLocation(ref));
      if (target === undefined) {
        throw new InputError(
          `${place}: dangling $ref, the description has no ${ref.replace(/^#/, "")}`,
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

function componentOf(ref: string, place: string): [string, string, string] {
  const [root, section, name] = refLocation(ref);
  if (!ref.startsWith("#/")) {
    throw new InputError(
      `${place}: the $ref ${ref} leads to another document; bundle the description into one file first`,
    );
  }
  if (root !== "components" || section === undefined || name === undefined) {
    throw new InputError(
      `${place}: the $ref ${ref} leads out of the components; bundle the description first`,
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

/** Security requirements name their scheme without a `$ref`. */
function addSecuritySchemes(
  description: Description,
  located: readonly LocatedOperation[],
  components: { [section: string]: JsonObject },
): void {
  const requirements = [
    description.security,
    ...located.map(({ operation }) => operation["security"]),
  ];
  const names = requirements
    .flatMap((requirement) => (Array.isArray(requirement) ? requirement : []))
    .flatMap((requirement) => (isObject(requirement) ? Object.keys(requirement) : []));
  for (const name of names) {
    const scheme = description.components["securitySchemes"]?.[name];
    if (scheme === undefined) throw new InputError(`there is no security scheme ${name}`);
    (components["securitySchemes"] ??= {})[name] = scheme;
  }
}
