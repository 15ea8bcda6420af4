import fragment from "@workflow-runs/openapi-types/fragments/github.json" with { type: "json" };
import { type Operations, operations } from "@workflow-runs/openapi-types/operations";
import { Ajv, type ValidateFunction } from "ajv";
import formats from "ajv-formats";
import type { ActionsFake } from "../src/index.ts";
import { internalsOf } from "../src/authoring/internals.ts";
import { neighbours } from "../src/rules/neighbours.ts";
import type { NeighbourName } from "../src/rules/route-name.ts";
import olderFragment from "../../../openapi/github-2022-11-28.json" with { type: "json" };
import olderNeighbours from "../../../openapi/neighbours-2022-11-28.json" with { type: "json" };
import neighbourFragment from "../../../openapi/neighbours.json" with { type: "json" };

export type OperationName = keyof Operations;
/** What a validated answer may be to: GraphQL is no part of the description. */
export type DescribedName = OperationName | Exclude<NeighbourName, "graphql">;

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema: object;
}

interface Described {
  externalDocs?: { url: string };
  parameters?: (Parameter | { $ref: string })[];
  requestBody?: { required?: boolean; content: Record<string, { schema: object }> };
  responses: Record<string, { $ref: string } | { content?: Record<string, { schema: object }> }>;
}

/** OpenAPI 3.0's `nullable` in the words of JSON Schema; examples are not schemas. */
function translate(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(translate);
  if (typeof node !== "object" || node === null) return node;
  const entries = Object.entries(node).filter(([key]) => key !== "example" && key !== "nullable");
  // Where the description is too narrow: the statuses of a step (XAMPPRocky/octocrab#574).
  if (String((node as { enum?: unknown }).enum) === "queued,in_progress,completed") {
    return { type: "string" };
  }
  const copy: Record<string, unknown> = Object.fromEntries(
    entries.map(([key, value]) => [key, translate(value)]),
  );
  return (node as { nullable?: unknown }).nullable === true
    ? { anyOf: [copy, { type: "null" }] }
    : copy;
}

interface Document {
  paths: Record<string, Record<string, Described>>;
}

const newest = "2026-03-10";

/** The fragment of the operations, and that of their neighbours, out of the description of each version. */
const documents = {
  "https://workflow-runs.test/2026-03-10/operations.json": translate(fragment) as Document,
  "https://workflow-runs.test/2026-03-10/neighbours.json": translate(neighbourFragment) as Document,
  "https://workflow-runs.test/2022-11-28/operations.json": translate(olderFragment) as Document,
  "https://workflow-runs.test/2022-11-28/neighbours.json": translate(olderNeighbours) as Document,
};
type Root = keyof typeof documents;
const ajv = new Ajv({ strict: false, allErrors: true, allowUnionTypes: true });
formats.default(ajv);
ajv.addFormat("int64", true);
for (const [$id, document] of Object.entries(documents)) ajv.addSchema({ $id, ...document });
const compiled = new Map<string, ValidateFunction>();

function validator(pointer: string): ValidateFunction {
  const known = compiled.get(pointer);
  if (known !== undefined) return known;
  const made = ajv.compile({ $ref: pointer });
  compiled.set(pointer, made);
  return made;
}

function check(root: Root, pointer: string, value: unknown, what: string): void {
  const validate = validator(`${root}#${pointer}`);
  if (validate(value)) return;
  const problems = (validate.errors ?? [])
    .slice(0, 5)
    .map(({ instancePath, message }) => `${instancePath || "/"} ${message}`);
  throw new Error(`${what} is not what the description says: ${problems.join("; ")}`);
}

const escaped = (token: string): string =>
  encodeURIComponent(token.replaceAll("~", "~0").replaceAll("/", "~1"));

function resolved<T>(root: Root, node: T | { $ref: string }): T {
  if (typeof node !== "object" || node === null || !("$ref" in node)) return node;
  let target: unknown = documents[root];
  for (const token of node.$ref.slice(2).split("/")) {
    target = (target as Record<string, unknown>)[token];
  }
  return target as T;
}

