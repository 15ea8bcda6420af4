import { type Description, operationId, operationsOf, resolve } from "../description.ts";
import { InputError } from "../errors.ts";
import type { JsonObject } from "../json.ts";
import { permissionText } from "../operation-comments.ts";
import { methodName, type OperationEntry, operationsTable } from "../operations-table.ts";
import type { Fragment } from "./fragments.ts";
import { groupsOf, type Target } from "./sources.ts";

/** What the tables of a README are made from. */
export interface ReadmeInput {
  fragments: readonly Fragment[];
  targets: readonly Target[];
}

/**
 * The text of a README with what stands between `<!-- operations -->` or `<!-- targets -->` and the next
 * `<!-- end -->` replaced by a table. A README need not have both.
 *
 * @throws {InputError} when it has neither, or a beginning without an end.
 */
export function withTables(text: string, { fragments, targets }: ReadmeInput): string {
  const tables = {
    operations: () => operationsSection(fragments[0]!.description),
    targets: () => targetsSection(fragments, targets),
  };
  let changed = text;
  for (const [name, table] of Object.entries(tables)) {
    const begin = `<!-- ${name} -->`;
    const from = changed.indexOf(begin);
    if (from === -1) continue;
    const start = from + begin.length;
    const end = changed.indexOf("<!-- end -->", start);
    if (end === -1) throw new InputError(`${begin} has no <!-- end --> after it`);
    changed = `${changed.slice(0, start)}\n\n${table()}\n\n${changed.slice(end)}`;
  }
  if (!/<!-- (?:operations|targets) -->/.test(text)) {
    throw new InputError(
      "there is neither <!-- operations --> nor <!-- targets --> for a table to stand after",
    );
  }
  return changed;
}

/** A row for each operation, and below them the notes that some of them have. */
function operationsSection(fragment: Description): string {
  const table = operationsTable(fragment);
  const described = new Map(
    [...operationsOf(fragment)].map((located) => [
      methodName(operationId(located)),
      located.operation,
    ]),
  );
  const notes = [...new Set([...described.values()].flatMap((operation) => noteOf(operation)))];
  const rows = Object.entries(table).map(([name, entry]) => {
    const operation = described.get(name)!;
    const marks = noteOf(operation).map((note) => ` ${mark(notes.indexOf(note))}`);
    const title = entry.documentationUrl
      ? `[\`${name}\`](${entry.documentationUrl})`
      : `\`${name}\``;
    const { permissions, publicRead } = entry;
    return [
      entry.deprecated ? `${title}, deprecated` : title,
      parameters(entry),
      permissions ? permissionText(permissions) : "",
      publicRead === undefined ? "" : `${publicRead ? "yes" : "no"}${marks.join("")}`,
      Object.keys(resolve(fragment, operation["responses"]) ?? {}).join(", "),
    ];
  });
  const header = ["operation", "parameters", "permission", "without a token", "statuses"];
  return [markdownTable(header, rows), ...notes.map((note, at) => `${mark(at)} ${note}`)].join(
    "\n\n",
  );
}

function noteOf(operation: JsonObject): string[] {
  const note = operation["x-note"];
  return typeof note === "string" ? [note] : [];
}

function mark(at: number): string {
  return "\\*".repeat(at + 1);
}

/** The names, with `?` for those that may be left out. */
function parameters(entry: OperationEntry): string {
  const required = new Set(entry.requiredBodyProperties);
  const names = [
    ...entry.pathParameters,
    ...entry.queryParameters.map((name) => `${name}?`),
    ...entry.bodyProperties.map((name) => (required.has(name) ? name : `${name}?`)),
  ];
  return names.map((name) => `\`${name}\``).join(" ");
}

/** A row for each fragment of a server: where it is, of which API version, until when, and what it lacks. */
function targetsSection(all: readonly Fragment[], targets: readonly Target[]): string {
  const groups = new Set(groupsOf(targets));
  const fragments = all.filter(({ target }) => !groups.has(target));
  const main = Object.keys(operationsTable(fragments[0]!.description));
  const rows = fragments.map(({ name, target, apiVersion, description }, index) => {
    const has = new Set(Object.keys(operationsTable(description)));
    const until = targets.find((one) => one.name === target)?.supportedUntil;
    const lacks = main.filter((operation) => !has.has(operation));
    return [
      index === 0 ? "the root, `/operations`" : `\`/${name}\`, \`/${name}/operations\``,
      titleOf(target),
      apiVersion,
      until ?? "",
      lacks.map((operation) => `\`${operation}\``).join(" "),
    ];
  });
  return markdownTable(["subpath", "server", "API version", "supported until", "lacks"], rows);
}

/** `ghes-3.19` → `Enterprise Server 3.19`. */
function titleOf(target: string): string {
  if (target === "github") return "github.com";
  if (target === "ghec") return "Enterprise Cloud";
  return target.replace(/^ghes-?/, "Enterprise Server ").trim();
}

/** A Markdown table with columns of equal width, as formatters leave them. */
function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]!.length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  return [line(header), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join(
    "\n",
  );
}
