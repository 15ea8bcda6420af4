import {
  type Description,
  type LocatedOperation,
  operationId,
  operationsOf,
  parameterObjects,
  resolve,
} from "./description.ts";
import { isObject, type JsonObject } from "./json.ts";
import { type Permissions } from "./operation-access.ts";
import { bodySchema, type OperationEntry } from "./operations-table.ts";

/**
 * A JSDoc comment for each operation, by its name in the table: what it does, who may call it, its parameters, its page.
 */
export function operationComments(
  fragment: Description,
  table: { readonly [name: string]: OperationEntry },
): { [name: string]: string } {
  const names = new Map(Object.entries(table).map(([name, { id }]) => [id, name]));
  return Object.fromEntries(
    [...operationsOf(fragment)].map((located) => {
      const name = names.get(operationId(located))!;
      const parameters = parameterLines(fragment, located);
      return [name, comment(textOf(located.operation, table[name]!, parameters))];
    }),
  );
}

function textOf(
  operation: JsonObject,
  entry: OperationEntry,
  parameters: readonly string[],
): string {
  const { summary, permissions, publicRead, documentationUrl, deprecated } = entry;
  const { description, "x-note": note } = operation;
  const access = [
    permissions && `Fine-grained permission: ${permissionText(permissions)}.`,
    publicRead && "By the documentation, public repositories need no token.",
    typeof note === "string" && note,
  ].filter((sentence) => typeof sentence === "string");
  const sections = [
    [summary ?? entry.id],
    typeof description === "string" ? description.trim().split(/\r?\n/) : [],
    access.length > 0 ? [access.join(" ")] : [],
    parameters,
  ];
  const tags = [
    documentationUrl && `@see ${documentationUrl}`,
    deprecated && "@deprecated GitHub is closing it down.",
  ].filter((tag) => typeof tag === "string");
  // A blank line between the sections.
  const blocks = [...sections, tags].filter((lines) => lines.length > 0);
  return blocks.map((lines) => lines.join("\n")).join("\n\n");
}

/** `Actions (read) and Checks (read)`, the alternatives joined by "or". */
export function permissionText(permissions: readonly Permissions[]): string {
  return permissions
    .map((all) =>
      Object.entries(all)
        .map(([name, level]) => `${titled(name)} (${level})`)
        .join(" and "),
    )
    .join(", or ");
}

/** `deployment_branch` → `Deployment branch`, as GitHub's settings write it. */
function titled(name: string): string {
  const words = name.replaceAll(/[_-]/g, " ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** A line for each parameter and each property of the body, with the first sentence of its description. */
function parameterLines(fragment: Description, located: LocatedOperation): string[] {
  const schema = bodySchema(fragment, located.operation);
  const lines = new Map<string, string>();
  for (const parameter of parameterObjects(fragment, located))
    add(parameter["name"] as string, parameter["description"]);
  for (const form of schema ? formsOf(fragment, schema) : []) {
    const properties = isObject(form["properties"]) ? form["properties"] : {};
    for (const [name, property] of Object.entries(properties)) {
      add(name, resolve(fragment, property)?.["description"]);
    }
  }
  return [...lines.values()];

  function add(name: string, description: unknown): void {
    if (lines.has(name)) return;
    const text = typeof description === "string" ? firstSentence(description) : "";
    lines.set(name, text === "" ? `- \`${name}\`` : `- \`${name}\`: ${text}`);
  }
}

/** A schema's alternatives, or itself. */
function formsOf(fragment: Description, schema: JsonObject): JsonObject[] {
  const alternatives = schema["anyOf"] ?? schema["oneOf"];
  if (!Array.isArray(alternatives)) return [schema];
  return alternatives
    .flatMap((form): JsonObject[] => [resolve(fragment, form)].filter(isObject))
    .flatMap((form) => formsOf(fragment, form));
}

function firstSentence(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, " ");
  return /^.*?[.!?](?=\s+[A-Z]|$)/.exec(line)?.[0] ?? line;
}

function comment(text: string): string {
  const body = text.split("\n").map((line) => ` * ${line.replaceAll("*/", "*\\/")}`.trimEnd());
  return `/**\n${body.join("\n")}\n */\n`;
}
