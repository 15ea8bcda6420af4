import * as fc from "fast-check";
import { expect, test } from "vitest";
import { decodeCached, encodeCached } from "./cached-response.ts";

const headers = fc.array(fc.tuple(fc.stringMatching(/^x-[a-z]{1,9}$/), fc.string()));

test("a response comes back as it was kept, except what described the wire", () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1 }),
      headers,
      fc.string({ unit: "binary" }),
      (etag, kept, text) => {
        const wire: [string, string][] = [
          ["content-encoding", "gzip"],
          ["content-length", "9"],
        ];
        expect(decodeCached(encodeCached({ etag, headers: [...kept, ...wire], text }))).toEqual({
          etag,
          headers: kept,
          text,
        });
      },
    ),
  );
});

test("whatever else is found in the store is as good as nothing", () => {
  const good = encodeCached({ etag: '"1"', headers: [], text: '{"id":1}' });
  for (let length = 0; length < good.length; length++)
    expect(decodeCached(good.slice(0, length))).toBeUndefined();
  for (const value of [
    undefined,
    "",
    "{}\n",
    "null\n",
    "[]\n{}",
    '{"etag":1,"headers":[],"length":0}\n',
  ])
    expect(decodeCached(value)).toBeUndefined();
});
