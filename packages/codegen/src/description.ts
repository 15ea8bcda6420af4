import { InputError } from "./errors.ts";
import { isObject, type Json, type JsonObject, location, valueAt } from "./json.ts";

/** An OpenAPI description, or a fragment of one: the parts this package reads, the rest untouched. */
export interface Description {
  /** The version of OpenAPI, e.g. `3.0.3`. */
  openapi: string;
  info: JsonObject;
  servers?: Json;
  security?: Json;
  externalDocs?: Json;
  paths: { [path: string]: JsonObject };
  components: { [section: string]: JsonObject };
}

/** The keys of a path item that hold an operation, in the order OpenAPI lists them. */
export const methods = [
  "get",
  "put",
  "post",
  "delete",
  "options",
  "head",
  "patch",
  "trace",
] as const;

/** One operation of a description and where it stands. */
export interface LocatedOperation {
  path: string;
  method: (typeof methods)[number];
  operation: JsonObject;
  /** The path item around it: its `parameters` and `servers` hold for the operation too. */
  item: JsonObject;
}

/** Every operation of a description, in the order of its paths. */
export function* operationsOf(description: Description): Generator<LocatedOperation> {
  for (const [path, value] of Object.entries(description.paths)) {
    const item = resolve(description, value) ?? {};
    for (const method of methods) {
      const operation = item[method];
      if (isObject(operation)) yield { path, method, operation, item };
    }
  }
}

/** The operation's id, or its method and path where it has none. */
export function operationName({ path, method, operation }: LocatedOperation): string {
  const id = operation["operationId"];
  return typeof id === "string" ? id : `${method.toUpperCase()} ${path}`;
}

/** The operation's id, or where it has none one that is made of its method and path: `get-runs-run_id`. */
export function operationId({ path, method, operation }: LocatedOperation): string {
  const id = operation["operationId"];
  return typeof id === "string" ? id : [method, ...(path.match(/[\w-]+/g) ?? [])].join("-");
}

/** The parameters of an operation: those of its path item, then its own. */
export function parameterObjects(
  description: Description,
  { item, operation }: Pick<LocatedOperation, "item" | "operation">,
): JsonObject[] {
  return [item, operation]
    .flatMap(({ parameters }) => (Array.isArray(parameters) ? parameters : []))
    .flatMap((parameter): JsonObject[] => [resolve(description, parameter)].filter(isObject));
}

/** The location a local `$ref` such as `#/components/schemas/job` names. */
export function refLocation(ref: string): string[] {
  return location(ref.startsWith("#") ? decodeRef(ref.slice(1)) : ref);
}

function decodeRef(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** The value a local `$ref` points at, or undefined. */
export function lookUp(description: Description, ref: string): Json | undefined {
  return ref.startsWith("#/")
    ? valueAt(description as unknown as Json, refLocation(ref))
    : undefined;
}

/** The value itself, or what it points at when it is a `$ref`; undefined when that is no object. */
export function resolve(description: Description, value: Json | undefined): JsonObject | undefined {
  const seen = new Set<string>();
  let resolved = value;
  while (isObject(resolved) && typeof resolved["$ref"] === "string") {
    const ref = resolved["$ref"];
    if (seen.has(ref)) throw new InputError(`${ref} is a circular $ref: it leads back to itself`);
    seen.add(ref);
    resolved = lookUp(description, ref);
    if (resolved === undefined) {
      throw new InputError(`${ref} is a dangling $ref: the description does not have it`);
    }
  }
  return isObject(resolved) ? resolved : undefined;
}
