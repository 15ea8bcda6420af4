import {
  type Description,
  isObject,
  type Json,
  type JsonObject,
  lookUp,
  operationsOf,
} from "./description.ts";

/** Which operations of a description belong to the fragment. */
export interface Selection {
  /** The `x-github.category`, e.g. `actions`. */
  category: string;
  /** Every operation whose `x-github.subcategory` is one of these, e.g. `workflow-runs`. */
  subcategories: readonly string[];
  /** Single operations by their id, e.g. `actions/get-workflow`. Default: none. */
  operations?: readonly string[];
}

/** The selected operations with all that they refer to, keys in a fixed order. */
export function slice(description: Description, selection: Selection): Description {
  const paths: { [path: string]: JsonObject } = {};
  for (const { path, method, operation } of operationsOf(description)) {
    if (isSelected(operation, selection)) (paths[path] ??= {})[method] = operation;
  }
  const { openapi, info, servers, externalDocs } = description;
  const components = closure(description, paths);
  return sortKeys({
    openapi,
    info,
    servers,
    externalDocs,
    paths,
    components,
  } as unknown as Json) as unknown as Description;
}

function isSelected(operation: JsonObject, selection: Selection): boolean {
  if (selection.operations?.includes(operation["operationId"] as string)) return true;
  const labels = operation["x-github"];
  return (
    isObject(labels) &&
    labels["category"] === selection.category &&
    selection.subcategories.includes(labels["subcategory"] as string)
  );
}

/** The components that `root` refers to, directly or through others. */
function closure(description: Description, root: Json): { [section: string]: JsonObject } {
  const found: { [section: string]: JsonObject } = {};
  const open: Json[] = [root];
  while (open.length > 0) {
    for (const ref of refsIn(open.pop()!)) {
      const [, , section, name] = ref.split("/") as [string, string, string, string];
      if (found[section]?.[name] !== undefined) continue;
      const value = lookUp(description, ref);
      if (value === undefined) throw new Error(`${ref} is referred to but not in the description`);
      (found[section] ??= {})[name] = value;
      open.push(value);
    }
  }
  return found;
}

function* refsIn(value: Json): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* refsIn(item);
  else if (isObject(value)) {
    if (typeof value["$ref"] === "string") yield value["$ref"];
    for (const item of Object.values(value)) yield* refsIn(item);
  }
}

/** The same value with the keys of every object in code-point order, so that output does not depend on input order. */
export function sortKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .filter((key) => value[key] !== undefined)
      .map((key) => [key, sortKeys(value[key]!)]),
  );
}
