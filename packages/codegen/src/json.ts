/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A JSON object. */
export type JsonObject = { [key: string]: Json };

/** Whether a JSON value is an object: neither null nor an array. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The JSON pointer (RFC 6901) of a location: `["paths", "/a"]` → `/paths/~1a`. */
export function pointer(location: readonly (string | number)[]): string {
  return location
    .map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
}

/** The location a JSON pointer names: `/paths/~1a` → `["paths", "/a"]`. */
export function location(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The value at a location, or undefined. */
export function valueAt(
  root: Json | undefined,
  location: readonly (string | number)[],
): Json | undefined {
  let value = root;
  for (const part of location) {
    if (Array.isArray(value)) value = value[Number(part)];
    else if (isObject(value) && Object.hasOwn(value, part)) value = value[part];
    else return undefined;
  }
  return value;
}

/**
 * A copy of `root` in which the value at `location` is `change(value)`; undefined takes it away. Only the objects on
 * the way are copied, so a change in a description of 13 MB costs nothing.
 */
export function withValueAt(
  root: Json,
  location: readonly (string | number)[],
  change: (value: Json | undefined) => Json | undefined,
): Json {
  const [part, ...rest] = location;
  if (part === undefined) return change(root) ?? null;
  const next = (value: Json | undefined) =>
    rest.length === 0 ? change(value) : withValueAt(value ?? {}, rest, change);
  if (Array.isArray(root)) {
    const changed = next(root[Number(part)]);
    return changed === undefined
      ? root.toSpliced(Number(part), 1)
      : root.with(Number(part), changed);
  }
  const { [part]: old, ...others } = root as JsonObject;
  const changed = next(old);
  return changed === undefined ? others : { ...(root as JsonObject), [part]: changed };
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

/** Whether two JSON values are the same, whatever the order of their keys. */
export function isSame(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return (
      Array.isArray(b) && a.length === b.length && a.every((item, index) => isSame(item, b[index]))
    );
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
  );
}
