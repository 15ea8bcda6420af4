// The table of methods in core's README, made from the operations table. Run it to write the table.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fragment from "@workflow-runs/openapi-types/fragments/github.json" with { type: "json" };
import { operations } from "@workflow-runs/openapi-types/operations";
import type { Operation } from "../src/index.ts";

const begin = "<!-- methods -->";
const end = "<!-- end -->";

/** Where the table stands. */
export const readme: string = join(import.meta.dirname, "../README.md");

/** What is said of an operation beside the table (`x-note`), by its id: where GitHub does not do what its page says. */
const notes = new Map(
  Object.values(fragment.paths)
    .flatMap((item) => Object.values<{ operationId?: string; "x-note"?: string }>(item))
    .flatMap(({ operationId = "", "x-note": note }) =>
      note ? [[operationId, note] as const] : [],
    ),
);

/** An asterisk for the first note, two for the second. */
function mark(note: string): string {
  return "\\*".repeat([...new Set(notes.values())].indexOf(note) + 1);
}

/** The text of the README with the table as it should be. */
export function withMethods(text: string): string {
  const start = text.indexOf(begin) + begin.length;
  return `${text.slice(0, start)}\n\n${methodsTable()}\n\n${text.slice(text.indexOf(end, start))}`;
}

function methodsTable(): string {
  const rows = Object.entries<Operation>(operations).map(([name, operation]) => {
    const {
      id,
      documentationUrl,
      summary = "",
      deprecated,
      permissions = [],
      publicRead,
    } = operation;
    const note = notes.get(id);
    const title = documentationUrl ? `[\`${name}\`](${documentationUrl})` : `\`${name}\``;
    const needs = permissions.map((all) =>
      Object.entries(all)
        .map(([permission, level]) => `${permission}: ${level}`)
        .join(" and "),
    );
    return [
      title,
      deprecated ? `${summary} (deprecated)` : summary,
      needs.join(", or "),
      publicRead ? `yes${note === undefined ? "" : ` ${mark(note)}`}` : "",
    ];
  });
  const header = ["method", "what it does", "permission", "public without a token"];
  const widths = header.map((_, column) =>
    Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const table = [header, widths.map((width) => "-".repeat(width)), ...rows].map(line).join("\n");
  return [table, ...[...new Set(notes.values())].map((note) => `${mark(note)} ${note}`)].join(
    "\n\n",
  );
}

if (import.meta.main) writeFileSync(readme, withMethods(readFileSync(readme, "utf8")));
