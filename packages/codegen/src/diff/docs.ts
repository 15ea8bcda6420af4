import { isObject, isSame, type Json, type JsonObject } from "../json.ts";
import type { Comparison } from "./comparison.ts";
import type { Location, SchemaAt } from "./shape.ts";

/** The keywords that decide about types and calls; the schema rules look at these. */
const structural = new Set([
  "$ref",
  "type",
  "nullable",
  "enum",
  "const",
  "x-extensible-enum",
  "properties",
  "required",
  "additionalProperties",
  "items",
  "allOf",
  "anyOf",
  "oneOf",
  "readOnly",
]);

/** Notes what changed in a schema without changing its TypeScript type: text, examples, formats, bounds, defaults. */
export function compareDocs(comparison: Comparison, before: SchemaAt, after: SchemaAt): void {
  if (!isObject(before.schema) || !isObject(after.schema)) return;
  if (!comparison.isFirst("docs", before, after)) return;
  compareKeywords(comparison, before.schema, after.schema, after.location, structural);
  const [was, is] = [before.schema["type"], after.schema["type"]];
  if (was !== is && isNumeric(was) && isNumeric(is)) {
    comparison.changed(
      "docs",
      after.location,
      (subject) => `${subject} was ${kindOf(was)} and is now ${kindOf(is)}.`,
    );
  }
}

function isNumeric(type: Json | undefined): boolean {
  return type === "integer" || type === "number";
}

function kindOf(type: Json | undefined): string {
  return type === "integer" ? "an integer" : "any number";
}

/** Notes every keyword whose value differs, but for those in `apart`, which other rules look at. */
export function compareKeywords(
  comparison: Comparison,
  before: JsonObject,
  after: JsonObject,
  location: Location,
  apart: ReadonlySet<string>,
): void {
  for (const keyword of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (apart.has(keyword) || isSame(before[keyword], after[keyword])) continue;
    const was = before[keyword];
    const is = after[keyword];
    comparison.changed("docs", location, (subject) => sentence(subject, keyword, was, is));
  }
}

function sentence(
  subject: string,
  keyword: string,
  was: Json | undefined,
  is: Json | undefined,
): string {
  if (keyword === "deprecated") {
    return is === true ? `${subject} is now deprecated.` : `${subject} is no longer deprecated.`;
  }
  if (isShort(was) && isShort(is)) {
    if (was === undefined) return `${subject}: ${keyword} is now ${JSON.stringify(is)}.`;
    if (is === undefined)
      return `${subject}: ${keyword} is no longer set (was ${JSON.stringify(was)}).`;
    return `${subject}: ${keyword} was ${JSON.stringify(was)} and is now ${JSON.stringify(is)}.`;
  }
  return `${subject}: ${keyword} ${was === undefined ? "added" : is === undefined ? "removed" : "changed"}.`;
}

function isShort(value: Json | undefined): boolean {
  return typeof value !== "object" && String(value).length <= 40;
}
