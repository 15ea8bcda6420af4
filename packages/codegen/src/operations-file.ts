import type { Description } from "./description.ts";
import { notice } from "./generated.ts";
import { type OperationEntry, operationsTable } from "./operations-table.ts";

const typeComment = `/**
 * What a program must know of each operation at run time, by its name in Octokit: its id, method and path, its path and
 * query parameters, the properties of its body and those it requires, its success statuses (302 for a download), and
 * \`items\`, the key of the list in a paged response.
 */
`;

/**
 * The TypeScript source of the operations table of a fragment: its exact type, and each operation as one row, which
 * the file itself names the columns of. Written out, the table was the largest part of a client in a browser's bundle.
 */
export function operationsFile(fragment: Description, from: string): string {
  const table = operationsTable(fragment);
  const type = JSON.stringify(table, null, 2)
    .replaceAll(/^( +"[^"]+": )\[/gm, "$1readonly [")
    .replaceAll(/^( +)(?="[^"]+": )/gm, "$1readonly ");
  const entries = Object.values(table);
  const ids = sharedStart(entries.map(({ id }) => id));
  const paths = sharedStart(entries.map(({ path }) => path));
  const rows = entries.map((entry) => `  ${JSON.stringify(row(entry, ids, paths))},\n`);
  return `${notice(from)}${typeComment}export type Operations = ${type};

/** One operation: empty columns at the end are left out. */
type Row = [
  /** After what all ids start with. */
  id: string,
  method: string,
  /** After what all paths start with. */
  path: string,
  success: number | number[],
  queryParameters?: string[],
  bodyProperties?: string[],
  requiredBodyProperties?: string[],
  items?: string,
];

const rows: Row[] = [
${rows.join("")}];

/** See {@link Operations}. */
export const operations = /* @__PURE__ */ Object.fromEntries(
  /* @__PURE__ */ rows.map(
    ([id, method, path, success, queryParameters = [], bodyProperties = [], requiredBodyProperties = [], items]) => [
      id.replace(/.*\\//, "").replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
      {
        id: ${JSON.stringify(ids)} + id,
        method,
        path: ${JSON.stringify(paths)} + path,
        pathParameters: (${JSON.stringify(paths)} + path).match(/[^{}]+(?=})/g) ?? [],
        queryParameters,
        bodyProperties,
        requiredBodyProperties,
        success: [success].flat(),
        ...(items && { items }),
      },
    ],
  ),
) as unknown as Operations;
`;
}

/** An operation's columns, without the empty ones at the end. */
function row(entry: OperationEntry, ids: string, paths: string): unknown[] {
  const { id, method, path, success, queryParameters, bodyProperties, requiredBodyProperties } =
    entry;
  const lists = [queryParameters, bodyProperties, requiredBodyProperties];
  while (entry.items === undefined && lists.at(-1)?.length === 0) lists.pop();
  return [
    id.slice(ids.length),
    method,
    path.slice(paths.length),
    success.length === 1 ? success[0] : success,
    ...lists,
    ...(entry.items === undefined ? [] : [entry.items]),
  ];
}

/** What all of them start with, up to a slash. */
function sharedStart([first = "", ...others]: readonly string[]): string {
  let start = first;
  while (!start.endsWith("/") || !others.every((other) => other.startsWith(start)))
    if (start === "") break;
    else start = start.slice(0, -1);
  return start;
}
