import { expect, test } from "vitest";
import { archiveOf, jobText } from "../../test/log-archives.ts";
import { collectVerified } from "../download/verified.ts";
import type { Engine } from "../zip/engine.ts";
import { withDefaults } from "../zip/limits.ts";
import { pickEngine } from "../zip/pick-engine.ts";
import { openArchiveLogs } from "./archive-logs.ts";
import { createGatherer } from "./kept-logs.ts";

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
  take("a", 16);
  take("too long", 17);
  take("b", 15);
  take("one too many", 2);
  take("c", 1);
  expect([...gatherer.entries.keys()]).toEqual(["a", "b", "c"]);
});
