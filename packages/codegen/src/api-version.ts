import { jsonpatch } from "json-p3";
import type { Description } from "./description.ts";
import { InputError } from "./errors.ts";
import { isObject, type Json, type JsonObject, pointer } from "./json.ts";

/** The API version that a description shows without its `x-github-breaking-changes` (GitHub's first). */
export const firstApiVersion = "2022-11-28";

const extension = "x-github-breaking-changes";

/** The API versions a description holds, oldest first: the first one and those of its breaking changes. */
export function apiVersions(description: Description): string[] {
  const versions = new Set([firstApiVersion]);
  visit(description.paths);
  visit(description.components);
  return [...versions].sort();

  function visit(value: Json): void {
    if (Array.isArray(value)) for (const item of value) visit(item);
    else if (isObject(value)) {
      if (value[extension] !== undefined) {
        for (const { version } of changesOf(value, extension)) versions.add(version);
      }
      for (const [key, item] of Object.entries(value)) if (key !== extension) visit(item);
    }
  }
}

/**
 * The description as it is for an API version: the breaking changes of that version and of those before it applied
 * (each a merge patch, RFC 7396, or a JSON Patch, RFC 6902), the others left out.
 *
 * @throws {InputError} when a change has neither form or does not fit, or the description does not know the version.
 * @see https://docs.github.com/rest/about-the-rest-api/api-versions
 */
export function atApiVersion(
  description: Description,
  version: string,
  known: readonly string[] = apiVersions(description),
): Description {
  if (!known.includes(version)) {
    throw new InputError(
      `the description has no API version ${version}; it has ${known.join(" and ")}`,
    );
  }
  return {
    ...description,
    info: { ...description.info, "x-github-api-version": version },
    paths: derive(description.paths, version, ["paths"]) as Description["paths"],
    components: derive(description.components, version, [
      "components",
    ]) as Description["components"],
  };
}

interface BreakingChange {
  changeset: string;
  patch: Json;
  version: string;
}

/** A copy in which every object's own changes up to `version` are applied, inner objects first. */
function derive(value: Json, version: string, location: readonly (string | number)[]): Json {
  if (Array.isArray(value)) {
    const items = value.map((item, index) => derive(item, version, [...location, index]));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (!isObject(value)) return value;
  let derived: JsonObject | undefined;
  for (const [key, item] of Object.entries(value)) {
    if (key === extension) continue;
    const next = derive(item, version, [...location, key]);
    if (next !== item) (derived ??= { ...value })[key] = next;
  }
  if (value[extension] === undefined) return derived ?? value;
  const holder = pointer(location);
  const changes = changesOf(value, holder).filter((change) => change.version <= version);
  const { [extension]: _, ...bare } = derived ?? value;
  return changes.reduce<Json>((result, change) => applyChange(result, change, holder), bare);
}

function changesOf(holder: JsonObject, location: string): BreakingChange[] {
  const changes = holder[extension];
  if (!Array.isArray(changes)) {
    throw new InputError(`${location}: ${extension} is not a list`);
  }
  return changes.map((change) => {
    if (
      !isObject(change) ||
      typeof change["changeset"] !== "string" ||
      typeof change["version"] !== "string" ||
      !/^\d{4}-\d{2}-\d{2}$/.test(change["version"])
    ) {
      throw new InputError(
        `${location}: an entry of ${extension} without a changeset or a version like 2026-03-10; this form is not known here`,
      );
    }
    return change as unknown as BreakingChange;
  });
}

function applyChange(value: Json, { changeset, patch }: BreakingChange, location: string): Json {
  if (Array.isArray(patch)) {
    try {
      return jsonpatch.apply(patch as never, structuredClone(value) as never) as Json;
    } catch (error) {
      throw new InputError(
        `${location}: the JSON Patch of breaking change ${changeset} does not fit: ${(error as Error).message}`,
        { cause: error },
      );
    }
  }
  if (isObject(patch)) return mergePatch(value, patch);
  throw new InputError(
    `${location}: the patch of breaking change ${changeset} is neither a merge patch nor a JSON Patch; this form is not known here`,
  );
}

/** RFC 7396. */
function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const merged: JsonObject = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = mergePatch(merged[key], value);
  }
  return merged;
}
