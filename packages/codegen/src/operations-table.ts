import {
  type Description,
  operationId,
  operationsOf,
  parameterObjects,
  resolve,
} from "./description.ts";
import { InputError } from "./errors.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";
import { operationAccess, type Permissions } from "./operation-access.ts";

/** What a client or a fake must know of an operation at run time. */
export interface OperationEntry {
  id: string;
  method: string;
  path: string;
  pathParameters: string[];
  queryParameters: string[];
  /** The properties a JSON body may have; empty when the operation takes no body. */
  bodyProperties: string[];
  /** Those of the body's properties that every form of the body requires. */
  requiredBodyProperties: string[];
  /** The success statuses; 302 for a download. */
  success: number[];
  /** The key of the list in a paged response. */
  items?: string;
  /** What it does, as GitHub's documentation calls it. */
  summary?: string;
  /** Its page in GitHub's documentation. */
  documentationUrl?: string;
  /** There, and true, when the operation is on its way out. */
  deprecated?: true;
  /** The fine-grained permissions: alternatives, each of which is enough. */
  permissions?: Permissions[];
  /** Whether the documentation says that it works without a token on public repositories. */
  publicRead?: boolean;
  /** The scopes that an OAuth or classic personal access token needs, on private repositories at least. */
  scopes: string[];
  /** Those of the query parameters that take a list. */
  arrayParameters?: string[];
  /** The media type of a success whose body is no JSON, e.g. `text/plain`. */
  mediaType?: string;
}

/** How the operations of a table are named. */
export interface Naming {
  /**
   * With Octokit's scope in front (`checks.get`), for operations of several pages, whose names are not unique without;
   * those of this scope are named without it, as the others of the same page are. @default every name without its scope
   */
  homeScope?: string | undefined;
}

/**
 * The operations of a fragment by their camelCase name, in the order of the names.
 *
 * @throws {InputError} when two operations have the same name.
 */
export function operationsTable(
  fragment: Description,
  naming: Naming = {},
): { [name: string]: OperationEntry } {
  const entries = [...operationsOf(fragment)].map((located) => {
    const { path, method, operation } = located;
    const id = operationId(located);
    const parameters = parameterObjects(fragment, located);
    const names = (location: string) => namesOf(parameters, location);
    const arrayParameters = namesOf(
      parameters.filter(({ schema }) => takesArray(fragment, schema)),
      "query",
    );
    const mediaType = otherMediaType(fragment, operation);
    const body = bodySchema(fragment, operation);
    const items = names("query").includes("page") ? listKey(fragment, operation) : undefined;
    const entry: OperationEntry = {
      id,
      method,
      path,
      pathParameters: path.match(/[^{}]+(?=\})/g) ?? [],
      queryParameters: names("query"),
      bodyProperties: body ? propertiesOf(fragment, body) : [],
      requiredBodyProperties: body ? requiredOf(fragment, body) : [],
      success: successStatuses(operation),
      ...(items !== undefined && { items }),
      ...documentation(operation),
      ...operationAccess(operation),
      ...(arrayParameters.length > 0 && { arrayParameters }),
      ...(mediaType !== undefined && { mediaType }),
    };
    return [methodName(id, naming), entry] as const;
  });
  refuseSharedNames(entries);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Without this one of two operations would be missing in silence. */
function refuseSharedNames(entries: readonly (readonly [string, OperationEntry])[]): void {
  const ids = new Map<string, string>();
  for (const [name, { id }] of entries) {
    const other = ids.get(name);
    if (other !== undefined) {
      throw new InputError(
        `${other} and ${id} would both be called ${name} in the operations table; select one of them`,
      );
    }
    ids.set(name, id);
  }
}

