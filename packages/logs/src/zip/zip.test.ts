import { describe, expect, test } from "vitest";
import { noise } from "../../test/log-archives.ts";
import { type WrittenEntry, writeZip, type WriterOptions } from "../../test/zip-writer.ts";
import { memorySource } from "./byte-source.ts";
import { findDescriptor } from "./descriptor.ts";
import { decodeName } from "./entry-name.ts";
import { defaultLimits, withDefaults } from "./limits.ts";
import { pickEngine } from "./pick-engine.ts";
import { type ArchiveEntry, openArchive } from "./random-archive.ts";
import { streamArchive } from "./stream-archive.ts";
import { webEngine } from "./web-engine.ts";

const engines = [pickEngine(), webEngine()];
const limits = withDefaults();

async function text(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const piece of pieces) parts.push(piece.slice());
  return Buffer.concat(parts).toString();
}

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const large = noise(700_000);
const zeros = new Uint8Array(2 ** 27);
const honest = writeZip([{ name: "a", content: zeros }]);
const lying = writeZip([{ name: "a", content: zeros, says: { size: 2 ** 20 } }]);
const forms: [string, WrittenEntry[], WriterOptions?][] = [
  [
    "sizes behind the data",
    [
      { name: "a", content: "one" },
      { name: "b", content: large },
    ],
  ],
  ["sizes in the header", [{ name: "a", content: "one", descriptor: false }]],
  ["a descriptor without signature", [{ name: "a", content: "one", signed: false }]],
  ["stored", [{ name: "a", content: large, method: 0, descriptor: false }]],
  ["stored, sizes behind the data", [{ name: "a", content: large, method: 0 }]],
  [
    "zip64 sizes",
    [
      { name: "a", content: large, zip64: true },
      { name: "b", content: "x" },
    ],
  ],
  ["zip64 sizes in the header", [{ name: "a", content: "one", zip64: true, descriptor: false }]],
  ["a zip64 end", [{ name: "a", content: "one" }], { zip64: true }],
  ["a comment", [{ name: "a", content: "one" }], { comment: "said so" }],
  [
    "another order",
    [
      { name: "a", content: "one" },
      { name: "b", content: "two" },
    ],
    { order: [1, 0] },
  ],
  [
    "empty entries",
    [
      { name: "a", content: "" },
      { name: "b/", content: "", method: 0, descriptor: false },
    ],
  ],
  [
    "a zip in the zip",
    [{ name: "a.zip", content: writeZip([{ name: "x", content: large }]), method: 0 }],
  ],
  ["nothing", []],
];

describe.each(engines.map((engine) => [engine.name, engine] as const))("%s", (_, engine) => {
  test.each(forms)("reads %s, by the directory and as a stream", async (_, entries, options) => {
    const bytes = writeZip(entries, options);
    const expected = await Promise.all(
      entries.map(async ({ name, content = "" }) => [
        name,
        typeof content === "string" ? content : Buffer.from(content).toString(),
      ]),
    );
    const byDirectory: Record<string, string> = {};
    for (const entry of await openArchive(memorySource([bytes]), engine, limits))
      byDirectory[entry.path] = await text(entry.bytes());
    expect(byDirectory).toEqual(Object.fromEntries(expected) as unknown);
    // A descriptor without a signature is found by inflate alone.
    const unsigned = entries.some(({ signed }) => signed === false);
    for (const size of unsigned && engine.name !== "node:zlib" ? [] : [7, 5000, 1e9]) {
      if (size === 7 && bytes.length > 10_000) continue;
      const streamed: unknown[] = [];
      for await (const entry of streamArchive(inPieces(bytes, size), engine, limits))
        streamed.push([entry.path, await text(entry.bytes())]);
      expect(streamed).toEqual(expected);
    }
  });

  test("passes over what is not read, and what is read half, and checks it", async () => {
    const bytes = writeZip([
      { name: "a", content: large },
      { name: "b", content: large },
      { name: "c", content: "three" },
    ]);
    const seen: string[] = [];
    for await (const entry of streamArchive(inPieces(bytes, 60_000), engine, limits)) {
      seen.push(entry.path);
      if (entry.path === "b") for await (const _ of entry.bytes()) break;
      if (entry.path === "c") seen.push(await text(entry.bytes()));
    }
    expect(seen).toEqual(["a", "b", "c", "three"]);
  });

  test("a bomb is stopped soon, whatever it says of its size", async () => {
    for (const [bytes, reading] of [
      [honest, streamArchive(inPieces(honest, 60_000), engine, limits)],
      [lying, streamArchive(inPieces(lying, 60_000), engine, limits)],
      [lying, await openArchive(memorySource([lying]), engine, limits)],
    ] as const) {
      let unpacked = 0;
      const work = async () => {
        for await (const entry of reading as AsyncIterable<ArchiveEntry>)
          for await (const piece of entry.bytes()) unpacked += piece.length;
      };
      await expect(work()).rejects.toThrow(/limits\.ratio|archive says|cannot be unpacked/);
      expect(unpacked).toBeLessThan(2 ** 25);
      expect(bytes.length).toBeLessThan(2 ** 20);
    }
  });

  test("an entry of a stream is read once", async () => {
    const reading = async () => {
      for await (const entry of streamArchive(
        inPieces(writeZip([{ name: "a", content: "one" }]), 99),
        engine,
        limits,
      )) {
        await text(entry.bytes());
        await text(entry.bytes());
      }
    };
    await expect(reading()).rejects.toThrow(/read already/);
  });

  test("an entry of an archive at hand is read as often as wanted, at once too", async () => {
    const [entry] = await openArchive(
      memorySource([writeZip([{ name: "a", content: large }])]),
      engine,
      limits,
    );
    const texts = await Promise.all([1, 2, 3].map(() => text((entry as ArchiveEntry).bytes())));
    expect(texts).toEqual([large, large, large]);
  });
});

