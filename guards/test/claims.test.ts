import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  claimsOf,
  type Results,
  topicsOf,
  withoutResults,
  withResults,
} from "../../bench/src/results.ts";
import { filesOf, readmes, readResults } from "../../bench/src/results-files.ts";

const root = join(import.meta.dirname, "../..");
const results = readResults();

/** A formatter may widen the columns of a table. */
const unaligned = (text: string): string =>
  text
    .replaceAll(/-{3,}/g, "---")
    .replaceAll(/ +/g, " ")
    .replaceAll(" :", " ")
    .replaceAll(": ", " ");

/** A number beside a rival, or of time, which nobody can check who has no measurement of it. */
const figure =
  /\d(?:[\d.,]*\d)?\s?(?:×|µs\b|x (?:as|faster|slower|less|more)\b|times (?:as|faster|slower|less|more)\b)/;

const claimsIn = (readme: string): string[] =>
  withoutResults(readme)
    .split("\n")
    .filter((line) => figure.test(line));

describe("what READMEs say of speed and size", () => {
  test.each([...filesOf(results)])("%s stands as the results are", (path, content) => {
    expect(unaligned(readFileSync(join(root, path), "utf8"))).toBe(unaligned(content));
  });

  test.each(readmes())("%s has no figure beside a rival that was not measured", (path) => {
    expect(claimsIn(readFileSync(join(root, path), "utf8"))).toEqual([]);
  });

  test.each(topicsOf(results))("each claim of %s holds by the median of its runs", (topic) => {
    const failing = claimsOf(results, topic).filter((claim) => !claim.holds);
    expect(failing.map(({ claim, row }) => `${claim.what}: ${row.median}`)).toEqual([]);
  });
});

describe("the guard", () => {
  const some: Results = {
    machines: { core: { node: "v24", cpu: "2 × CPU", date: "2026-11-28", runs: 3 } },
    results: [3, 1, 2].map((value) => ({
      topic: "core",
      measurement: { contest: "import", contender: "@workflow-runs/core", value, unit: "ms" },
    })),
  };

  test("sees a claim without a result", () => {
    expect(claimsIn("It is 3.5 × as fast as Octokit.")).toHaveLength(1);
    expect(claimsIn("It is 3 times faster.")).toHaveLength(1);
    expect(claimsIn("A call takes 140 µs.")).toHaveLength(1);
  });

  test("fills in the median of the runs, and refuses a contest that was not measured", () => {
    const readme = "<!-- results: core / import -->\nold\n<!-- end of results -->\n";
    expect(withResults(readme, some)).toContain("| @workflow-runs/core | 2 ms |");
    expect(claimsIn(withResults(readme, some))).toEqual([]);
    const empty = readme.replace("old\n", "");
    expect(withResults(empty, some)).toBe(withResults(readme, some));
    expect(() => withResults(readme.replace("import", "export"), some)).toThrow(
      /no contest "export"/,
    );
  });
});
