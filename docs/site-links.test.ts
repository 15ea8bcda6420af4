import { expect, test } from "vitest";
import { siteLink } from "./site-links.ts";

const main = "https://github.com/workflow-runs/workflow-runs";

test.for([
  // A README's, as npm shows them.
  [
    "packages/msw.md",
    `${main}/blob/main/docs/cookbook/faults.md#heading`,
    "/cookbook/faults.md#heading",
  ],
  ["packages/msw.md", `${main}/tree/main/packages/cli#readme`, "/packages/cli"],
  ["packages/core.md", `${main}/blob/main/bench/RESULTS.md`, `${main}/blob/main/bench/RESULTS.md`],
  ["packages/core.md", "./package.json", `${main}/tree/main/packages/core/package.json`],
  // A page's.
  ["start.md", "./packages/msw", "/packages/msw"],
  ["cookbook/webhooks.md", "../packages/msw#time", "/packages/msw#time"],
  ["start.md", "./cookbook/", "/cookbook/"],
  ["cookbook/index.md", "./faults", "/cookbook/faults"],
  // The reference's.
  ["reference/@workflow-runs/watch.md", "core.md#job", "/reference/@workflow-runs/core.md#job"],
  ["reference/@workflow-runs/core/support.md", "../core.md", "/reference/@workflow-runs/core.md"],
  // What is left as it is.
  ["start.md", "#here", "#here"],
  ["start.md", "https://example.com/a.md", "https://example.com/a.md"],
  ["reference/index.md", "/rest/actions", "https://docs.github.com/rest/actions"],
] as const)("on %s, %s leads to %s", ([page, href, where]) => {
  expect(siteLink(page, href)).toBe(where);
});

test.for([
  ["packages/core.md", "../openapi-types/src.md#simpleuser"],
  ["packages/core.md", `${main}/tree/main/openapi-types/src.md`],
  ["start.md", "../NOWHERE.md"],
] as const)("on %s, %s leads to nothing and is refused", ([page, href]) => {
  expect(() => siteLink(page, href)).toThrow(/which is not in the repository/);
});