test("node:zlib is taken on Node, DecompressionStream on Bun, Deno and in browsers", () => {
  const getBuiltinModule = process.getBuiltinModule.bind(process);
  expect(pickEngine({ versions: { node: "24" }, getBuiltinModule }).name).toBe("node:zlib");
  for (const versions of [{ node: "24", bun: "1" }, { node: "24", deno: "2" }, {}])
    expect(pickEngine({ versions, getBuiltinModule }).name).toBe("DecompressionStream");
  // A browser has no `process`; Node before 20.16 has no `getBuiltinModule`.
  expect(pickEngine({ versions: { node: "20.10" } }).name).toBe("DecompressionStream");
});

test("a signature in the data is no descriptor unless its size is right", () => {
  const descriptor = (size: number) => {
    const bytes = new Uint8Array(18);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, 0x08074b50, true);
    view.setUint32(8, size, true);
    bytes.set([0x50, 0x4b], 16);
    return bytes;
  };
  const bytes = new Uint8Array([...descriptor(5), ...descriptor(18)]);
  expect(findDescriptor(bytes, 0, false)).toMatchObject({ at: 18, compressedSize: 18 });
  expect(findDescriptor(bytes, 5, false)?.at).toBe(0);
});

test("a name is UTF-8, or in the old code page where it is not and does not say so", () => {
  expect(decodeName(new TextEncoder().encode("🔒"), 2048)).toBe("🔒");
  expect(decodeName(new TextEncoder().encode("é"), 0)).toBe("é");
  expect(decodeName(new Uint8Array([0x81, 0x62, 0xff]), 0)).toBe("üb\u00a0");
});

test("limits left undefined are the defaults", () => {
  expect(withDefaults({ entries: undefined })).toEqual(defaultLimits);
  expect(withDefaults({ entries: 5 }).entries).toBe(5);
});

test("sizes in eight bytes behind the data, without a zip64 field, are read both ways", async () => {
  const bytes = writeZip([{ name: "0_a.txt", content: "hello".repeat(99), wideDescriptor: true }]);
  const source = memorySource([bytes]);
  for (const engine of [pickEngine(), webEngine()]) {
    const [entry] = await openArchive(source, engine, defaultLimits);
    const parts: Uint8Array[] = [];
    for await (const part of (entry as ArchiveEntry).bytes()) parts.push(part);
    expect(Buffer.concat(parts).toString()).toBe("hello".repeat(99));
    for await (const streamed of streamArchive(
      source.bytes(0, source.size),
      engine,
      defaultLimits,
    )) {
      let size = 0;
      for await (const part of streamed.bytes()) size += part.length;
      expect(size).toBe(495);
    }
  }
});
