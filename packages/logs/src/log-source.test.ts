import { ParameterError } from "@workflow-runs/core/support";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import { createContext, runInContext } from "node:vm";
import { afterEach, expect, test, vi } from "vitest";
import { archiveOf, jobText } from "../test/log-archives.ts";
import { type LogSource, openRunLogs } from "./index.ts";
import { extractRunLogs, openRunLogs as openFile } from "./node/index.ts";

const text = jobText("build");
const archive = archiveOf({ build: text });

/** Evaluates an expression on these bytes in a realm of its own, as test environments do. */
function elsewhere(expression: string, bytes: Uint8Array): unknown {
  return runInContext(expression, createContext({ bytes }));
}

const foreign = elsewhere("Uint8Array.from(bytes)", archive) as Uint8Array<ArrayBuffer>;
const blob = new Blob([foreign]);
const response = new Response(foreign);
const streamed = () => new Blob([foreign]).stream();

/** Stands for what a test environment puts instead of the platform's classes. */
class SandboxOwn {
  readonly platform = false;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

test.each<[string, () => unknown]>([
  ["bytes", () => foreign],
  [
    "a part of some bytes",
    () => elsewhere("Uint8Array.from([7, 7, ...bytes, 7]).subarray(2, -1)", archive),
  ],
  ["a buffer", () => foreign.buffer],
  ["a Blob", () => blob],
  ["a Response", () => response.clone()],
  ["a stream", () => streamed()],
  ["an async iterable", () => elsewhere("(async function* () { yield bytes })()", foreign)],
])("%s of another realm can be opened and extracted", async (_, make) => {
  const sources = [make(), make()] as [LogSource, LogSource];
  for (const name of ["Blob", "Response", "ReadableStream"]) vi.stubGlobal(name, SandboxOwn);
  for (const ours of [Uint8Array, ArrayBuffer, Blob, Response, ReadableStream])
    expect(sources[0]).not.toBeInstanceOf(ours);

  const logs = await openRunLogs(sources[0]);
  expect(await logs.jobs[0]?.text()).toBe(text);
  const folder = await mkdtemp(join(tmpdir(), "realm-"));
  const files = await extractRunLogs(sources[1], join(folder, "logs"));
  await rm(folder, { recursive: true });
  expect(files.map(({ size }) => size)).toContain(text.length);
});

test("a response whose body is a stream of Node's, as node-fetch has it, can be opened", async () => {
  const node = { ok: true, status: 200, headers: new Headers(), body: Readable.from([archive]) };
  const source: unknown = Object.assign(node, { [Symbol.toStringTag]: "Response" });
  const logs = await openRunLogs(source as Response);
  expect(await logs.jobs[0]?.text()).toBe(text);
});

test("a file's URL of another realm can be opened at /node, and is a path at the root", async () => {
  const folder = await mkdtemp(join(tmpdir(), "realm-"));
  const path = join(folder, "logs.zip");
  await writeFile(path, archive);
  const url = pathToFileURL(path);
  vi.stubGlobal("URL", SandboxOwn);
  expect(url).not.toBeInstanceOf(URL);
  {
    await using logs = await openFile(url);
    expect(await logs.jobs[0]?.text()).toBe(text);
  }
  await rm(folder, { recursive: true });
  await expect(openRunLogs(url as never, {})).rejects.toThrow(/is a path; .*logs\/node/);
});

test("bytes can be opened where there is no Blob, Response or ReadableStream", async () => {
  for (const name of ["Blob", "Response", "ReadableStream"]) vi.stubGlobal(name, undefined);
  const logs = await openRunLogs(archive);
  expect(await logs.jobs[0]?.text()).toBe(text);
});

test.each([[{}], [[1, 2]], [42], [null], [() => archive]])("%j is no archive", async (value) => {
  const refused = openRunLogs(value as never, {});
  await expect(refused).rejects.toThrow(ParameterError);
  await expect(refused).rejects.toThrow(/source is .*, not a client, or a log archive/);
});
