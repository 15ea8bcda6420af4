import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { smallDescription } from "../test/small-description.ts";
import { readDescription, readDocument } from "./read-document.ts";

const folder = mkdtempSync(join(tmpdir(), "codegen-read-"));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const yaml = `openapi: 3.1.0
info: { title: Things, version: "1" }
paths:
  /things:
    get: { operationId: list, responses: {} }
`;

test("JSON and YAML, from a file, a URL and standard input", async () => {
  const json = JSON.stringify(smallDescription());
  const fetch = async () => new Response(yaml);
  const stdin = async () => json;
  expect(await readDescription(file("a.json", `\uFEFF${json}`))).toEqual(smallDescription());
  expect((await readDescription(file("a.yaml", yaml))).openapi).toBe("3.1.0");
  expect((await readDescription("https://example.com/a", { fetch })).openapi).toBe("3.1.0");
  expect(await readDescription("-", { stdin })).toEqual(smallDescription());
});

test("the query and the password of a URL, which may be secrets, are in no message", async () => {
  const messages: string[] = [];
  const onMessage = (message: string) => messages.push(message);
  const read = async (url: string, status: number) => {
    const fetch = async () => new Response("- 1", { status });
    await readDescription(url, { fetch, onMessage }).catch((error: Error) => {
      messages.push(error.message);
    });
  };
  await read("https://example.com/a.yaml?token=s3cret#s3cret", 404);
  await read("https://example.com/a.yaml?token=s3cret", 200);
  await read("https://me:s3cret@example.com/a.yaml", 200);
  expect(messages).toEqual([
    "downloading https://example.com/a.yaml?…",
    "https://example.com/a.yaml?…: responded 404",
    "downloading https://example.com/a.yaml?…",
    "https://example.com/a.yaml?…: not an OpenAPI description but a list",
    "https://example.com/a.yaml: a URL with a password cannot be read; download the file, or pass it on standard input (-)",
  ]);
});

test("a description without components has none", async () => {
  expect((await readDescription(file("b.yaml", yaml))).components).toEqual({});
});

describe("what is no description is refused with one line that names the file and the location", () => {
  const cut = JSON.stringify(smallDescription(), null, 2).slice(0, 300);
  const lines = cut.split("\n");
  test.each([
    ["text.yaml", "just words", "not an OpenAPI description but a string"],
    ["list.json", "[1]", "not an OpenAPI description but a list"],
    ["other.json", '{"name":"x"}', 'not an OpenAPI description, the field "openapi" is missing'],
    ["swagger.json", '{"swagger":"2.0"}', 'Swagger "2.0", not OpenAPI 3; convert it first'],
    ["four.json", '{"openapi":"4.0.0"}', 'OpenAPI "4.0.0" is not known here'],
    ["paths.json", '{"openapi":"3.0.3","paths":[]}', "`paths` is not an object but a list"],
    [
      "item.json",
      '{"openapi":"3.0.3","paths":{"/x":1}}',
      "the path /x is not an object but a number",
    ],
    [
      "section.json",
      '{"openapi":"3.0.3","components":{"schemas":3}}',
      "components.schemas is not an object but a number",
    ],
    ["empty.json", " \n", "empty"],
    [
      "cut.json",
      cut,
      `${lines.length}:${lines.at(-1)!.length + 1}: broken JSON: the file ends too early`,
    ],
    ["comma.json", '{\n  "openapi": "3.0.3",,\n}', "2:22: broken JSON"],
    ["broken.yaml", "openapi: 3.0.3\npaths: [\n", "broken YAML"],
  ])("%s", async (name, content, message) => {
    const path = file(name, content);
    const error = await readDescription(path).catch((error: unknown) => error as Error);
    expect(error).toMatchObject({ name: "InputError" });
    expect((error as Error).message).toContain(path);
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).not.toContain("\n");
  });

  test("a file that is not there", async () => {
    const path = join(folder, "nowhere.json");
    await expect(readDocument(path)).rejects.toThrow(`${path}: there is no such file`);
    await expect(readDocument(folder)).rejects.toThrow(`${folder}: is a folder, not a file`);
  });

  test("a URL that cannot be reached, responds with an error, or breaks off", async () => {
    const url = "https://example.com/api.json";
    const refused = async () => {
      throw new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED") });
    };
    await expect(readDocument(url, { fetch: refused })).rejects.toThrow(
      `${url}: cannot be reached: connect ECONNREFUSED`,
    );
    const missing = async () => new Response("", { status: 404, statusText: "Not Found" });
    await expect(readDocument(url, { fetch: missing })).rejects.toThrow(
      `${url}: responded 404 Not Found`,
    );
    const body = () =>
      new ReadableStream({
        pull: (controller) => controller.error(new Error("socket closed")),
      });
    const broken = async () => new Response(body());
    await expect(readDocument(url, { fetch: broken })).rejects.toThrow(
      `${url}: the download broke off: socket closed`,
    );
  });

  test("an https URL of a server that speaks plain HTTP", async () => {
    const server = createServer((_, response) => response.end("{}"));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/api.json`;
    const error = await readDocument(url).catch((thrown: unknown) => thrown);
    server.close();
    expect(error).toMatchObject({
      name: "InputError",
      message: `${url}: cannot be reached: the server does not speak HTTPS; is it http://?`,
    });
  });
});