function described(
  name: DescribedName,
  version: string,
): { root: Root; operation: Described; pointer: string } {
  const fragmentName = Object.hasOwn(operations, name) ? "operations" : "neighbours";
  const root = `https://workflow-runs.test/${version}/${fragmentName}.json` as Root;
  if (!Object.hasOwn(documents, root)) throw new Error(`there is no description of ${version}`);
  const { path, method } = { ...operations, ...neighbours }[name];
  const operation = documents[root].paths[path]?.[method];
  if (operation === undefined) throw new Error(`the description has no ${method} ${path}`);
  return { root, operation, pointer: `/paths/${escaped(path)}/${method}` };
}

/** Throws unless query and body are what the description of a version lets a client send. */
export function checkRequest(
  name: DescribedName,
  query: URLSearchParams,
  body: unknown,
  version = newest,
): void {
  const { root, operation, pointer } = described(name, version);
  const parameters = (operation.parameters ?? []).map((parameter) => resolved(root, parameter));
  for (const [key, text] of query) {
    const parameter = parameters.find((one) => one.in === "query" && one.name === key);
    if (parameter === undefined) throw new Error(`${name} has no query parameter ${key}`);
    const { type } = parameter.schema as { type?: string };
    const value = type === "integer" ? Number(text) : type === "boolean" ? text === "true" : text;
    if (!ajv.validate(parameter.schema, value)) {
      throw new Error(`${name}: ${key}=${text} is not what the description says`);
    }
  }
  if (operation.requestBody?.required === true && body === undefined) {
    throw new Error(`${name} needs a body`);
  }
  if (body !== undefined && operation.requestBody !== undefined) {
    const schema = `${pointer}/requestBody/content/application~1json/schema`;
    check(root, schema, body, `the body sent to ${name}`);
  }
}

/** Statuses that any operation may answer and that the description leaves out. */
const anywhere = new Set([301, 304, 307, 400, 401, 403, 404, 410, 422, 429, 500, 502, 503]);

/** Throws unless the answer is one the description of a version knows, or an error in GitHub's form. */
export function checkResponse(
  name: DescribedName,
  status: number,
  body: unknown,
  version = newest,
): void {
  const { root, operation, pointer } = described(name, version);
  const answer = operation.responses[String(status)];
  if (answer === undefined) {
    if (!anywhere.has(status)) throw new Error(`${name} never answers ${status}`);
    const error = "/components/schemas/basic-error";
    if (body !== undefined) check(root, error, body, `the error of ${name}`);
    return;
  }
  const media = resolved(root, answer).content;
  if (media === undefined) {
    if (body !== undefined) throw new Error(`${name} has no body with ${status}`);
    return;
  }
  const own = `${"$ref" in answer ? answer.$ref.slice(1) : `${pointer}/responses/${status}`}/content/application~1json/schema`;
  check(root, own, body, `the ${status} of ${name}`);
}

/** Whether the description has a name. */
export function isDescribed(name: string | undefined): name is DescribedName {
  if (name === undefined || name === "graphql") return false;
  return Object.hasOwn(operations, name) || Object.hasOwn(neighbours, name);
}

/** The API version that a response is of; one without the header is of none, and held to the default's. */
export function versionOf(headers: Headers): string {
  return headers.get("x-github-api-version-selected") || "2022-11-28";
}

/** What came of holding responses against the description. */
export interface Validated {
  /** What was wrong: a test expects none. */
  problems: string[];
  /** How many responses were held: a test expects some. */
  held: number;
}

/**
 * Holds each response of a fake against the description of its version, whichever client asks through
 * whichever interface. For fakes without faults: what a fault did is not GitHub's.
 */
export function validated(fake: ActionsFake): Validated {
  const result: Validated = { problems: [], held: 0 };
  internalsOf(fake).intercept(async (request, pass) => {
    const response = await pass();
    const { url, method } = request;
    const operation = fake.requests.findLast(
      (one) => one.url === url && one.method === method,
    )?.operation;
    const json = response.headers.get("content-type")?.startsWith("application/json") === true;
    if (!isDescribed(operation) || method === "HEAD" || response.status === 304) return response;
    const text = json ? await response.clone().text() : "";
    try {
      const body: unknown = text === "" ? undefined : JSON.parse(text);
      checkResponse(operation, response.status, body, versionOf(response.headers));
    } catch (error) {
      result.problems.push(`${method} ${url}: ${(error as Error).message}`);
    }
    result.held += 1;
    return response;
  });
  return result;
}
