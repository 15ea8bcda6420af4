import { type Description, operationsOf, resolve } from "./description.ts";
import { isObject, type JsonObject } from "./json.ts";

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
}

/** The operations of a fragment by their camelCase name, in the order of the names. */
export function operationsTable(fragment: Description): { [name: string]: OperationEntry } {
  const entries = [...operationsOf(fragment)].map(({ path, method, operation }) => {
    const id = operation["operationId"] as string;
    const names = (place: string) => parameterNames(fragment, operation, place);
    const body = bodySchema(fragment, operation);
    const items = listKey(fragment, operation);
    const entry: OperationEntry = {
      id,
      method,
      path,
      pathParameters: names("path"),
      queryParameters: names("query"),
      bodyProperties: body ? propertiesOf(fragment, body) : [],
      requiredBodyProperties: body ? requiredOf(fragment, body) : [],
      success: successStatuses(operation),
      ...(items === undefined ? {} : { items }),
    };
    return [methodName(id), entry] as const;
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `actions/list-workflow-runs-for-repo` → `listWorkflowRunsForRepo`, as in Octokit. */
export function methodName(operationId: string): string {
  return operationId
    .slice(operationId.indexOf("/") + 1)
    .replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function parameterNames(fragment: Description, operation: JsonObject, place: string): string[] {
  const parameters = Array.isArray(operation["parameters"]) ? operation["parameters"] : [];
  return parameters
    .map((parameter) => resolve(fragment, parameter))
    .filter((parameter) => parameter?.["in"] === place)
    .map((parameter) => parameter!["name"] as string);
}

function successStatuses(operation: JsonObject): number[] {
  const responses = isObject(operation["responses"]) ? operation["responses"] : {};
  return Object.keys(responses)
    .map(Number)
    .filter((status) => status >= 200 && status < 400);
}

function jsonSchema(fragment: Description, holder: JsonObject | undefined): JsonObject | undefined {
  const content = resolve(fragment, holder?.["content"]);
  return resolve(fragment, resolve(fragment, content?.["application/json"])?.["schema"]);
}

function bodySchema(fragment: Description, operation: JsonObject): JsonObject | undefined {
  return jsonSchema(fragment, resolve(fragment, operation["requestBody"]));
}

/** The property of the first success response that is an array, when the operation is paged. */
function listKey(fragment: Description, operation: JsonObject): string | undefined {
  if (!parameterNames(fragment, operation, "query").includes("page")) return undefined;
  const responses = operation["responses"] as JsonObject;
  const schema = jsonSchema(
    fragment,
    resolve(fragment, responses[String(successStatuses(operation)[0])]),
  );
  const properties = isObject(schema?.["properties"]) ? schema["properties"] : {};
  return Object.keys(properties).find(
    (key) => resolve(fragment, properties[key])?.["type"] === "array",
  );
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
