import { expect, test } from "vitest";
import { archiveOf, jobText } from "../../test/log-archives.ts";
import { collectVerified } from "../download/verified.ts";
import type { Engine } from "../zip/engine.ts";
import { withDefaults } from "../zip/limits.ts";
import { pickEngine } from "../zip/pick-engine.ts";
import { openArchiveLogs } from "./archive-logs.ts";
import { createGatherer, createKeeper } from "./kept-logs.ts";

test("a downloaded archive is unpacked once: to check it, to find its steps and to read them", async () => {
  const unpacked: string[] = [];
  const platform = pickEngine();
  const engine: Engine = {
    name: platform.name,
    unpack(body) {
      unpacked.push(body.entry);
      return platform.unpack(body);
    },
  };
  const settings = { engine, limits: withDefaults({}) };
  const archive = archiveOf({ lint: jobText("lint"), docs: jobText("docs") });
  const stream = async function* () {
    yield archive;
  };
  const received = await collectVerified(stream(), settings, archive.length, undefined);
  const logs = await openArchiveLogs(received.source, settings, undefined, received.unpacked);
  for (const job of logs.jobs) {
    expect(await job.text()).toBe(jobText(job.name));
    for (const step of job.steps) await step.text();
  }
  expect(unpacked).toEqual(["0_lint.txt", "1_docs.txt"]);
});

test("of what was unpacked, no more is kept than fits", () => {
  const piece = new Uint8Array(2 ** 20);
  const gatherer = createGatherer();
  const take = (path: string, megabytes: number) => {
    const entry = gatherer.begin(path);
    for (let count = 0; count < megabytes; count++) entry.add(piece);
    entry.end();
  };
  take("too long", 33);
  take("a", 16);
  take("b", 15);
  take("one too many", 2);
  take("c", 1);
  expect([...gatherer.entries.keys()]).toEqual(["a", "b", "c"]);
});

test.each([
  { archive: 32, kept: true },
  { archive: 33, kept: false },
])("of an archive of $archive MB every log is kept: $kept", async ({ archive, kept }) => {
  const unpacked: string[] = [];
  const keep = createKeeper(archive * 2 ** 20);
  const [a, b] = ["a", "b"].map((name) =>
    keep(5 * 2 ** 20, async function* () {
      unpacked.push(name);
      yield new Uint8Array(5 * 2 ** 20);
    }),
  );
  for (const log of [a!, b!, b!, a!, a!]) for await (const _ of log()) continue;
  expect(unpacked).toEqual(kept ? ["a", "b"] : ["a", "b", "a"]);
});

test("a log whose memory another one takes while it is read, is read on from its source", async () => {
  const read: string[] = [];
  const keep = createKeeper(36 * 2 ** 20);
  const logOf = (name: string, megabytes: number) =>
    keep(megabytes * 2 ** 20, async function* () {
      read.push(name);
      for (let at = 0; at < megabytes; at++)
        yield new Uint8Array(2 ** 20).fill(name.charCodeAt(0) + at);
    });
  const a = logOf("a", 7);
  const b = logOf("b", 7);
  const sumOf = async (log: () => AsyncIterable<Uint8Array>, between?: () => Promise<unknown>) => {
    const sums: number[] = [];
    for await (const piece of log()) {
      sums.push(piece.reduce((sum, byte) => sum + byte, 0));
      if (sums.length === 3) await between?.();
    }
    return sums.reduce((sum, each) => sum + each, 0);
  };
  const whole = await sumOf(a);
  expect(await sumOf(a)).toBe(whole);
  expect(read).toEqual(["a"]);
  expect(await sumOf(a, () => sumOf(b))).toBe(whole);
  expect(read).toEqual(["a", "b", "a"]);
  expect(await sumOf(b)).toBe(whole + 7 * 2 ** 20);
});

test("what a reader was given stays as it is when the log goes", async () => {
  const size = 2 ** 22 + 5;
  const keep = createKeeper(36 * 2 ** 20);
  const logOf = (byte: number) =>
    keep(size, async function* () {
      yield new Uint8Array(size).fill(byte);
    });
  const [a, b, c] = [logOf(1), logOf(2), logOf(3)];
  for await (const _ of a()) continue;
  const pieces: Uint8Array[] = [];
  for await (const piece of a()) pieces.push(piece);
  for (const other of [b, c]) for await (const _ of other()) continue;
  expect(pieces.every((piece) => piece.every((byte) => byte === 1))).toBe(true);
  expect(pieces.reduce((sum, piece) => sum + piece.length, 0)).toBe(size);
});
