import * as fc from "fast-check";
import { expect, test } from "vitest";
import { stamp } from "../../test/log-archives.ts";
import { scanLog } from "../job-log.ts";
import { withDefaults } from "../zip/limits.ts";
import { linesOf } from "./line-stream.ts";

const at = (seconds: number, text: string) => `${stamp(seconds)} ${text}`;

/** What real logs have, and what breaks readers that look at one piece alone. */
const nasty = Buffer.concat([
  Buffer.from(
    [
      `\uFEFF${at(0, "Current runner version: '2.336.0'")}`,
      at(1, "Complete job name: bü🚨ld\r"),
      at(2, "##[group]Run ./setup\r"),
      at(2, "with:"),
      at(2, "##[endgroup]"),
      at(3, "##[start-action display=Install;id=__self.install]"),
      at(4, "10 %\r50 %\r\u001b[32m100 %\u001b[0m\r"),
      at(5, "nothing\u0000here"),
      at(6, "##[error]first\r\nsecond, without a time\r\n\r\n\uFEFFthird"),
      at(7, "##[end-action id=__self.install;outcome=failure;conclusion=success;duration_ms=4321]"),
      at(8, "\u2028\u0085日本"),
      "",
    ].join("\n"),
  ),
  Buffer.from([0xf0, 0x9f, 0x0a, 0xff, 0xfe, 0xc3, 0x0d, 0x0a, 0x80, 0x0a]),
  Buffer.from(`${at(9, "Cleaning up orphan processes")}\r\n${at(10, "no line end \uD83D\uDEA8")}`),
]);

const limits = withDefaults(undefined, "test");

async function read(pieces: readonly Uint8Array[]) {
  const lines: object[] = [];
  const source = async function* () {
    for (const bytes of pieces) yield { bytes, step: undefined };
  };
  for await (const line of linesOf("job", source, limits.lineLength)) lines.push({ ...line });
  const { jobName, markers } = await scanLog(async function* () {
    yield* pieces;
  }, limits);
  return { lines, jobName, markers };
}

test("a log reads the same wherever its bytes are cut in two", async () => {
  const whole = await read([nasty]);
  expect(whole.jobName).toBe("bü🚨ld");
  expect(whole.markers.map(({ kind }) => kind)).toEqual(["set-up", "run", "complete"]);
  expect(whole.lines.length).toBeGreaterThan(15);
  for (let cut = 0; cut <= nasty.length; cut++)
    expect(await read([nasty.subarray(0, cut), nasty.subarray(cut)]), `cut at ${cut}`).toEqual(
      whole,
    );
});

test("a log reads the same byte by byte, and in any pieces", async () => {
  const whole = await read([nasty]);
  expect(await read(Array.from(nasty, (byte) => Uint8Array.of(byte)))).toEqual(whole);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat({ max: nasty.length }), { maxLength: 12 }),
      async (positions) => {
        const cuts = [0, ...positions.toSorted((a, b) => a - b), nasty.length];
        const pieces = cuts.slice(1).map((end, index) => nasty.subarray(cuts[index], end));
        expect(await read(pieces)).toEqual(whole);
      },
    ),
    { seed: 15, numRuns: 200 },
  );
});
