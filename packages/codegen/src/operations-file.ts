import type { Description } from "./description.ts";
import { notice } from "./generated.ts";
import { operationComments } from "./operation-comments.ts";
import { type Naming, type OperationEntry, operationsTable } from "./operations-table.ts";

/** What an operations file refers to. */
export interface OperationsFileOptions {
  /** What the file says it is generated from. */
  from: string;
  /** The module of the fragment's types, e.g. `./github.gen.ts`. */
  types: string;
  /** Another fragment and the module of its table: the types of operations that are the same are taken from there. */
  base?: { fragment: Description; module: string };
  /** How the operations are named. */
  naming?: Naming | undefined;
}

/**
 * The TypeScript source of the operations table of a fragment: its exact type with the documentation of each operation,
 * and each operation as one row, which the file itself names the columns of. Written out, the table was the largest part
 * of a client in a browser's bundle.
 */
export function operationsFile(
  fragment: Description,
  { from, types, base, naming = {} }: OperationsFileOptions,
): string {
  const table = operationsTable(fragment, naming);
  const entries = Object.values(table);
  const starts: Starts = {
    // Their scope, so that a name is what follows it.
    id: sharedStart(entries.map(({ id }) => id.replace(/\/.*/, "/"))),
    path: sharedStart(entries.map(({ path }) => path)),
    url: sharedStart(entries.flatMap(({ documentationUrl }) => documentationUrl ?? [])),
  };
  const hasMore = entries.some(({ arrayParameters, mediaType }) => arrayParameters ?? mediaType);
  const more = (source: string): string => (hasMore ? source : "");
  const rows = entries.map((entry) => `  ${JSON.stringify(row(entry, starts))},\n`);
  return `${notice(from)}import type { paths } from ${JSON.stringify(types)};
${typeOf(fragment, table, base, naming)}
declare const description: unique symbol;

/** One operation: empty columns are 0, and left out at the end. */
type Row = [
  /** After what all ids start with. */
  id: string,
  method: string,
  /** After what all paths start with. */
  path: string,
  success: number | number[],
  summary?: string | 0,
  /** After what all documentation URLs start with; its anchor is left out when it is the summary's. */
  documentation?: string | 0,
  /** Alternatives: \`["actions:read,checks:read"]\`. */
  permissions?: string[] | 0,
  /** Whether it works without a token, where that is known. */
  publicRead?: boolean | 0,
  scopes?: string[] | 0,
  queryParameters?: string[] | 0,
  bodyProperties?: string[] | 0,
  requiredBodyProperties?: string[] | 0,
  items?: string | 0,
  deprecated?: true${more(` | 0,
  arrayParameters?: string[] | 0,
  mediaType?: string`)},
];

const rows: Row[] = [
${rows.join("")}];

const anchorOf = (heading: string) =>
  heading.toLowerCase().replaceAll(/[^\\w -]/g, "").replaceAll(" ", "-");

const entryOf = ([
  id,
  method,
  path,
  success,
  summary,
  documentation,
  permissions,
  publicRead,
  scopes,
  queryParameters,
  bodyProperties,
  requiredBodyProperties,
  items,
  deprecated,${more(`
  arrayParameters,
  mediaType,`)}
]: Row) => [
  ${nameSource(naming, starts)}.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
  {
    id: ${JSON.stringify(starts.id)} + id,
    method,
    path: ${JSON.stringify(starts.path)} + path,
    pathParameters: (${JSON.stringify(starts.path)} + path).match(/[^{}]+(?=})/g) ?? [],
    queryParameters: queryParameters || [],
    bodyProperties: bodyProperties || [],
    requiredBodyProperties: requiredBodyProperties || [],
    success: [success].flat(),
    ...(items && { items }),
    ...(summary && { summary }),
    ...(documentation && {
      documentationUrl:
        ${JSON.stringify(starts.url)} +
        documentation.replace(/#$/, () => "#" + anchorOf(summary || "")),
    }),
    ...(deprecated && { deprecated }),
    ...(permissions && {
      permissions: permissions.map((all) =>
        Object.fromEntries(all.split(",").map((one) => one.split(":") as [string, string])),
      ),
    }),
    ...(publicRead !== 0 && publicRead !== undefined && { publicRead }),
    scopes: scopes || [],${more(`
    ...(arrayParameters && { arrayParameters }),
    ...(mediaType && { mediaType }),`)}
  },
];

/** See {@link Operations}. Its type brings the \`paths\` of its description along, for a client that is given the table. */
export const operations = /* @__PURE__ */ Object.fromEntries(
  /* @__PURE__ */ rows.map(entryOf),
) as unknown as Operations & { readonly [description]?: paths };
`;
}

