import * as fc from "fast-check";
import { expect, test } from "vitest";
import { LightHeaders } from "./light-headers.ts";

const name = fc.constantFrom(
  "accept",
  "Accept",
  "LINK",
  "set-cookie",
  "x-a",
  "",
  "a b",
  "é",
  "x:y",
);
const value = fc.oneof(
  fc.constantFrom("", " a\t", "a\nb", "a\u0000", "\r\n", "é", "€", "a, b"),
  fc.string({ maxLength: 6, unit: "binary" }),
);
const step = fc.oneof(
  fc.tuple(fc.constantFrom("append" as const, "set" as const), name, value),
  fc.tuple(fc.constant("delete" as const), fc.constantFrom("accept", "Set-Cookie", "X-A")),
);

/** What is in it after these steps, and which of them were refused. */
function after(headers: Headers | LightHeaders, steps: readonly (readonly string[])[]): unknown {
  const refused = steps.map(([method, ...rest]) => {
    try {
      (headers as unknown as Record<string, (...words: string[]) => void>)[method ?? ""]?.(...rest);
      return false;
    } catch (error) {
      return (error as Error).name;
    }
  });
  const seen: string[] = [];
  headers.forEach((each: string, key: string) => seen.push(`${key}: ${each}`));
  return {
    refused,
    seen,
    entries: [...headers],
    keys: [...headers.keys()],
    values: [...headers.values()],
    cookies: headers.getSetCookie(),
    has: ["ACCEPT", "link", "none"].map((each) => [headers.has(each), headers.get(each)]),
  };
}

test("is what the platform's is, whatever is done to it", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      expect(after(new LightHeaders(), steps)).toEqual(after(new Headers(), steps));
    }),
    { numRuns: 2_000, seed: 1 },
  );
});

test.each([
  { "X-A": "b", accept: "c" },
  [
    ["x-a", "b"],
    ["X-A", "c"],
  ],
  new Headers({ link: "<x>" }),
])("is made of what the platform's is made of: %j", (init) => {
  const of = init as HeadersInit;
  expect([...new LightHeaders(of)]).toEqual([...new Headers(of)]);
  expect([...new LightHeaders(new LightHeaders(of) as unknown as Headers)]).toEqual([
    ...new Headers(of),
  ]);
});
