import {
  type Description,
  type LocatedOperation,
  operationName,
  operationsOf,
} from "../description.ts";
import { isObject, type Json, type JsonObject } from "../json.ts";
import type { Comparison, Direction } from "./comparison.ts";
import { compareKeywords } from "./docs.ts";
import { compareSchemas } from "./schemas.ts";
import { follow, type Location, type SchemaAt } from "./shape.ts";

/** Compares all operations, matched by their id. Gives the ids of those that are gone. */
export function compareOperations(comparison: Comparison): string[] {
  const before = byName(comparison.before);
  const after = byName(comparison.after);
  const gone = [...before.keys()].filter((name) => !after.has(name));
  for (const name of gone) {
    const { path, method } = before.get(name)!;
    comparison.gone(
      "breaking",
      ["paths", path, method],
      (subject) => `the operation ${subject} is gone.`,
    );
  }
  for (const [name, now] of after) {
    const old = before.get(name);
    if (old === undefined) {
      comparison.changed(
        "additive",
        locationOf(now),
        (subject) => `the operation ${subject} is new.`,
      );
    } else {
      compareOperation(comparison, old, now);
    }
  }
  return gone.sort();
}

function byName(description: Description): Map<string, LocatedOperation> {
  return new Map(
    [...operationsOf(description)].map((located) => [operationName(located), located]),
  );
}

function locationOf({ path, method }: LocatedOperation): Location {
  return ["paths", path, method];
}

const apart = new Set(["parameters", "requestBody", "responses", "callbacks", "operationId"]);

function compareOperation(
  comparison: Comparison,
  old: LocatedOperation,
  now: LocatedOperation,
): void {
  if (old.path !== now.path || old.method !== now.method) {
    const [was, is] = [old, now].map(({ path, method }) => `${method.toUpperCase()} ${path}`);
    comparison.changed(
      "breaking",
      locationOf(now),
      (subject) => `${subject} was ${was} and is now ${is}.`,
    );
  }
  compareKeywords(comparison, old.operation, now.operation, locationOf(now), apart);
  compareParameters(comparison, old, now);
  compareBodies(comparison, old, now);
  compareResponses(comparison, old, now);
}

interface Parameter extends SchemaAt {
  schema: JsonObject;
  isRequired: boolean;
}

function parametersOf(description: Description, located: LocatedOperation): Map<string, Parameter> {
  const { path, operation, item } = located;
  const lists: [Json | undefined, Location][] = [
    [item["parameters"], ["paths", path, "parameters"]],
    [operation["parameters"], [...locationOf(located), "parameters"]],
  ];
  const parameters = new Map<string, Parameter>();
  for (const [list, location] of lists) {
    for (const [index, schema] of (Array.isArray(list) ? list : []).entries()) {
      const at = follow(description, { schema, location: [...location, index] });
      if (!isObject(at.schema)) continue;
      const isRequired = at.schema["required"] === true || at.schema["in"] === "path";
      const name = `${at.schema["in"] as string} ${at.schema["name"] as string}`;
      parameters.set(name, { schema: at.schema, location: at.location, isRequired });
    }
  }
  return parameters;
}

const parameterKeywords = new Set(["name", "in", "required", "schema", "content"]);

function compareParameters(
  comparison: Comparison,
  old: LocatedOperation,
  now: LocatedOperation,
): void {
  const before = parametersOf(comparison.before, old);
  const after = parametersOf(comparison.after, now);
  const name = `\`${operationName(now)}\``;
  for (const [key, parameter] of before) {
    if (after.has(key)) continue;
    comparison.gone(
      "breaking",
      parameter.location,
      () => `${words(parameter)} of ${name} is gone.`,
    );
  }
  for (const [key, parameter] of after) {
    const { location, isRequired } = parameter;
    const was = before.get(key);
    if (was === undefined) {
      comparison.changed(
        isRequired ? "breaking" : "additive",
        location,
        () => `${words(parameter)} of ${name} is new${isRequired ? " and required" : ""}.`,
      );
      continue;
    }
    if (was.isRequired !== isRequired) {
      comparison.changed(
        isRequired ? "breaking" : "additive",
        location,
        () =>
          `${words(parameter)} of ${name} ${isRequired ? "is now required" : "is now optional"}.`,
      );
    }
    if (comparison.isFirst("docs", was, parameter)) {
      compareKeywords(comparison, was.schema, parameter.schema, location, parameterKeywords);
    }
    compareSchemas(comparison, "request", schemaOf(was), schemaOf(parameter));
  }
}

function words({ schema }: Parameter): string {
  return `The ${schema["in"] as string} parameter \`${schema["name"] as string}\``;
}

function schemaOf({ schema, location }: Parameter): SchemaAt {
  return { schema: schema["schema"] ?? true, location: [...location, "schema"] };
}