/** The expression of a name before its hyphens go: what {@link methodName} makes of the column `id` and its start. */
function nameSource({ homeScope }: Naming, { id: start }: Starts): string {
  if (homeScope === undefined) return start === "" ? `id.slice(id.indexOf("/") + 1)` : "id";
  const home = `${homeScope}/`;
  if (start === home) return "id";
  if (start !== "") return `(${JSON.stringify(start.replace("/", "."))} + id)`;
  const isHome = `id.startsWith(${JSON.stringify(home)})`;
  return `(${isHome} ? id.slice(${home.length}) : id.replace("/", "."))`;
}

/** What all values of a column start with. */
interface Starts {
  id: string;
  path: string;
  url: string;
}

const typeComment = `/**
 * What a program must know of each operation at run time, by its name in Octokit: its id, method and path, its path and
 * query parameters, the properties of its body and those it requires, its success statuses (302 for a download), and
 * \`items\`, the key of the list in a paged response; then what the documentation says of it: its summary and address,
 * whether it is deprecated, the fine-grained \`permissions\` (alternatives, each of which is enough), whether it works
 * without a token on public repositories, and the scopes that a classic token needs.
 */
`;

/** The table's type. A mapped type over it keeps the comments, so that they show on a client's methods. */
function typeOf(
  fragment: Description,
  table: { readonly [name: string]: OperationEntry },
  base: OperationsFileOptions["base"],
  naming: Naming,
): string {
  const types = typesOf(table);
  const other = base ? typesOf(operationsTable(base.fragment, naming)) : {};
  const shared = Object.keys(types).filter((name) => types[name] === other[name]);
  const comments = operationComments(fragment, table);
  const own = Object.keys(types)
    .filter((name) => !shared.includes(name))
    .map(
      (name) => `${indented(comments[name]!)}  readonly ${propertyKey(name)}: ${types[name]!};\n`,
    );
  const literal = own.length === 0 ? "" : `{\n${own.join("")}}`;
  if (base === undefined || shared.length === 0) {
    return `\n${typeComment}export type Operations = ${literal || "{}"};\n`;
  }
  const isWhole = shared.length === Object.keys(other).length;
  const names = shared.map((name) => `  | ${JSON.stringify(name)}\n`).join("");
  const taken = isWhole ? "Base" : `Pick<\n  Base,\n${names}>`;
  return `import type { Operations as Base } from ${JSON.stringify(base.module)};

${typeComment}export type Operations = ${[taken, literal].filter((part) => part !== "").join(" & ")};
`;
}

/** Each entry as a type. Of its summary and address the compiler need not know the words. */
function typesOf(table: { readonly [name: string]: OperationEntry }): { [name: string]: string } {
  const words = new Set(["summary", "documentationUrl"]);
  return Object.fromEntries(
    Object.entries(table).map(([name, entry]) => {
      const members = Object.entries(entry).map(
        ([key, value]) => `    readonly ${key}: ${words.has(key) ? "string" : literal(value)};\n`,
      );
      return [name, `{\n${members.join("")}  }`];
    }),
  );
}

/** A value as a type: `readonly` all through. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `readonly [${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([key, item]) => `readonly ${propertyKey(key)}: ${literal(item)}`,
  );
  return `{ ${members.join("; ")} }`;
}

function propertyKey(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, "  ");
}

/** An operation's columns. */
function row(entry: OperationEntry, starts: Starts): unknown[] {
  const { id, method, path, success, summary, permissions, publicRead } = entry;
  const columns = [
    id.slice(starts.id.length),
    method,
    path.slice(starts.path.length),
    success.length === 1 ? success[0] : success,
    summary ?? 0,
    documentation(entry, starts.url),
    permissions?.map((all) =>
      Object.entries(all)
        .map((one) => one.join(":"))
        .join(","),
    ) ?? 0,
    publicRead ?? 0,
    orZero(entry.scopes),
    orZero(entry.queryParameters),
    orZero(entry.bodyProperties),
    orZero(entry.requiredBodyProperties),
    entry.items ?? 0,
    entry.deprecated ?? 0,
    orZero(entry.arrayParameters ?? []),
    entry.mediaType ?? 0,
  ];
  while (columns.at(-1) === 0) columns.pop();
  return columns;
}

const orZero = (list: string[]): string[] | 0 => (list.length === 0 ? 0 : list);

/** The address of the documentation; its `#…` is left out when the summary says the same. */
function documentation({ documentationUrl, summary }: OperationEntry, start: string): string | 0 {
  if (documentationUrl === undefined) return 0;
  const rest = documentationUrl.slice(start.length);
  const anchor = summary === undefined ? "" : anchorOf(summary);
  return rest.endsWith(`#${anchor}`) ? rest.slice(0, rest.length - anchor.length) : rest;
}

/** The anchor of a heading on GitHub's pages. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w -]/g, "")
    .replaceAll(" ", "-");
}

/** What all of them start with, up to a slash. */
function sharedStart([first = "", ...others]: readonly string[]): string {
  let start = first;
  while (!start.endsWith("/") || !others.every((other) => other.startsWith(start)))
    if (start === "") break;
    else start = start.slice(0, -1);
  return start;
}
