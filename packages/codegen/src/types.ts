import type { OpenAPI3 } from "openapi-typescript";
import type { Description } from "./description.ts";
import { isObject, type Json } from "./json.ts";

/** The literal that stands for "or any other string" until the types are printed. */
const openMarker = "x-extensible-enum: open";

/** TypeScript declarations (`paths`, `components`, `operations`) of a fragment, printed by openapi-typescript. */
export async function types(fragment: Description): Promise<string> {
  // Loaded when types are wanted only: it brings TypeScript's compiler along.
  const { default: openapiTS, astToString } = await import("openapi-typescript");
  const nodes = await openapiTS(withOpenEnums(fragment as unknown as Json) as unknown as OpenAPI3, {
    // A default says what the server assumes, not that the caller must send it.
    defaultNonNullable: false,
    silent: true,
  });
  // `string & {}`: the editor still proposes the values known today.
  return astToString(nodes).replaceAll(JSON.stringify(openMarker), "(string & {})");
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
