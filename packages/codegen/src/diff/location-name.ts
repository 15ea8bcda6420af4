import { type Description, methods, operationName } from "../description.ts";
import { isObject, type Json, type JsonObject, valueAt } from "../json.ts";
import type { Location } from "./shape.ts";

/**
 * What a person calls a location of a description: `job.steps[].name`, ``the query parameter `status` of
 * `actions/list-workflow-runs` ``, ``the 200 response of `actions/get-workflow-run` ``.
 */
export function locationName(description: Description, location: Location): string {
  const [root, first, second, ...rest] = location.map(String);
  const value = (length: number) =>
    valueAt(description as unknown as Json, location.slice(0, length));
  if (root === "components" && first !== undefined && second !== undefined) {
    if (first === "schemas") return `\`${second}${trail(rest)}\``;
    if (first === "parameters") return within(parameterName(value(3)) ?? second, rest);
    return within(`the ${first.replace(/s$/, "")} \`${second}\``, rest);
  }
  if (root !== "paths" || first === undefined || second === undefined) return "the description";
  const item = value(2);
  const isOperation = (methods as readonly string[]).includes(second) && isObject(item);
  const method = second as (typeof methods)[number];
  const operation = isOperation
    ? `\`${operationName({ path: first, method, operation: value(3) as JsonObject, item })}\``
    : `\`${first}\``;
  const [part, key] = isOperation ? rest : [second, ...rest];
  const below = rest.slice(isOperation ? 2 : 1);
  if (part === "responses" && key !== undefined) {
    return within(`the ${key} response of ${operation}`, below);
  }
  if (part === "requestBody") return within(`the body of ${operation}`, rest.slice(1));
  if (part === "parameters" && key !== undefined) {
    const parameter = parameterName(value(location.length - below.length)) ?? "a parameter";
    return within(`${parameter} of ${operation}`, below);
  }
  return operation;
}

function parameterName(parameter: Json | undefined): string | undefined {
  if (!isObject(parameter)) return undefined;
  if (typeof parameter["$ref"] === "string")
    return `the parameter \`${parameter["$ref"].split("/").at(-1)}\``;
  return `the ${parameter["in"] as string} parameter \`${parameter["name"] as string}\``;
}

function within(subject: string, rest: readonly string[]): string {
  const path = trail(rest).replace(/^\./, "");
  return path === "" ? subject : `\`${path}\` in ${subject}`;
}

/** `properties/steps/items/properties/name` → `.steps[].name`; what is no property or item is left out. */
function trail(parts: readonly string[]): string {
  let path = "";
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index]!;
    if (part === "properties" || part === "headers") path += `.${parts[++index] ?? ""}`;
    else if (part === "items") path += "[]";
    else if (part === "additionalProperties") path += "[…]";
    else if (part === "content") index++;
  }
  return path;
}
