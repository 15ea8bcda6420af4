import { readFile } from "node:fs/promises";
import { LineCounter, parseDocument } from "yaml";
import type { Description } from "./description.ts";
import { InputError } from "./errors.ts";
import { isObject, type Json } from "./json.ts";
import { whyUnreachable } from "./unreachable.ts";

/** How a document is read from outside; tests and other runtimes pass their own. */
export interface DescriptionOptions {
  /** What a URL is fetched with. @default the platform's `fetch` */
  fetch?: typeof fetch | undefined;
  /** The whole of standard input. @default that of `process.stdin` */
  stdin?: (() => Promise<string>) | undefined;
  /** Ends a download that is under way. */
  signal?: AbortSignal | undefined;
  /** Called with a line for each longer step. */
  onMessage?: ((message: string) => void) | undefined;
}

/**
 * A JSON or YAML document from a file, an `http(s)` URL, or `-` for standard input.
 *
 * @throws {InputError} one line with the file and the location, when it cannot be read or parsed.
 */
export async function readDocument(
  source: string,
  reading: DescriptionOptions = {},
): Promise<Json> {
  return parse(await readText(source, reading), sourceName(source));
}

/** What messages and files call a source: a URL without its query and password, which may be secrets. */
export function sourceName(source: string): string {
  if (source === "-") return "standard input";
  if (!/^https?:/.test(source) || !URL.canParse(source)) return source;
  const { origin, pathname, search } = new URL(source);
  return `${origin}${pathname}${search && "?…"}`;
}

/** A description (OpenAPI 3.0, 3.1 or 3.2). @throws {InputError} when the document is something else. */
export async function readDescription(
  source: string,
  reading: DescriptionOptions = {},
): Promise<Description> {
  return asDescription(await readDocument(source, reading), sourceName(source));
}

/** The document as a description. @throws {InputError} when it is none; `name` is what the message calls it. */
export function asDescription(document: Json, name: string): Description {
  if (!isObject(document)) {
    throw new InputError(`${name}: not an OpenAPI description but ${kind(document)}`);
  }
  if (document["swagger"] !== undefined) {
    throw new InputError(
      `${name}: Swagger ${JSON.stringify(document["swagger"])}, not OpenAPI 3; convert it first, e.g. with \`npx swagger2openapi\``,
    );
  }
  const version = document["openapi"];
  if (version === undefined) {
    throw new InputError(`${name}: not an OpenAPI description, the field "openapi" is missing`);
  }
  if (typeof version !== "string" || !/^3\.[012]\.\d+/.test(version)) {
    throw new InputError(
      `${name}: OpenAPI ${JSON.stringify(version)} is not known here; 3.0, 3.1 and 3.2 are`,
    );
  }
  const { info = {}, paths = {}, components = {} } = document;
  for (const [key, value] of Object.entries({ info, paths, components })) {
    if (!isObject(value))
      throw new InputError(`${name}: \`${key}\` is not an object but ${kind(value)}`);
  }
  for (const [path, item] of Object.entries(paths as object)) {
    if (!isObject(item))
      throw new InputError(`${name}: the path ${path} is not an object but ${kind(item)}`);
  }
  for (const [section, entries] of Object.entries(components as object)) {
    if (!section.startsWith("x-") && !isObject(entries)) {
      throw new InputError(`${name}: components.${section} is not an object but ${kind(entries)}`);
    }
  }
  return { ...document, info, paths, components } as unknown as Description;
}

function kind(value: Json): string {
  if (value === null) return "nothing";
  return Array.isArray(value) ? "a list" : `a ${typeof value}`;
}

async function readText(source: string, reading: DescriptionOptions): Promise<string> {
  if (source === "-") return (reading.stdin ?? standardInput)();
  if (/^https?:\/\//.test(source)) return download(source, reading);
  try {
    return await readFile(source, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why =
      code === "ENOENT"
        ? "there is no such file"
        : code === "EISDIR"
          ? "is a folder, not a file"
          : (error as Error).message;
    throw new InputError(`${source}: ${why}`, { cause: error });
  }
}

async function standardInput(): Promise<string> {
  process.stdin.setEncoding("utf8");
  let text = "";
  for await (const chunk of process.stdin) text += chunk;
  return text;
}

async function download(url: string, reading: DescriptionOptions): Promise<string> {
  const name = sourceName(url);
  if (URL.canParse(url) && new URL(url).username + new URL(url).password !== "") {
    throw new InputError(
      `${name}: a URL with a password cannot be read; download the file, or pass it on standard input (-)`,
    );
  }
  reading.onMessage?.(`downloading ${name}`);
  let response: Response;
  try {
    response = await (reading.fetch ?? fetch)(
      url,
      reading.signal ? { signal: reading.signal } : {},
    );
  } catch (error) {
    throw new InputError(`${name}: cannot be reached: ${whyUnreachable(error)}`, { cause: error });
  }
  if (!response.ok) {
    throw new InputError(`${name}: responded ${response.status} ${response.statusText}`.trimEnd());
  }
  try {
    return await response.text();
  } catch (error) {
    throw new InputError(`${name}: the download broke off: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function parse(text: string, name: string): Json {
  const content = text.startsWith("\uFEFF") ? text.slice(1) : text;
  if (content.trim() === "") throw new InputError(`${name}: empty`);
  return /^\s*[{[]/.test(content) ? parseJson(content, name) : parseYaml(content, name);
}

function parseJson(text: string, name: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    // A YAML document may begin with a bracket too.
    if (/\.ya?ml$/.test(name)) return parseYaml(text, name);
    const message = (error as Error).message;
    const position = /position (\d+)/.exec(message)?.[1];
    const end = position === undefined ? text.length : Number(position);
    const lines = text.slice(0, end).split("\n");
    const why =
      end >= text.trimEnd().length
        ? "the file ends too early"
        : message.replace(/ in JSON.*$/s, "");
    throw new InputError(
      `${name}:${lines.length}:${lines.at(-1)!.length + 1}: broken JSON: ${why}`,
      {
        cause: error,
      },
    );
  }
}

function parseYaml(text: string, name: string): Json {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, merge: true });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lineCounter.linePos(error.pos[0]);
    const why =
      error.code === "MULTIPLE_DOCS"
        ? "several documents in one file"
        : error.message.split("\n")[0];
    throw new InputError(`${name}:${line}:${col}: broken YAML: ${why}`, {
      cause: error,
    });
  }
  try {
    return document.toJS() as Json;
  } catch (error) {
    throw new InputError(`${name}: broken YAML: ${(error as Error).message}`, { cause: error });
  }
}
