import type { OpenAPI3 } from "openapi-typescript";
import type ts from "typescript";
import { type Description, operationsOf } from "./description.ts";
import { InputError } from "./errors.ts";
import { isObject, type Json } from "./json.ts";
import { nameSchemas } from "./named-schemas.ts";
import { entriesOf, shareEntries, type TypeEntry } from "./shared-types.ts";

/** The literal that stands for "or any other string" until the types are printed. */
const openMarker = "x-extensible-enum: open";

/** The declarations of a fragment, made but not yet printed. */
export interface FragmentTypes {
  nodes: ts.Node[];
  /** Each schema, parameter, operation … by its name, without its comments. */
  entries: Map<string, TypeEntry>;
}

/**
 * The declarations of `paths`, `components` and `operations`, made by openapi-typescript.
 *
 * @param from What messages call the fragment.
 * @throws {InputError} when openapi-typescript refuses it.
 */
export async function makeTypes(
  fragment: Description,
  from = "the description",
): Promise<FragmentTypes> {
  refuseSharedIds(fragment, from);
  // Loaded when types are wanted only: it brings TypeScript's compiler along.
  const { default: openapiTS } = await import("openapi-typescript");
  const { default: compiler } = await import("typescript");
  const nodes = await openapiTS(withOpenEnums(fragment as unknown as Json) as unknown as OpenAPI3, {
    // A default says what the server assumes, not that the caller must send it.
    defaultNonNullable: false,
    silent: true,
  }).catch((error: unknown): never => {
    const [line] = (error as Error).message.split("\n");
    throw new InputError(`${from}: openapi-typescript cannot read it: ${line}`, { cause: error });
  });
  return { nodes, entries: entriesOf(compiler, nodes) };
}

/** openapi-typescript refuses it too, in many lines. */
function refuseSharedIds(fragment: Description, from: string): void {
  const known = new Map<unknown, string>();
  for (const { path, method, operation } of operationsOf(fragment)) {
    const id = operation["operationId"];
    const other = known.get(id);
    const name = `${method.toUpperCase()} ${path}`;
    if (id !== undefined && other !== undefined) {
      throw new InputError(
        `${from}: ${other} and ${name} have the same operationId ${id as string}`,
      );
    }
    known.set(id, name);
  }
}

/** Types that others are a variation of, and the module they are in. */
export interface BaseTypes {
  types: FragmentTypes;
  /** What to import them from, e.g. `./github.gen.ts`. */
  from: string;
}

/** How declarations are printed. */
export interface PrintOptions {
  /** Names for component schemas, each an interface of its own where the schema is an object: `{ Job: "job" }`. */
  names?: { readonly [name: string]: string };
  /** What to say above them. */
  comments?: { readonly [name: string]: string };
  /** What is the same there is taken from there. */
  base?: BaseTypes;
}

/** The TypeScript source of the declarations, and the names in it that are interfaces. */
export async function printTypes(
  types: FragmentTypes,
  { names = {}, comments = {}, base }: PrintOptions = {},
): Promise<{ source: string; declared: Set<string> }> {
  const { astToString } = await import("openapi-typescript");
  const { default: compiler } = await import("typescript");
  const shared = base && shareEntries(compiler, types, base.types);
  const { nodes, declared } = nameSchemas(compiler, shared ?? types.nodes, names, comments);
  const printed = plainComments(astToString(nodes))
    // `string & {}`: the editor still proposes the values known today.
    .replaceAll(JSON.stringify(openMarker), "(string & {})");
  const source =
    base === undefined
      ? printed
      : `import type * as base from ${JSON.stringify(base.from)};\n\n${printed}`;
  return { source, declared };
}

/** What a thing is stands in its comment's text, where editors show it first, and not indented under a tag. */
function plainComments(source: string): string {
  return source
    .replaceAll(/\/\*\* @description /g, "/** ")
    .replaceAll(
      /(\/\*\*\n)?^( *\*) @description /gm,
      (_, begin: string | undefined, star: string) =>
        begin === undefined ? `${star}\n${star} ` : `${begin}${star} `,
    )
    .replaceAll(/^( *\*) {5}/gm, "$1 ");
}

/** `x-extensible-enum`, the values known today, as an enum with one value more for those GitHub adds tomorrow. */
function withOpenEnums(value: Json): Json {
  if (Array.isArray(value)) return value.map(withOpenEnums);
  if (!isObject(value)) return value;
  const { "x-extensible-enum": known, ...schema } = value;
  const copy = Object.fromEntries(
    Object.entries(schema).map(([key, item]) => [key, withOpenEnums(item)]),
  );
  return Array.isArray(known) ? { ...copy, enum: [...known, openMarker] } : copy;
}
