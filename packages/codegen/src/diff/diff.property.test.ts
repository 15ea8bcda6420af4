import * as fc from "fast-check";
import { expect, test } from "vitest";
import { smallDescription } from "../../test/small-description.ts";
import type { Description } from "../description.ts";
import { isObject, type Json } from "../json.ts";
import { diff } from "./diff.ts";

const leaf = fc.oneof(
  fc.record({ type: fc.constantFrom("string", "integer", "boolean"), nullable: fc.boolean() }),
  fc.record({
    type: fc.constant("string"),
    enum: fc.uniqueArray(fc.constantFrom("a", "b", "c"), { minLength: 1 }),
  }),
  fc.constant({ $ref: "#/components/schemas/thing" }),
  fc.constant({ $ref: "#/components/schemas/owner" }),
);

const { schema } = fc.letrec<{ schema: Json }>((tie) => ({
  schema: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.record({ type: fc.constant("array"), items: tie("schema") }),
    fc.record({
      type: fc.constant("object"),
      properties: fc.dictionary(fc.constantFrom("x", "y", "z"), tie("schema")),
      required: fc.uniqueArray(fc.constantFrom("x", "y", "z")),
    }),
    fc.record({ oneOf: fc.array(tie("schema"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ allOf: fc.array(tie("schema"), { minLength: 1, maxLength: 2 }) }),
  ),
}));

/** The small description whose thing has one property more. */
function withProperty(property: Json): Description {
  const description = smallDescription();
  const properties = (
    description.components["schemas"]!["thing"] as { properties: { [name: string]: Json } }
  ).properties;
  properties["extra"] = property;
  return description;
}

function shuffled(value: Json): Json {
  if (Array.isArray(value)) return value.map(shuffled);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, shuffled(item)]),
  );
}

test("a description never differs from itself, whatever the order of its keys", () => {
  fc.assert(
    fc.property(schema, (property) => {
      expect(diff(withProperty(property), withProperty(shuffled(property))).changes).toEqual([]);
    }),
  );
});

test("every change is worth a bump, and none is reported twice", () => {
  fc.assert(
    fc.property(schema, schema, (before, after) => {
      const { bump, changes } = diff(withProperty(before), withProperty(after));
      expect(bump === "none").toBe(changes.length === 0);
      const reported = changes.map(({ pointer, message }) => `${pointer} ${message}`);
      expect(new Set(reported).size).toBe(reported.length);
    }),
  );
});

test("null added to a schema that has none is breaking in a response, and additive on the way back", () => {
  fc.assert(
    fc.property(fc.constantFrom("string", "integer", "object", "array"), (type) => {
      const plain = withProperty({ type });
      const nullable = withProperty({ type, nullable: true });
      expect(diff(plain, nullable).bump).toBe("major");
      expect(diff(nullable, plain).bump).toBe("minor");
    }),
  );
});
