import * as fc from "fast-check";
import { expect, test } from "vitest";
import { UsageError } from "../stop-reasons.ts";
import { parseRunArgument } from "./run-argument.ts";

const repository = { host: "github.com", owner: "cli", repo: "cli" };
const runUrl = "https://github.com/cli/cli/actions/runs/42";

test.each([
  ["latest", { kind: "latest" }],
  ["failed", { kind: "failed" }],
  ["42", { kind: "id", run_id: 42 }],
  [runUrl, { kind: "id", run_id: 42, repository }],
  [`${runUrl}/`, { kind: "id", run_id: 42, repository }],
  [`${runUrl}?pr=7#summary`, { kind: "id", run_id: 42, repository }],
  [`${runUrl}/attempts/2`, { kind: "id", run_id: 42, repository, attempt_number: 2 }],
  [`${runUrl}/job/99`, { kind: "id", run_id: 42, repository, job_id: 99 }],
  [
    `${runUrl}/attempts/2/job/99`,
    { kind: "id", run_id: 42, repository, attempt_number: 2, job_id: 99 },
  ],
  [`${runUrl}#step:3:12`, { kind: "id", run_id: 42, repository }],
  [`${runUrl}/workflow`, { kind: "id", run_id: 42, repository }],
  [`${runUrl}/jobs/99`, { kind: "id", run_id: 42, repository, job_id: 99 }],
  ["github.com/cli/cli/actions/runs/42", { kind: "id", run_id: 42, repository }],
  ["https://api.github.com/repos/cli/cli/actions/runs/42", { kind: "id", run_id: 42, repository }],
  [
    "https://api.github.com/repos/cli/cli/actions/runs/42/logs",
    { kind: "id", run_id: 42, repository },
  ],
  [
    "https://api.github.com/repos/cli/cli/actions/runs/42/attempts/2/jobs",
    { kind: "id", run_id: 42, repository, attempt_number: 2 },
  ],
  ["https://api.github.com/repos/cli/cli/actions/jobs/99", { kind: "job", job_id: 99, repository }],
  [
    "https://ghes.example.com/api/v3/repos/cli/cli/actions/runs/42",
    { kind: "id", run_id: 42, repository: { ...repository, host: "ghes.example.com" } },
  ],
  [
    "https://github.com/cli/cli/runs/99?check_suite_focus=true",
    { kind: "job", job_id: 99, repository },
  ],
  [
    "https://github.com/cli/cli/pull/7/checks?check_run_id=99",
    { kind: "job", job_id: 99, repository },
  ],
  ["https://github.com/cli/cli/commit/0a1b2c3/checks/99", { kind: "job", job_id: 99, repository }],
  ["https://github.com/cli/cli/commit/0a1b2c3", { kind: "commit", sha: "0a1b2c3", repository }],
  ["0A1B2C3", { kind: "commit", sha: "0a1b2c3" }],
  ["1".repeat(40), { kind: "commit", sha: "1".repeat(40) }],
  ["1234567", { kind: "id", run_id: 1_234_567 }],
  ["HEAD", { kind: "head" }],
  [undefined, { kind: "head" }],
])("%s", (text, argument) => {
  expect(parseRunArgument(text)).toEqual(argument);
});

test.each([
  "",
  "-1",
  "1.5",
  "1e3",
  "#42",
  "Latest",
  "https://github.com/cli/cli",
  `${runUrl}x`,
  "https://github.com/cli/cli/pull/7",
])("%j is a usage error that names it", (text) => {
  expect(() => parseRunArgument(text)).toThrow(UsageError);
  expect(() => parseRunArgument(text)).toThrow(JSON.stringify(text));
});

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
