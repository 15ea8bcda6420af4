import { type Description, refLocation } from "../description.ts";
import { isObject, isSame, type Json, type JsonObject, valueAt } from "../json.ts";

/** A location in a description. */
export type Location = readonly (string | number)[];

/** A schema and where it stands. */
export interface SchemaAt {
  schema: Json;
  location: Location;
}

/** A property of an object. */
export interface Property extends SchemaAt {
  isRequired: boolean;
}

/** What TypeScript makes of a value: `integer` and `number` are one kind. `any` says nothing about its value. */
export type Kind = "null" | "boolean" | "number" | "string" | "object" | "array" | "any";

/**
 * One alternative of a schema, with everything in it that decides about its TypeScript type: `$ref`s followed,
 * `allOf` put together, `oneOf`, `anyOf`, `nullable` and lists of types taken apart.
 */
export interface Shape {
  kind: Kind;
  location: Location;
  /** The only values (`enum`, `const`). */
  values?: readonly Json[];
  /** The values known today among any others (`x-extensible-enum`). */
  known?: readonly Json[];
  properties: ReadonlyMap<string, Property>;
  /** What properties of other names hold; undefined when there are none to be read. */
  others?: SchemaAt;
  items?: SchemaAt;
}

/** The schema itself, or the one at the end of its `$ref`s. */
export function follow(description: Description, { schema, location }: SchemaAt): SchemaAt {
  let found: SchemaAt = { schema, location };
  const seen = new Set<string>();
  while (isObject(found.schema) && typeof found.schema["$ref"] === "string") {
    const ref = found.schema["$ref"];
    if (seen.has(ref)) return { schema: true, location };
    seen.add(ref);
    const target = refLocation(ref);
    found = { schema: valueAt(description as unknown as Json, target) ?? true, location: target };
  }
  return found;
}

/** The alternatives of a schema, each once. */
export function shapesOf(
  description: Description,
  at: SchemaAt,
  trail: readonly string[] = [],
): Shape[] {
  const { schema, location } = follow(description, at);
  if (!isObject(schema)) return [{ kind: "any", location, properties: new Map() }];
  const name = location.join("/");
  // A schema made of itself says nothing more the second time.
  if (trail.includes(name)) return [{ kind: "any", location, properties: new Map() }];
  const below = [...trail, name];
  const branches = (keyword: string): Shape[][] => {
    const members = schema[keyword];
    if (!Array.isArray(members)) return [];
    return members.map((member, index) =>
      shapesOf(description, { schema: member, location: [...location, keyword, index] }, below),
    );
  };
  let shapes = ownShapes(schema, location);
  for (const part of branches("allOf")) shapes = intersection(shapes, part);
  for (const keyword of ["oneOf", "anyOf"]) {
    const alternatives = branches(keyword);
    if (alternatives.length > 0) shapes = intersection(shapes, alternatives.flat());
  }
  const isNullable = schema["nullable"] === true && !shapes.some(({ kind }) => kind === "null");
  return isNullable && !shapes.every(({ kind }) => kind === "any")
    ? [...shapes, nullShape(location)]
    : shapes;
}

function nullShape(location: Location): Shape {
  return { kind: "null", location, properties: new Map() };
}

/** What a schema says by itself, without its compositions. */
function ownShapes(schema: JsonObject, location: Location): Shape[] {
  const values = schema["const"] === undefined ? schema["enum"] : [schema["const"]];
  const closed = Array.isArray(values) ? values : undefined;
  const open = schema["x-extensible-enum"];
  return kindsOf(schema, closed).map((kind): Shape => {
    if (kind === "null") return nullShape(location);
    const shape: Shape = { kind, location, properties: new Map() };
    if (closed)
      shape.values = closed.filter((value) => kindOfValue(value) === kind || kind === "any");
    if (Array.isArray(open)) shape.known = open;
    if (kind === "object") {
      shape.properties = propertiesOf(schema, location);
      const others = otherProperties(schema, location);
      if (others) shape.others = others;
    }
    if (kind === "array") {
      shape.items = { schema: schema["items"] ?? true, location: [...location, "items"] };
    }
    return shape;
  });
}

function kindsOf(schema: JsonObject, values: readonly Json[] | undefined): Kind[] {
  const types = Array.isArray(schema["type"]) ? schema["type"] : [schema["type"]];
  const named = types.flatMap((type) => (typeof type === "string" ? [kindOfType(type)] : []));
  if (values?.includes(null)) named.push("null");
  if (named.some((kind) => kind !== "null")) return [...new Set(named)];
  if (values !== undefined) return [...new Set(values.map(kindOfValue))];
  if (named.length > 0) return ["null"];
  if (schema["properties"] !== undefined || schema["additionalProperties"] !== undefined) {
    return ["object"];
  }
  return schema["items"] === undefined ? ["any"] : ["array"];
}

function kindOfType(type: string): Kind {
  return type === "integer" ? "number" : (type as Kind);
}

function kindOfValue(value: Json): Kind {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : (typeof value as Kind);
}

function propertiesOf(schema: JsonObject, location: Location): Map<string, Property> {
  const properties = isObject(schema["properties"]) ? schema["properties"] : {};
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  return new Map(
    Object.entries(properties).map(([name, property]) => [
      name,
      {
        schema: property,
        location: [...location, "properties", name],
        isRequired: required.includes(name),
      },
    ]),
  );
}

function otherProperties(schema: JsonObject, location: Location): SchemaAt | undefined {
  const others = schema["additionalProperties"];
  if (others === undefined || others === false) return undefined;
  return { schema: others, location: [...location, "additionalProperties"] };
}

/** What is both: the pairs of alternatives that have a value in common. */
function intersection(left: readonly Shape[], right: readonly Shape[]): Shape[] {
  const both: Shape[] = [];
  for (const a of left) {
    for (const b of right) {
      const shape = intersect(a, b);
      if (shape !== undefined && !both.some((other) => isSameShape(other, shape))) both.push(shape);
    }
  }
  return both;
}

function intersect(a: Shape, b: Shape): Shape | undefined {
  if (a.kind === "any") return b;
  if (b.kind === "any") return a;
  if (a.kind !== b.kind) return undefined;
  const values =
    a.values && b.values
      ? a.values.filter((value) => b.values!.some((other) => isSame(value, other)))
      : (a.values ?? b.values);
  const known = a.known ?? b.known;
  const others = a.others ?? b.others;
  const items = a.items ?? b.items;
  return {
    kind: a.kind,
    location: b.location,
    ...(values && { values }),
    ...(known && { known }),
    properties: mergedProperties(a, b),
    ...(others && { others }),
    ...(items && { items }),
  };
}

function mergedProperties(a: Shape, b: Shape): Map<string, Property> {
  const merged = new Map(a.properties);
  for (const [name, property] of b.properties) {
    const other = a.properties.get(name);
    merged.set(
      name,
      other === undefined
        ? property
        : {
            schema: { allOf: [other.schema, property.schema] },
            location: property.location,
            isRequired: other.isRequired || property.isRequired,
          },
    );
  }
  return merged;
}

function isSameShape(a: Shape, b: Shape): boolean {
  return a.kind === b.kind && isSame([...a.location], [...b.location]);
}
