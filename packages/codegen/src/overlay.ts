import { jsonpath } from "json-p3";
import type { Description } from "./description.ts";
import { InputError, ReviewError } from "./errors.ts";
import { isObject, isSame, type Json, type JsonObject, withValueAt } from "./json.ts";

/** One action of an OpenAPI Overlay, as `readOverlay` gives it. */
export interface OverlayAction {
  /** JSONPath (RFC 9535) of the locations to change. */
  target: string;
  description?: string;
  /** Merged into each location: objects key by key, arrays appended, anything else replaced. */
  update?: Json;
  /** Takes each location away. */
  remove?: boolean;
  /** JSONPath of one value to merge into each location, instead of `update` (Overlay 1.1). */
  copy?: string;
  /** Our extension: the targets the action is for, e.g. `[github, "ghes-*"]`. @default all */
  "x-targets"?: string[];
}

/** An OpenAPI Overlay document (1.0 or 1.1). */
export interface Overlay {
  overlay: string;
  info: JsonObject;
  actions: OverlayAction[];
}

/**
 * The description with every action of the overlay applied, in order; the one passed stays as it is.
 *
 * @param target The name of the description, to leave out the actions whose `x-targets` do not name it.
 * @throws {ReviewError} when an action changes nothing: what it corrects has been corrected upstream.
 * @throws {InputError} when an action is not an overlay action or its target no JSONPath.
 */
export function applyOverlay(
  description: Description,
  overlay: Overlay,
  target?: string,
): Description {
  let result = description as unknown as Json;
  const idle: string[] = [];
  for (const [index, action] of overlay.actions.entries()) {
    if (!isFor(action, target)) continue;
    const changed = apply(result, action, index);
    if (isUnchanged(changed, result)) idle.push(label(action, index));
    result = changed;
  }
  if (idle.length > 0) {
    const where = target === undefined ? "" : ` in ${target}`;
    throw new ReviewError(
      `${idle.join("; ")}: changes nothing${where} any more, so it was corrected upstream; delete it from the overlay, or name in its x-targets the targets that still need it`,
    );
  }
  return result as unknown as Description;
}

function isFor(action: OverlayAction, target: string | undefined): boolean {
  const patterns = action["x-targets"];
  if (patterns === undefined || target === undefined) return true;
  return patterns.some((pattern) =>
    pattern.endsWith("*") ? target.startsWith(pattern.slice(0, -1)) : target === pattern,
  );
}

function apply(root: Json, action: OverlayAction, index: number): Json {
  const locations = find(root, action.target, action, index);
  if (action.remove === true) {
    // From the last to the first, so that the indices of an array's items stay true.
    return locations
      .reverse()
      .reduce((result, location) => withValueAt(result, location, () => undefined), root);
  }
  const update =
    action.copy === undefined ? action.update : copied(root, action.copy, action, index);
  if (update === undefined) return root;
  return locations.reduce(
    (result, location) =>
      withValueAt(result, location, (value) =>
        Array.isArray(value) && !Array.isArray(update) ? [...value, update] : merge(value, update),
      ),
    root,
  );
}

function copied(root: Json, path: string, action: OverlayAction, index: number): Json {
  const [location, ...others] = find(root, path, action, index);
  if (location === undefined || others.length > 0) {
    throw new InputError(
      `${label(action, index)}: copy must select one value, not ${others.length === 0 ? 0 : others.length + 1}: ${path}`,
    );
  }
  return jsonpath.query(path, root).nodes[0]!.value as Json;
}

function find(
  root: Json,
  path: string,
  action: OverlayAction,
  index: number,
): (string | number)[][] {
  try {
    return jsonpath.query(path, root).nodes.map(({ location }) => location);
  } catch (error) {
    throw new InputError(
      `${label(action, index)}: ${path} is not a JSONPath: ${(error as Error).message}`,
      {
        cause: error,
      },
    );
  }
}

/** Overlay's merge: objects key by key, arrays one after the other, anything else replaced. */
function merge(value: Json | undefined, update: Json): Json {
  if (Array.isArray(value) && Array.isArray(update)) return [...value, ...update];
  if (!isObject(value) || !isObject(update)) return update;
  const merged: JsonObject = { ...value };
  for (const [key, item] of Object.entries(update)) {
    merged[key] = Object.hasOwn(value, key) ? merge(value[key], item) : item;
  }
  return merged;
}

/** `withValueAt` shares what it does not touch, so comparing the two is cheap. */
function isUnchanged(after: Json, before: Json): boolean {
  return isSame(after, before);
}

function label(action: OverlayAction, index: number): string {
  const [first] = (action.description ?? action.target).split("\n");
  return `overlay action ${index + 1} (${first})`;
}

/** The overlay that a parsed document holds. @throws {InputError} naming what is wrong with it. */
export function readOverlay(document: Json, file: string): Overlay {
  if (!isObject(document) || typeof document["overlay"] !== "string") {
    throw new InputError(`${file}: not an OpenAPI Overlay, the field "overlay" is missing`);
  }
  if (!/^1\.[01]\.\d+$/.test(document["overlay"])) {
    throw new InputError(
      `${file}: Overlay ${document["overlay"]} is not known here; 1.0 and 1.1 are`,
    );
  }
  const actions = document["actions"];
  if (!Array.isArray(actions) || actions.length === 0) {
    throw new InputError(`${file}: actions must be a list of at least one action`);
  }
  for (const [index, action] of actions.entries())
    refuseBrokenAction(action, `${file}: actions[${index}]`);
  return document as unknown as Overlay;
}

function refuseBrokenAction(action: Json, location: string): void {
  if (!isObject(action) || typeof action["target"] !== "string") {
    throw new InputError(`${location}: an action needs a "target", a JSONPath`);
  }
  const does = ["update", "remove", "copy"].filter(
    (key) => action[key] !== undefined && action[key] !== false,
  );
  if (does.length !== 1) {
    throw new InputError(
      `${location}: an action needs one of "update", "remove" and "copy", not ${does.length}`,
    );
  }
  const targets = action["x-targets"];
  if (
    targets !== undefined &&
    !(Array.isArray(targets) && targets.every((name) => typeof name === "string"))
  ) {
    throw new InputError(`${location}: x-targets must be a list of target names`);
  }
}
