import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decodeCached, encodeCached } from "./cached-response.ts";

// Names that are no two the same, values that can be headers: what comes from a response.
const word = fc.stringMatching(/^[a-z]{1,9}$/);
const headers = fc.array(
  fc.tuple(
    word.map((name) => `x-${name}`),
    word,
  ),
);
const about = { storedAt: 1, vary: ["x-a"], variant: "" };

test("a response comes back as it was kept, except what described the wire", async () => {
  await fc.assert(
    fc.asyncProperty(
      word.map((tag) => `"${tag}"`),
      headers,
      fc.string({ unit: "binary" }),
      async (etag, kept, text) => {
        const wire: [string, string][] = [
          ["content-encoding", "gzip"],
          ["content-length", "9"],
        ];
        const entry = { etag, headers: kept, text, ...about };
        const value = await encodeCached({ ...entry, headers: [...kept, ...wire] });
        expect(await decodeCached(value)).toEqual(entry);
      },
    ),
  );
});

test("whatever else is found in the store is as good as nothing", async () => {
  const good = await encodeCached({ etag: '"1"', headers: [], text: '{"id":1,"x":"ü"}', ...about });
  for (let length = 0; length < good.length; length++)
    expect(await decodeCached(good.slice(0, length))).toBeUndefined();
  for (const value of [
    undefined,
    "",
    "{}\n",
    "null\n",
    "[]\n{}",
    // The same length: another run, and what a store in another encoding makes of it.
    good.replace('"id":1', '"id":2'),
    good.replace("ü", "?"),
    '{"etag":1,"headers":[],"length":0}\n',
    ...[
      { etag: 1 },
      { etag: '"1"\r\nx-evil: 1' },
      { headers: [["x-a", "a\nb"]] },
      { headers: [["not a name", "1"]] },
      { headers: [1] },
      { headers: {} },
      { headers: "x" },
      { storedAt: "yesterday" },
      { storedAt: null },
      { vary: "x" },
      { vary: [1] },
      { variant: 7 },
      { digest: 9 },
    ].map((part) =>
      good.replace(/^.*/, (line) => JSON.stringify({ ...JSON.parse(line), ...part })),
    ),
  ])
    expect(await decodeCached(value)).toBeUndefined();
});
