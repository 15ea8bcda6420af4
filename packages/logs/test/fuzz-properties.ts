import * as fc from "fast-check";
import { ArchiveError, openRunLogs } from "../src/index.ts";
import { webEngine } from "../src/zip/web-engine.ts";
import {
  asStream,
  byDirectory,
  type Contents,
  damaged,
  damages,
  outcome,
  problemOf,
  sameContents,
  samples,
} from "./damage.ts";
import { type WriterOptions, type WrittenEntry, writeZip } from "./zip-writer.ts";

/** Something that must hold for whatever fast-check makes up. */
export interface FuzzProperty {
  name: string;
  property: fc.IAsyncProperty<[unknown]>;
}

const web = webEngine();

function fail(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(problems.join("; "));
}

/** Reads it in every way there is, and through `openRunLogs`, and gives what went wrong but for our own errors. */
async function strangeErrors(bytes: Uint8Array): Promise<string[]> {
  const outcomes = [
    await outcome(byDirectory(bytes)),
    await outcome(asStream(bytes)),
    await outcome(byDirectory(bytes, web)),
    await outcome(asStream(bytes, web)),
    await outcome(throughLogs(bytes)),
  ];
  return outcomes.flatMap((one) =>
    "error" in one && !(one.error instanceof ArchiveError)
      ? [`another exception: ${String((one.error as Error).stack)}`]
      : [],
  );
}

async function throughLogs(bytes: Uint8Array): Promise<Contents> {
  const contents: Contents = new Map();
  const logs = await openRunLogs(bytes);
  for (const job of logs.jobs)
    for (const step of job.steps)
      for await (const line of step.lines()) contents.set(job.name + step.name, line.raw);
  for await (const failure of logs.failures()) contents.set(failure.job.name, "failure");
  return contents;
}

const piece = fc.oneof(
  fc.uint8Array({ maxLength: 60 }),
  fc.constantFrom(
    ...["PK\x03\x04", "PK\x01\x02", "PK\x05\x06", "PK\x06\x06", "PK\x06\x07", "PK\x07\x08"].map(
      (text) => new TextEncoder().encode(text),
    ),
  ),
);
const anyBytes = fc
  .array(piece, { maxLength: 12 })
  .map((pieces) => new Uint8Array(pieces.flatMap((part) => [...part])));

const names = fc.oneof(
  fc.constantFrom("0_build.txt", "build/1_Set up job.txt", "build/system.txt", "build/", "a/b/c"),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom("../x", "/x", "C:\\x", "a\0", "0_🔒.txt", "-2147483648_build.txt"),
);
const word = fc.integer({ min: 0, max: 2 ** 32 - 2 });
const lie = fc.record({ crc32: word, compressedSize: word, size: word }, { requiredKeys: [] });
const sometimes = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 8 });

const entry = fc
  .record({
    name: names,
    content: fc.string({ unit: "binary", maxLength: 200 }),
    method: fc.constantFrom(0, 8, 8, 8, 8),
    descriptor: fc.boolean(),
    signed: fc.constantFrom(true, true, true, false),
    zip64: fc.constantFrom(false, false, false, true),
    flags: sometimes(fc.constantFrom(1, 64, 2048, 8192)),
    mode: sometimes(fc.constantFrom(0o100_644, 0o120_777, 0o40_755, 0o644)),
    before: sometimes(fc.uint8Array({ maxLength: 30 })),
    hidden: sometimes(fc.boolean()),
    says: sometimes(lie),
    descriptorSays: sometimes(lie),
    directorySays: sometimes(
      fc.record({ offset: fc.nat(300), name: names, size: word }, { requiredKeys: [] }),
    ),
  })
  .map((made) => withoutUndefined(made) as unknown as WrittenEntry);

const archive = fc.record({
  entries: fc.array(entry, { maxLength: 5 }),
  options: fc
    .record({
      comment: sometimes(fc.string({ maxLength: 30 })),
      after: sometimes(fc.uint8Array({ maxLength: 30 })),
      zip64: fc.constantFrom(false, false, false, true),
      endSays: sometimes(fc.record({ entries: fc.nat(6), here: fc.nat(6) }, { requiredKeys: [] })),
    })
    .map((made) => withoutUndefined(made) as WriterOptions),
});

function withoutUndefined(made: object): object {
  return Object.fromEntries(Object.entries(made).filter(([, value]) => value !== undefined));
}

/** What an archive without lies holds. */
function written(entries: readonly WrittenEntry[]): Contents {
  return new Map(
    entries.map(({ name, content }) => [
      name as string,
      Buffer.from(content as string).toString("latin1"),
    ]),
  );
}

/** All properties of the reader. */
export const fuzzProperties: readonly FuzzProperty[] = [
  {
    name: "any bytes: our own errors and no other",
    property: fc.asyncProperty(anyBytes, async (bytes) => fail(await strangeErrors(bytes))),
  },
  {
    name: "any structure: what was written, or an error",
    property: fc.asyncProperty(archive, async ({ entries, options }) => {
      const bytes = writeZip(entries, options);
      const truth = written(entries);
      const problems = await strangeErrors(bytes);
      const read = [await outcome(byDirectory(bytes)), await outcome(asStream(bytes))];
      for (const one of read)
        if ("contents" in one && !sameContents(one.contents, truth))
          problems.push("read as something that was not written");
      if (read.filter((one) => "error" in one).length === 1)
        problems.push("the stream and the directory are read differently");
      fail(problems);
    }),
  },
  {
    name: "any damage: the same content, or an error",
    property: fc.asyncProperty(
      fc.record({ index: fc.nat(samples.length - 1), list: damages }),
      async ({ index, list }) => {
        const sample = samples[index] as Uint8Array;
        const truth = await byDirectory(sample);
        const bytes = damaged(sample, list);
        const read = [await outcome(byDirectory(bytes, web)), await outcome(asStream(bytes, web))];
        fail(read.flatMap((one) => problemOf(one, truth, false)));
      },
    ),
  },
];
