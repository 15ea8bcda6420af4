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

test("a response comes back as it was kept, except what described the wire", () => {
  fc.assert(
    fc.property(
      word.map((tag) => `"${tag}"`),
      headers,
      fc.string({ unit: "binary" }),
      (etag, kept, text) => {
        const wire: [string, string][] = [
          ["content-encoding", "gzip"],
          ["content-length", "9"],
        ];
        const entry = { etag, headers: kept, text, ...about };
        expect(decodeCached(encodeCached({ ...entry, headers: [...kept, ...wire] }))).toEqual(
          entry,
        );
      },
    ),
  );
});

test("whatever else is found in the store is as good as nothing", () => {
  const good = encodeCached({ etag: '"1"', headers: [], text: '{"id":1}', ...about });
  for (let length = 0; length < good.length; length++)
    expect(decodeCached(good.slice(0, length))).toBeUndefined();
  for (const value of [
    undefined,
    "",
    "{}\n",
    "null\n",
    "[]\n{}",
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
      { length: 9 },
    ].map((part) =>
      good.replace(/^.*/, (line) => JSON.stringify({ ...JSON.parse(line), ...part })),
    ),
  ])
    expect(decodeCached(value)).toBeUndefined();
});
