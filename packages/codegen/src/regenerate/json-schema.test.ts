import { expect, test } from "vitest";
import type { Json } from "../json.ts";
import { jsonSchema } from "./json-schema.ts";

test.each<[string, Json, Json]>([
  [
    "what decides is kept, the rest left out",
    { type: "string", minLength: 1, example: "x", "x-a": 1, format: "uri" },
    { type: "string", minLength: 1 },
  ],
  [
    "nullable is spelled out",
    { type: "string", nullable: true, enum: ["a"] },
    { anyOf: [{ type: "string", enum: ["a"] }, { type: "null" }] },
  ],
  ["a component is one of $defs", { $ref: "#/components/schemas/job" }, { $ref: "#/$defs/job" }],
  [
    "schemas below are schemas, and names are names",
    {
      type: "object",
      properties: { example: { type: "string", title: "x" } },
      additionalProperties: { $ref: "#/components/schemas/a" },
    },
    {
      type: "object",
      properties: { example: { type: "string" } },
      additionalProperties: { $ref: "#/$defs/a" },
    },
  ],
  [
    "alternatives too",
    { oneOf: [{ type: "string", title: "x" }], not: { type: "null", title: "y" } },
    { oneOf: [{ type: "string" }], not: { type: "null" } },
  ],
  ["true stays true", true, true],
])("%s", (_, schema, expected) => {
  expect(jsonSchema(schema)).toEqual(expected);
});
