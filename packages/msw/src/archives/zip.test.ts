import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { unzip } from "../../test/unzip.ts";
import { crc32 } from "./crc32.ts";
import { zip, type ZipEntry } from "./zip.ts";

async function written(entries: Iterable<ZipEntry>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of zip(entries)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function expectReadBack(): Promise<void> {
  const name = fc
    .string({ minLength: 1, maxLength: 20, unit: "grapheme" })
    .filter((text) => !text.endsWith("/"));
  const chunks = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(name, chunks), { maxLength: 5 }), async (files) => {
      const archive = await written(
        files.map(([file, content]) => ({ name: file, content: () => content })),
      );
      const read = unzip(archive);
      expect(read.map((entry) => entry.name)).toEqual(files.map(([file]) => file));
      expect(read.map(({ bytes }) => bytes)).toEqual(
        files.map(([, content]) => Buffer.concat(content)),
      );
    }),
    { numRuns: 40 },
  );
}

test("what is written is read back, byte for byte", expectReadBack);

describe("without CompressionStream, as in jest-environment-jsdom", () => {
  beforeEach(() => void vi.stubGlobal("CompressionStream", undefined));
  afterEach(() => void vi.unstubAllGlobals());

  test("what is written is read back, byte for byte", expectReadBack);

  test("entries of any size are deflate's, and as long as they were", async () => {
    const content = [0, 1, 65_535, 65_536, 200_000].map((length) => new Uint8Array(length).fill(7));
    const [entry] = unzip(await written([{ name: "build.txt", content: () => content }]));
    expect(entry).toMatchObject({ method: 8, flags: 8 });
    expect(entry?.bytes.equals(Buffer.concat(content))).toBe(true);
  });
});

test("sizes come after the data, directories have neither", async () => {
  const archive = await written([
    { name: "build/", content: () => [] },
    { name: "build/1_Set up job.txt", content: () => [new TextEncoder().encode("hello")] },
    { name: "🔒.txt", content: () => [] },
  ]);
  expect(unzip(archive).map(({ name, flags, method }) => [name, flags, method])).toEqual([
    ["build/", 0, 0],
    ["build/1_Set up job.txt", 8, 8],
    ["🔒.txt", 0x808, 8],
  ]);
});

test("an entry nobody reads is not made", async () => {
  const made: string[] = [];
  const entry = (name: string): ZipEntry => ({
    name,
    content() {
      made.push(name);
      return [new Uint8Array(10)];
    },
  });
  const chunks = zip([entry("first"), entry("second")]);
  await chunks.next();
  await chunks.next();
  await chunks.return();
  expect(made).toEqual(["first"]);
});

test("the checksum is CRC-32", () => {
  expect(crc32(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
});
