import {
  type Description,
  type LocatedOperation,
  operationName,
  operationsOf,
} from "./description.ts";
import { closure } from "./closure.ts";
import * as v from "valibot";
import { closest } from "./closest.ts";
import { InputError } from "./errors.ts";
import { isObject, type JsonObject, sortKeys } from "./json.ts";
import { checked, only, text, texts } from "./input-check.ts";

/** Which operations of a description belong to the fragment. */
export interface Selection {
  /** The `x-github.category` that `subcategories` belong to. @default any */
  category?: string | undefined;
  /** Every operation whose `x-github.subcategory` is one of these, e.g. `workflow-runs`. @default [] */
  subcategories?: readonly string[] | undefined;
  /** Single operations by their id, e.g. `actions/get-workflow`. @default [] */
  operations?: readonly string[] | undefined;
}

export const selectionSchema = only({
  category: v.optional(text),
  subcategories: v.optional(texts),
  operations: v.optional(texts),
});

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
  checked("the selection", selection, selectionSchema);
  const { selected, missing } = find(description, selection);
  if (missing.length > 0) throw new InputError(sentenceOf(missing, selection.category));
  if (selected.length === 0) {
    throw new InputError("nothing is selected: name a subcategory or an operation");
  }
  return selected;
}

/** A name of a selection that a description does not have. */
export interface Missing {
  kind: "operation" | "subcategory";
  name: string;
  /** The description's name that is close to it. */
  near: string | undefined;
}

/** What a description has of a selection, and what it lacks. */
export function availableOf(
  description: Description,
  selection: Selection,
): { selection: Selection; missing: Missing[] } {
  checked("the selection", selection, selectionSchema);
  const { missing } = find(description, selection);
  const without = (kind: Missing["kind"], names: readonly string[] = []) => {
    const lacks = new Set(missing.flatMap((one) => (one.kind === kind ? one.name : [])));
    return names.filter((name) => !lacks.has(name));
  };
  const { category, subcategories, operations } = selection;
  return {
    selection: {
      category,
      subcategories: without("subcategory", subcategories),
      operations: without("operation", operations),
    },
    missing,
  };
}

/** What is wrong with a selection, in one sentence. */
export function sentenceOf(missing: readonly Missing[], category: string | undefined): string {
  const kind = missing.some((one) => one.kind === "operation") ? "operation" : "subcategory";
  const listed = missing.filter((one) => one.kind === kind);
  const names = listed.map(({ name }) => name).join(", ");
  const near = [...new Set(listed.flatMap((one) => one.near ?? []))];
  const hint = near.length === 0 ? "" : ` (did you mean ${near.join(", ")}?)`;
  if (kind === "operation") return `there is no operation ${names} in the description${hint}`;
  const of = category === undefined ? "" : ` of category ${category}`;
  return `no operation has the x-github subcategory ${names}${of}${hint}`;
}

function find(
  description: Description,
  { category, subcategories = [], operations = [] }: Selection,
): { selected: LocatedOperation[]; missing: Missing[] } {
  const all = [...operationsOf(description)];
  const named = all.map((located) => ({
    located,
    name: operationName(located),
    subcategory: subcategoryOf(located, category),
  }));
  const selected = named.filter(
    ({ name, subcategory }) =>
      operations.includes(name) ||
      (subcategory !== undefined && subcategories.includes(subcategory)),
  );
  const names = named.map(({ name }) => name);
  const labels = named.flatMap(({ subcategory }) => subcategory ?? []);
  const lacking = (
    kind: Missing["kind"],
    wanted: readonly string[],
    known: readonly string[],
  ): Missing[] => {
    const has = new Set(known);
    return wanted
      .filter((name) => !has.has(name))
      .map((name) => {
        return { kind, name, near: closest(name, [...has]) };
      });
  };
  return {
    selected: selected.map(({ located }) => located),
    missing: [
      ...lacking("operation", operations, names),
      ...lacking("subcategory", subcategories, labels),
    ],
  };
}

/** The subcategory of an operation that is of the category. */
function subcategoryOf(
  { operation }: LocatedOperation,
  category: string | undefined,
): string | undefined {
  const labels = isObject(operation["x-github"]) ? operation["x-github"] : {};
  const { subcategory } = labels;
  const isOfCategory = category === undefined || labels["category"] === category;
  return isOfCategory && typeof subcategory === "string" ? subcategory : undefined;
}

/** What a path item says for all its operations. */
function sharedByItsOperations(item: JsonObject): JsonObject {
  const shared = ["summary", "description", "servers", "parameters"] as const;
  return Object.fromEntries(
    shared.flatMap((key) => (item[key] === undefined ? [] : [[key, item[key]]])),
  );
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