function compareBodies(comparison: Comparison, old: LocatedOperation, now: LocatedOperation): void {
  const body = (description: Description, located: LocatedOperation) => {
    const schema = located.operation["requestBody"];
    if (schema === undefined) return undefined;
    const at = follow(description, { schema, location: [...locationOf(located), "requestBody"] });
    return isObject(at.schema) ? { ...at, schema: at.schema } : undefined;
  };
  const before = body(comparison.before, old);
  const after = body(comparison.after, now);
  const isRequired = after?.schema["required"] === true;
  if (before === undefined && after === undefined) return;
  if (after === undefined) {
    comparison.gone("breaking", before!.location, (subject) => `${subject} is gone.`);
  } else if (before === undefined) {
    comparison.changed(
      isRequired ? "breaking" : "additive",
      after.location,
      (subject) => `${subject} is new${isRequired ? " and required" : ""}.`,
    );
  } else {
    if ((before.schema["required"] === true) !== isRequired) {
      comparison.changed(
        isRequired ? "breaking" : "additive",
        after.location,
        (subject) => `${subject} ${isRequired ? "is now required" : "is now optional"}.`,
      );
    }
    compareKeywords(
      comparison,
      before.schema,
      after.schema,
      after.location,
      new Set(["required", "content"]),
    );
    compareContents(comparison, "request", before, after);
  }
}

function compareResponses(
  comparison: Comparison,
  old: LocatedOperation,
  now: LocatedOperation,
): void {
  const before = responsesOf(comparison.before, old);
  const after = responsesOf(comparison.after, now);
  const gone = [...before.keys()].filter((status) => !after.has(status));
  const come = [...after.keys()].filter((status) => !before.has(status));
  const [was, is] = [gone.filter(isSuccess), come.filter(isSuccess)];
  const at = [...locationOf(now), "responses"];
  const name = `\`${operationName(now)}\``;
  if (was.length > 0 && is.length > 0) {
    comparison.changed(
      "breaking",
      [...at, is[0]!],
      () => `The success status of ${name} was ${was.join(", ")} and is now ${is.join(", ")}.`,
    );
  }
  for (const status of gone) {
    if (isSuccess(status) && is.length > 0) continue;
    comparison.gone(
      "breaking",
      [...locationOf(old), "responses", status],
      () => `${name} no longer returns ${status}.`,
    );
  }
  for (const status of come) {
    if (isSuccess(status) && was.length > 0) continue;
    // Who reads the data must now tell two kinds of success apart; a documented error only adds to the types.
    comparison.changed(
      isSuccess(status) ? "breaking" : "additive",
      [...at, status],
      () => `${name} may now return ${status}.`,
    );
  }
  for (const [status, response] of after) {
    const older = before.get(status);
    if (older === undefined || !comparison.isFirst("response", older, response)) continue;
    compareKeywords(
      comparison,
      older.schema,
      response.schema,
      response.location,
      new Set(["content", "headers"]),
    );
    compareHeaders(comparison, older, response);
    compareContents(comparison, "response", older, response);
  }
}

function isSuccess(status: string): boolean {
  return /^[23]/.test(status);
}

interface ObjectAt extends SchemaAt {
  schema: JsonObject;
}

function responsesOf(description: Description, located: LocatedOperation): Map<string, ObjectAt> {
  return entriesOf(description, located.operation["responses"], [
    ...locationOf(located),
    "responses",
  ]);
}

/** The objects of a map by their names, with their `$ref`s followed. */
function entriesOf(
  description: Description,
  map: Json | undefined,
  location: Location,
): Map<string, ObjectAt> {
  if (!isObject(map)) return new Map();
  return new Map(
    Object.entries(map).flatMap(([name, schema]) => {
      const at = follow(description, { schema, location: [...location, name] });
      return isObject(at.schema) ? [[name, { ...at, schema: at.schema }]] : [];
    }),
  );
}

function compareHeaders(comparison: Comparison, old: ObjectAt, now: ObjectAt): void {
  const before = entriesOf(comparison.before, old.schema["headers"], [...old.location, "headers"]);
  const after = entriesOf(comparison.after, now.schema["headers"], [...now.location, "headers"]);
  for (const name of before.keys()) {
    if (after.has(name)) continue;
    comparison.gone(
      "breaking",
      [...old.location, "headers", name],
      (subject) => `the header ${subject} is gone.`,
    );
  }
  for (const [name, header] of after) {
    const was = before.get(name);
    if (was === undefined) {
      comparison.changed(
        "additive",
        [...now.location, "headers", name],
        (subject) => `the header ${subject} is new.`,
      );
      continue;
    }
    if (comparison.isFirst("docs", was, header)) {
      compareKeywords(
        comparison,
        was.schema,
        header.schema,
        header.location,
        new Set(["schema", "required"]),
      );
    }
    compareSchemas(comparison, "response", headerSchema(was), headerSchema(header));
  }
}

function headerSchema({ schema, location }: ObjectAt): SchemaAt {
  return { schema: schema["schema"] ?? true, location: [...location, "schema"] };
}

function compareContents(
  comparison: Comparison,
  direction: Direction,
  old: ObjectAt,
  now: ObjectAt,
): void {
  const before = entriesOf(comparison.before, old.schema["content"], [...old.location, "content"]);
  const after = entriesOf(comparison.after, now.schema["content"], [...now.location, "content"]);
  for (const [type, media] of before) {
    if (after.has(type)) continue;
    comparison.gone("breaking", media.location, (subject) => `${subject} is no longer ${type}.`);
  }
  for (const [type, media] of after) {
    const was = before.get(type);
    if (was === undefined) {
      comparison.changed("additive", media.location, (subject) => `${subject} may now be ${type}.`);
      continue;
    }
    compareKeywords(
      comparison,
      was.schema,
      media.schema,
      media.location,
      new Set(["schema", "encoding"]),
    );
    compareSchemas(
      comparison,
      direction,
      { schema: was.schema["schema"] ?? true, location: [...was.location, "schema"] },
      { schema: media.schema["schema"] ?? true, location: [...media.location, "schema"] },
    );
  }
}
