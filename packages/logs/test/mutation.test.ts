import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { webEngine } from "../src/zip/web-engine.ts";
import {
  asStream,
  byDirectory,
  byYauzl,
  byZipJs,
  type Contents,
  damaged,
  damages,
  outcome,
  problemOf,
  sameContents,
  samples,
} from "./damage.ts";
import { hasFixtures, realArchive, skipped } from "./fixtures.ts";

const realNames = [
  "2021-hub4j-with-steps.zip",
  "2026-opencode-emoji-with-steps.zip",
  "2024-gato-x-negative-ordinal.zip",
];

const sets = [
  { set: "made by us", archives: samples, usable: true },
  {
    set: `of GitHub${skipped}`,
    archives: hasFixtures ? realNames.map((name) => realArchive(name)) : [],
    usable: hasFixtures,
  },
];

describe.each(sets)("an archive $set that was damaged", ({ archives: samples, usable }) => {
  const truths = Promise.all(samples.map((sample) => byDirectory(sample)));

  test.skipIf(!usable)("sound ones are read alike by us, zip.js and yauzl-promise", async () => {
    for (const [index, sample] of samples.entries()) {
      const truth = (await truths)[index] as Contents;
      expect(await asStream(sample)).toEqual(truth);
      expect(await asStream(sample, webEngine())).toEqual(truth);
      expect(await byDirectory(sample, webEngine())).toEqual(truth);
      expect(await byZipJs(sample)).toEqual(truth);
      expect(await byYauzl(sample)).toEqual(truth);
    }
  });

  test.skipIf(!usable)(
    "is never read differently without an error, in 600 damages",
    async () => {
      const seen = { refused: 0, same: 0, zipJsDeceived: 0, yauzlDeceived: 0 };
      const which = fc.integer({ min: 0, max: samples.length - 1 });
      const property = fc.asyncProperty(which, damages, async (index, list) => {
        const bytes = damaged(samples[index] as Uint8Array, list);
        const truth = (await truths)[index] as Contents;
        const ours = [await outcome(byDirectory(bytes)), await outcome(asStream(bytes))];
        const [zipJs, yauzl] = (
          await Promise.all([outcome(byZipJs(bytes)), outcome(byYauzl(bytes))])
        ).map((other) => "contents" in other && !sameContents(other.contents, truth));
        seen[ours.some((one) => "error" in one) ? "refused" : "same"]++;
        seen.zipJsDeceived += zipJs ? 1 : 0;
        seen.yauzlDeceived += yauzl ? 1 : 0;
        const deceiving = zipJs === true || yauzl === true;
        expect(ours.flatMap((one) => problemOf(one, truth, deceiving))).toEqual([]);
      });
      await fc.assert(property, { numRuns: 600, seed: 20_260_101, endOnFailure: true });
      expect(seen.refused + seen.same).toBe(600);
      expect(seen.refused).toBeGreaterThan(400);
      // The damages are such that less strict readers are deceived by some.
      expect(seen.zipJsDeceived + seen.yauzlDeceived).toBeGreaterThan(0);
    },
    600_000,
  );
});
