import * as fc from "fast-check";
import { expect, test } from "vitest";
import { UsageError } from "../stop-reasons.ts";
import { parseRunArgument } from "./run-argument.ts";

const repository = { host: "github.com", owner: "cli", repo: "cli" };
const URL = "https://github.com/cli/cli/actions/runs/42";

test.each([
  ["latest", { kind: "latest" }],
  ["failed", { kind: "failed" }],
  ["42", { kind: "id", run_id: 42 }],
  [URL, { kind: "id", run_id: 42, repository }],
  [`${URL}/`, { kind: "id", run_id: 42, repository }],
  [`${URL}?pr=7#summary`, { kind: "id", run_id: 42, repository }],
  [`${URL}/attempts/2`, { kind: "id", run_id: 42, repository, attempt_number: 2 }],
  [`${URL}/job/99`, { kind: "id", run_id: 42, repository, job_id: 99 }],
  [
    `${URL}/attempts/2/job/99`,
    { kind: "id", run_id: 42, repository, attempt_number: 2, job_id: 99 },
  ],
])("%s", (text, argument) => {
  expect(parseRunArgument(text)).toEqual(argument);
});

test.each(["", "-1", "1.5", "1e3", "#42", "Latest", "https://github.com/cli/cli", `${URL}x`])(
  "%j is a usage error that names it",
  (text) => {
    expect(() => parseRunArgument(text)).toThrow(UsageError);
    expect(() => parseRunArgument(text)).toThrow(JSON.stringify(text));
  },
);

test("an id up to 2^53 - 1 is exact", () => {
  fc.assert(
    fc.property(fc.maxSafeNat().filter(Boolean), (id) => {
      expect(parseRunArgument(String(id))).toEqual({ kind: "id", run_id: id });
    }),
  );
});

test("an id above that is an error, never a rounded id", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 2n ** 53n, max: 2n ** 70n }), (id) => {
      expect(() => parseRunArgument(String(id))).toThrow(`"${id}" is not a positive whole number`);
    }),
  );
});
