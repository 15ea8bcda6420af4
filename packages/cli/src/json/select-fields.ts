import { UsageError } from "../stop-reasons.ts";

type JsonObject = Record<string, unknown>;

/**
 * A JSON value with these members only; `actor.login` is a member of a member, and a list is gone through.
 *
 * @throws {UsageError} for a name that no object has, with those there are
 */
export function selectFields(value: unknown, fields: readonly string[]): unknown {
  if (fields.length === 0) return value;
  for (const field of fields) checkField(value, field.split("."), field);
  return select(value, tree(fields));
}

interface Tree extends Map<string, Tree> {}

/** `["id", "actor.login"]` as what is wanted of each object; an empty map wants everything. */
function tree(fields: readonly string[]): Tree {
  const root: Tree = new Map();
  for (const field of fields) {
    let node = root;
    for (const name of field.split(".")) {
      const next = node.get(name) ?? new Map<string, Tree>();
      node.set(name, next);
      node = next;
    }
  }
  return root;
}

function select(value: unknown, wanted: Tree): unknown {
  if (wanted.size === 0) return value;
  if (Array.isArray(value)) return value.map((each: unknown) => select(each, wanted));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    [...wanted].map(([name, next]) => [name, select(value[name] ?? null, next)]),
  );
}

function checkField(value: unknown, [name = "", ...rest]: readonly string[], field: string): void {
  const objects = [value].flat(9).filter(isObject);
  if (objects.length === 0) return;
  const names = new Set(objects.flatMap((each) => Object.keys(each)));
  if (!names.has(name)) {
    const words = [...names].toSorted();
    throw new UsageError(
      `--json has no field ${JSON.stringify(field)}. Fields: ${words.join(", ")}.`,
      { typed: name, words },
    );
  }
  if (rest.length > 0)
    checkField(
      objects.map((each) => each[name]),
      rest,
      field,
    );
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
