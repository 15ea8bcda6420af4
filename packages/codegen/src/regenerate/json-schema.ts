import { isObject, type Json, type JsonObject } from "../json.ts";

/** The keywords that decide whether a value fits; `format` is not one of them. */
const assertions = new Set([
  "type",
  "enum",
  "const",
  "required",
  "multipleOf",
  "maximum",
  "exclusiveMaximum",
  "minimum",
  "exclusiveMinimum",
  "maxLength",
  "minLength",
  "pattern",
  "maxItems",
  "minItems",
  "uniqueItems",
  "maxProperties",
  "minProperties",
]);

const ofSchema = new Set(["items", "additionalProperties", "not", "contains", "propertyNames"]);
const ofSchemas = new Set(["allOf", "anyOf", "oneOf", "prefixItems"]);
const ofNames = new Set(["properties", "patternProperties"]);

/**
 * The JSON Schema that an OpenAPI schema stands for: only what decides whether a value fits, `nullable` spelled out,
 * and components referred to as `#/$defs/…`.
 */
export function jsonSchema(schema: Json): Json {
  if (!isObject(schema)) return schema;
  const ref = schema["$ref"];
  if (typeof ref === "string") return { $ref: ref.replace("#/components/schemas/", "#/$defs/") };
  const plain: JsonObject = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (assertions.has(keyword)) plain[keyword] = value;
    else if (ofSchema.has(keyword)) plain[keyword] = jsonSchema(value);
    else if (ofSchemas.has(keyword) && Array.isArray(value)) plain[keyword] = value.map(jsonSchema);
    else if (ofNames.has(keyword) && isObject(value)) {
      plain[keyword] = Object.fromEntries(
        Object.entries(value).map(([name, property]) => [name, jsonSchema(property)]),
      );
    }
  }
  return schema["nullable"] === true ? { anyOf: [plain, { type: "null" }] } : plain;
}