/** `actions/list-workflow-runs-for-repo` → `listWorkflowRunsForRepo`, as in Octokit; with scopes `checks/get` → `checks.get`. */
export function methodName(id: string, { homeScope }: Naming = {}): string {
  const isScoped = homeScope !== undefined && !id.startsWith(`${homeScope}/`);
  // An operations file makes its names by the same rules, see `nameSource`.
  const name = isScoped ? id.replace("/", ".") : id.slice(id.indexOf("/") + 1);
  return name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** The names of the parameters in a location (`path`, `query`). */
function namesOf(parameters: readonly JsonObject[], location: string): string[] {
  const names = parameters
    .filter((parameter) => parameter["in"] === location)
    .map(({ name }) => name as string);
  return [...new Set(names)];
}

/** Whether one of the forms of a schema is a list. */
function takesArray(fragment: Description, value: Json | undefined): boolean {
  const schema = resolve(fragment, value);
  if (schema === undefined) return false;
  const alternatives = ["anyOf", "oneOf", "allOf"].flatMap((key) => schema[key] ?? []);
  return (
    [schema["type"]].flat().includes("array") ||
    alternatives.some((alternative) => takesArray(fragment, alternative))
  );
}

function documentation(
  operation: JsonObject,
): Pick<OperationEntry, "summary" | "documentationUrl" | "deprecated"> {
  const { summary, externalDocs, deprecated } = operation;
  const url = isObject(externalDocs) ? externalDocs["url"] : undefined;
  return {
    ...(isText(summary) && { summary: summary.trim() }),
    ...(isText(url) && { documentationUrl: url }),
    ...(deprecated === true && { deprecated }),
  };
}

function isText(value: Json | undefined): value is string {
  return typeof value === "string" && value.trim() !== "";
}

function successStatuses(operation: JsonObject): number[] {
  const responses = isObject(operation["responses"]) ? operation["responses"] : {};
  return Object.keys(responses)
    .map(Number)
    .filter((status) => status >= 200 && status < 400);
}

/** The first media type of the successes, when they have content and none of it is JSON. */
function otherMediaType(fragment: Description, operation: JsonObject): string | undefined {
  const responses = isObject(operation["responses"]) ? operation["responses"] : {};
  const types = Object.entries(responses)
    .filter(([status]) => status.startsWith("2"))
    .flatMap(([, response]) => {
      const content = resolve(fragment, resolve(fragment, response)?.["content"]);
      return Object.keys(content ?? {});
    });
  return types.some((type) => type.includes("json")) ? undefined : types[0];
}

function jsonSchema(fragment: Description, holder: JsonObject | undefined): JsonObject | undefined {
  const content = resolve(fragment, holder?.["content"]);
  return resolve(fragment, resolve(fragment, content?.["application/json"])?.["schema"]);
}

/** The schema of an operation's JSON body. */
export function bodySchema(fragment: Description, operation: JsonObject): JsonObject | undefined {
  return jsonSchema(fragment, resolve(fragment, operation["requestBody"]));
}

/** The property of the first success response that is a list, when there is exactly one. */
function listKey(fragment: Description, operation: JsonObject): string | undefined {
  const responses = operation["responses"] as JsonObject;
  const schema = jsonSchema(
    fragment,
    resolve(fragment, responses[String(successStatuses(operation)[0])]),
  );
  const properties = isObject(schema?.["properties"]) ? schema["properties"] : {};
  const lists = Object.keys(properties).filter(
    (key) => resolve(fragment, properties[key])?.["type"] === "array",
  );
  return lists.length === 1 ? lists[0] : undefined;
}

function forms(fragment: Description, schema: JsonObject): JsonObject[] {
  const alternatives = schema["anyOf"] ?? schema["oneOf"];
  if (!Array.isArray(alternatives)) return [schema];
  return alternatives
    .map((form) => resolve(fragment, form)!)
    .flatMap((form) => forms(fragment, form));
}

function propertiesOf(fragment: Description, schema: JsonObject): string[] {
  const names = forms(fragment, schema).flatMap((form) =>
    isObject(form["properties"]) ? Object.keys(form["properties"]) : [],
  );
  return [...new Set(names)];
}

function requiredOf(fragment: Description, schema: JsonObject): string[] {
  const required = forms(fragment, schema).map((form) =>
    Array.isArray(form["required"]) ? form["required"].map(String) : [],
  );
  return required.reduce((shared, names) => shared.filter((name) => names.includes(name)));
}
