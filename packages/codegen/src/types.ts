import openapiTS, { astToString, type OpenAPI3 } from "openapi-typescript";
import ts from "typescript";
import type { Description } from "./description.ts";

/** TypeScript declarations (`paths`, `components`, `operations`) of a fragment, printed by openapi-typescript. */
export async function types(fragment: Description): Promise<string> {
  const nodes = await openapiTS(fragment as unknown as OpenAPI3, {
    // A default says what the server assumes, not that the caller must send it.
    defaultNonNullable: false,
    // `x-extensible-enum`: the values known today, open for those GitHub adds tomorrow.
    transform(schema) {
      const known = (schema as { "x-extensible-enum"?: string[] })["x-extensible-enum"];
      if (known === undefined) return undefined;
      const open = ts.factory.createIntersectionTypeNode([
        ts.factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
        ts.factory.createTypeLiteralNode([]),
      ]);
      const literals = known.map((value) =>
        ts.factory.createLiteralTypeNode(ts.factory.createStringLiteral(value)),
      );
      return ts.factory.createUnionTypeNode([
        ...literals,
        ts.factory.createParenthesizedType(open),
      ]);
    },
  });
  return astToString(nodes);
}
