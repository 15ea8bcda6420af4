import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@hey-api/openapi-ts";

/** The part of a fragment that this reads. */
interface Fragment {
  paths: { [path: string]: { [method: string]: Operation } };
}

interface Operation {
  operationId: string;
  requestBody?: { required?: boolean };
  responses: { [status: string]: unknown };
}

/** The value that stands for "or any other string" until the types are printed. */
const open = "any other string";

/**
 * The types of a fragment as another generator makes them, @hey-api/openapi-ts, in the form that our tables and client
 * take: `paths`, an interface of path, method, `parameters`, `requestBody` and `responses`.
 */
export async function typesByHeyApi(fragment: object): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "hey-api-"));
  await createClient({
    input: withOpenWords(fragment) as never,
    output: { path, postProcess: [] },
    plugins: ["@hey-api/typescript"],
    logs: { level: "silent" },
  });
  const types = await readFile(join(path, "types.gen.ts"), "utf8");
  return `${types.replaceAll(`'${open}'`, "(string & {})")}\n${pathsOf(fragment as Fragment)}`;
}

/** `x-extensible-enum`, which it does not know, as an enum with one value more. */
function withOpenWords(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withOpenWords);
  if (typeof value !== "object" || value === null) return value;
  const { "x-extensible-enum": known, ...schema } = value as { [key: string]: unknown };
  const copy = Object.fromEntries(
    Object.entries(schema).map(([key, item]) => [key, withOpenWords(item)]),
  );
  return Array.isArray(known) ? { ...copy, enum: [...(known as unknown[]), open] } : copy;
}

function pathsOf({ paths }: Fragment): string {
  const members = Object.entries(paths).map(([path, item]) => {
    const methods = Object.entries(item).map(
      ([method, operation]) => `    ${method}: ${operationType(operation)};`,
    );
    return `  ${JSON.stringify(path)}: {\n${methods.join("\n")}\n  };`;
  });
  return `export interface paths {\n${members.join("\n")}\n}\n`;
}

function operationType({ operationId, requestBody, responses }: Operation): string {
  const name = operationId
    .split(/[/-]/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
  const data = `${name}Data`;
  const body = `content: { "application/json": NonNullable<${data}["body"]> }`;
  const request =
    requestBody === undefined
      ? "requestBody?: never"
      : `requestBody${requestBody.required === true ? "" : "?"}: { ${body} }`;
  return `{
      parameters: { path: ${data}["path"]; query?: NonNullable<${data}["query"]> };
      ${request};
      responses: {
${Object.entries(responses)
  .map(([status, response]) => `        ${status}: ${responseType(name, status, response)};`)
  .join("\n")}
      };
    }`;
}

function responseType(name: string, status: string, response: unknown): string {
  const headers = "headers: { [name: string]: unknown }";
  // It has no type for what is neither a success nor an error.
  const isTyped = !status.startsWith("3");
  const hasContent =
    "$ref" in (response as object) || "content" in (response as object) ? isTyped : false;
  if (!hasContent) return `{ ${headers}; content?: never }`;
  const types = Number(status) < 400 ? `${name}Responses` : `${name}Errors`;
  return `{ ${headers}; content: { "application/json": ${types}[${status}] } }`;
}
