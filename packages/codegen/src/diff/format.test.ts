import { expect, test } from "vitest";
import { formatReport, type Report } from "./format.ts";

const report: Report = {
  bump: "major",
  changes: [
    {
      class: "breaking",
      pointer: "/a",
      message: "`a` is gone from responses.",
      fragments: ["x", "y"],
    },
    { class: "additive", pointer: "", message: "The fragment `z` is new.", fragments: ["z"] },
    { class: "docs", pointer: "/b", message: "`b`: description changed." },
  ],
};

test("text has a line for the sentence and one for the location, and ends with the bump", () => {
  expect(formatReport(report, "text", { docs: true }))
    .toBe(`breaking  \`a\` is gone from responses. (x, y)
          /a
additive  The fragment \`z\` is new. (z)
docs      \`b\`: description changed.
          /b
Bump: major (1 breaking, 1 additive, 1 documentation only).
`);
});

test("without docs, changes of documentation are counted in one line", () => {
  expect(formatReport(report, "text")).toBe(`breaking  \`a\` is gone from responses. (x, y)
          /a
additive  The fragment \`z\` is new. (z)
Bump: major (1 breaking, 1 additive, 1 documentation only; --docs lists the documentation).
`);
  expect(formatReport(report, "markdown")).not.toContain("description changed");
});

test("Markdown begins with the bump and folds the documentation", () => {
  expect(formatReport(report, "markdown", { docs: true }))
    .toBe(`Bump: major (1 breaking, 1 additive, 1 documentation only).

### Breaking (1)

- \`a\` is gone from responses. (x, y) \`/a\`

### New (1)

- The fragment \`z\` is new. (z)

<details><summary>Documentation only (1)</summary>

- \`b\`: description changed. \`/b\`

</details>
`);
});

test("JSON is the report itself", () => {
  expect(JSON.parse(formatReport(report, "json"))).toEqual(report);
});

test("nothing changed is said in so many words", () => {
  const nothing: Report = { bump: "none", changes: [] };
  expect(formatReport(nothing, "text")).toBe("Nothing changed.\n");
  expect(formatReport(nothing, "markdown")).toBe("Nothing changed.\n");
});
