import {
  type Description,
  type LocatedOperation,
  operationName,
  operationsOf,
} from "./description.ts";
import { closure } from "./closure.ts";
import { didYouMean } from "./closest.ts";
import { InputError } from "./errors.ts";
import { isObject, type JsonObject, sortKeys } from "./json.ts";
import { checkOptions, type OptionKinds } from "./option-check.ts";

/** Which operations of a description belong to the fragment. */
export interface Selection {
  /** The `x-github.category` that `subcategories` belong to. Default: any. */
  category?: string;
  /** Every operation whose `x-github.subcategory` is one of these, e.g. `workflow-runs`. Default: none. */
  subcategories?: readonly string[];
  /** Single operations by their id, e.g. `actions/get-workflow`. Default: none. */
  operations?: readonly string[];
}

const selectionFields: OptionKinds<Selection> = {
  category: "a text",
  subcategories: "a list of texts",
  operations: "a list of texts",
};

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
  checkOptions("the selection", selection, selectionFields);
  const { category, subcategories = [], operations = [] } = selection;
  const missing = { subcategories: new Set(subcategories), operations: new Set(operations) };
  const all = [...operationsOf(description)];
  const selected = all.filter((located) => {
    const subcategory = subcategoryOf(located, category);
    const byLabel = subcategory !== undefined && subcategories.includes(subcategory);
    const byName = operations.includes(operationName(located));
    if (byLabel) missing.subcategories.delete(subcategory);
    if (byName) missing.operations.delete(operationName(located));
    return byLabel || byName;
  });
  if (missing.operations.size > 0) {
    const hint = didYouMean(missing.operations, all.map(operationName));
    throw new InputError(
      `there is no operation ${[...missing.operations].join(", ")} in the description${hint}`,
    );
  }
  if (missing.subcategories.size > 0) {
    const of = category === undefined ? "" : ` of category ${category}`;
    const known = all.flatMap((located) => subcategoryOf(located, category) ?? []);
    const hint = didYouMean(missing.subcategories, known);
    throw new InputError(
      `no operation has the x-github subcategory ${[...missing.subcategories].join(", ")}${of}${hint}`,
    );
  }
  if (selected.length === 0) {
    throw new InputError("nothing is selected: name a subcategory or an operation");
  }
  return selected;
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
