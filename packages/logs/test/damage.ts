import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from "@zip.js/zip.js";
import * as fc from "fast-check";
import { fromBuffer } from "yauzl-promise";
import { ArchiveError } from "../src/index.ts";
import { memorySource } from "../src/zip/byte-source.ts";
import { withDefaults } from "../src/zip/limits.ts";
import { pickEngine } from "../src/zip/pick-engine.ts";
import { openArchive } from "../src/zip/random-archive.ts";
import { streamArchive } from "../src/zip/stream-archive.ts";
import { jobText, withStepFiles } from "./log-archives.ts";
import { writeZip } from "./zip-writer.ts";

export type Contents = Map<string, string>;

export const limits = withDefaults({ entrySize: 2 ** 26, totalSize: 2 ** 28 });

export async function gathered(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const piece of pieces) parts.push(piece);
  return Buffer.concat(parts).toString("latin1");
}

export async function byDirectory(bytes: Uint8Array, engine = pickEngine()): Promise<Contents> {
  const contents: Contents = new Map();
  for (const entry of await openArchive(memorySource([bytes]), engine, limits))
    contents.set(entry.path, await gathered(entry.bytes()));
  return contents;
}

export async function asStream(bytes: Uint8Array, engine = pickEngine()): Promise<Contents> {
  const contents: Contents = new Map();
  const pieces = memorySource([bytes]).bytes(0, bytes.length);
  for await (const entry of streamArchive(pieces, engine, limits))
    contents.set(entry.path, await gathered(entry.bytes()));
  return contents;
}

export async function byZipJs(bytes: Uint8Array): Promise<Contents> {
  const contents: Contents = new Map();
  const reader = new ZipReader(new Uint8ArrayReader(bytes), {
    checkSignature: true,
    checkOverlappingEntry: true,
    useWebWorkers: false,
  });
  for (const entry of await reader.getEntries()) {
    const data = entry.directory ? new Uint8Array() : await entry.getData(new Uint8ArrayWriter());
    contents.set(entry.filename, Buffer.from(data).toString("latin1"));
  }
  return contents;
}

export async function byYauzl(bytes: Uint8Array): Promise<Contents> {
  const contents: Contents = new Map();
  const zip = await fromBuffer(Buffer.from(bytes));
  for await (const entry of zip)
    contents.set(entry.filename, await gathered(await entry.openReadStream()));
  return contents;
}

export type Outcome = { contents: Contents } | { error: unknown };

export function outcome(work: Promise<Contents>): Promise<Outcome> {
  return work.then(
    (contents) => ({ contents }),
    (error: unknown) => ({ error }),
  );
}

const log = (name: string, times: number) => jobText(name).repeat(times);

/** Archives in GitHub's three layouts. They are the same on every machine, and so is what a seed damages in them. */
export const samples: readonly Uint8Array[] = [
  writeZip(
    [
      ...withStepFiles("build (3.10)", [
        ["Set up job", log("build (3.10)", 20)],
        ["Run actions_checkout@v4", log("x", 400)],
        ["Complete job", log("y", 1)],
      ]),
      { name: "runner-diagnostic-logs/1.zip", content: writeZip([{ name: "a", content: "a" }]) },
      { name: "🔒 emoji/system.txt", content: "stored", method: 0, descriptor: false },
    ],
    { comment: "made" },
  ),
  writeZip([
    { name: "1_build.txt", content: log("build", 30), mode: 0o100_644 },
    { name: "build/", content: "", method: 0, descriptor: false, attributes: 0x10 },
    { name: "build/1_Set up job.txt", content: log("build", 10), mode: 0o100_644 },
    { name: "build/2_Run actionscheckout@v2.txt", content: log("build", 20), zip64: true },
  ]),
  writeZip(
    [
      { name: "-2147483648_build.txt", content: log("Evaluating strategy", 3) },
      { name: "0_build.txt", content: log("build", 200) },
      { name: "build/system.txt", content: log("system", 2) },
    ],
    { zip64: true },
  ),
];

/** One to three damages: a byte changed, a stretch cut out, copied, or zeroed, the end cut off. */
export const damages = fc.array(
  fc.record({
    kind: fc.constantFrom("byte", "bit", "cut", "copy", "zero", "end"),
    at: fc.noBias(fc.integer({ min: 0, max: 2 ** 30 - 1 })).map((at) => at / 2 ** 30),
    value: fc.integer({ min: 1, max: 255 }),
    length: fc.integer({ min: 1, max: 40 }),
    tail: fc.boolean(),
  }),
  { minLength: 1, maxLength: 3 },
);

export type Damage = typeof damages extends fc.Arbitrary<(infer D)[]> ? D : never;

export function damaged(bytes: Uint8Array, list: readonly Damage[]): Uint8Array {
  let result = Buffer.from(bytes);
  for (const { kind, at, value, length, tail } of list) {
    // Half of them hit the directory and what is behind it, which is short.
    const from = tail ? Math.max(0, result.length - 900) : 0;
    const position = from + Math.floor(at * (result.length - from));
    if (kind === "byte") result[position] = ((result[position] ?? 0) + value) & 255;
    else if (kind === "bit") result[position] = (result[position] ?? 0) ^ (1 << (value % 8));
    else if (kind === "zero") result.fill(0, position, Math.min(position + length, result.length));
    else if (kind === "end") result = result.subarray(0, position);
    else {
      const [head, part, rest] = [
        result.subarray(0, position),
        result.subarray(position, position + length),
        result.subarray(position + length),
      ];
      result = Buffer.concat(kind === "cut" ? [head, rest] : [head, part, part, rest]);
    }
  }
  return result;
}

/** What is wrong with how we read a damaged archive, if anything. */
export function problemOf(one: Outcome, truth: Contents, deceiving: boolean): string[] {
  if ("error" in one)
    return one.error instanceof ArchiveError ? [] : [`another exception: ${String(one.error)}`];
  // What changed may be nothing that is read: a time, a version, an attribute.
  if (!sameContents(one.contents, truth)) return ["read differently without an error"];
  return deceiving ? ["read without an error what another reader reads differently"] : [];
}

/** Whether two readers found the same files with the same content. */
export function sameContents(a: Contents, b: Contents): boolean {
  return a.size === b.size && [...a].every(([path, content]) => b.get(path) === content);
}
