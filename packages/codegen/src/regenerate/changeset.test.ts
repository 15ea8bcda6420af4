import { expect, test } from "vitest";
import { changesets } from "./changeset.ts";
import type { FragmentChange } from "./report.ts";

const breaking = {
  class: "breaking",
  pointer: "/components/schemas/license/properties/url",
  message: "`license.url` may now be null in responses.",
} as const;
const docs = {
  class: "docs",
  pointer: "/paths/~1x/get",
  message: "`x`: description changed.",
} as const;

const fragments: FragmentChange[] = [
  { name: "github", bump: "patch", changes: [docs], removedOperations: [] },
  { name: "ghec", bump: "major", changes: [breaking, docs], removedOperations: [] },
  {
    name: "ghec-2026-03-10",
    bump: "major",
    changes: [breaking],
    removedOperations: [],
  },
  { name: "ghes-3.17", bump: "none", changes: [], removedOperations: [] },
];

test("each package gets the bump and the words of the fragments its users see", () => {
  const releases = {
    "@workflow-runs/openapi-types": ["*"],
    "@workflow-runs/core": ["github"],
    other: ["ghes-3.17"],
  };
  expect(
    changesets({ releases, fragments, source: "@octokit/openapi 24.0.0", taken: new Set() }),
  ).toEqual([
    {
      file: "octokit-openapi-24-0-0-openapi-types.md",
      content: `---
"@workflow-runs/openapi-types": major
---

Generated from @octokit/openapi 24.0.0.

Breaking for programs written against the older types:

- \`license.url\` may now be null in responses. (ghec, ghec-2026-03-10)

1 location differs in the documentation only.
`,
    },
    {
      file: "octokit-openapi-24-0-0-core.md",
      content: `---
"@workflow-runs/core": patch
---

Generated from @octokit/openapi 24.0.0.

1 location differs in the documentation only.
`,
    },
  ]);
});

test("no file that is there is written over", () => {
  const input = { releases: { types: ["*"] }, fragments, source: "p 1.0.0" };
  const name = (...taken: string[]) =>
    changesets({ ...input, taken: new Set(taken) }).map(({ file }) => file);
  expect(name()).toEqual(["p-1-0-0-types.md"]);
  expect(name("p-1-0-0-types.md")).toEqual(["p-1-0-0-types-2.md"]);
  expect(name("p-1-0-0-types.md", "p-1-0-0-types-2.md")).toEqual(["p-1-0-0-types-3.md"]);
});
