import { expect, test } from "vitest";
import { newerServers, withBadExamples, withPin } from "./config-edit.ts";
import { readSources } from "./sources.ts";

const text = `{
  "source": { "package": "@octokit/openapi", "version": "23.0.2", "integrity": "sha512-old" },
  "select": { "operations": ["things/get"] },
  "targets": {
    "github": "generated/api.github.com.json",
    "ghes-3.17": "generated/ghes-3.17.json",
    "ghes-3.18": { "description": "https://example.com/ghes-3.18.json", "onUpdate": true }
  },
  "output": { "fragments": ".", "types": "." }
}
`;
const { targets } = readSources(JSON.parse(text), "sources.json");
const pin = { package: "@octokit/openapi", version: "24.0.0", integrity: "sha512-new" };

test("the version and the integrity move, and nothing else", () => {
  const moved = text.replace("23.0.2", "24.0.0").replace("sha512-old", "sha512-new");
  const files = ["generated/ghes-3.16.json", "generated/ghes-3.17.json"];
  expect(withPin(text, pin, files, targets)).toBe(moved);
});

test("an integrity that is missing is written", () => {
  const without = text.replace(', "integrity": "sha512-old"', "");
  expect(JSON.parse(withPin(without, pin, [], targets))).toMatchObject({ source: pin });
});

test("a newer Enterprise Server becomes a target, after the older ones; one that the package has now is read from there", () => {
  const files = [
    "generated/ghes-3.20.json",
    "generated/ghes-3.18.json",
    "generated/ghec.json",
    "generated/ghes-3.19.json",
  ];
  const edited = JSON.parse(withPin(text, pin, files, targets)) as { targets: object };
  expect(Object.entries(edited.targets)).toEqual([
    ["github", "generated/api.github.com.json"],
    ["ghes-3.17", "generated/ghes-3.17.json"],
    ["ghes-3.18", { description: "generated/ghes-3.18.json" }],
    ["ghes-3.19", "generated/ghes-3.19.json"],
    ["ghes-3.20", "generated/ghes-3.20.json"],
  ]);
  expect(newerServers(files, targets)).toEqual(["ghes-3.19", "ghes-3.20"]);
  expect(newerServers(files, targets.slice(0, 1))).toEqual([]);
});

test("examples are listed, and taken from the list", () => {
  const listed = withBadExamples(text, { "/components/examples/job": "no `created_at`" }, []);
  expect(JSON.parse(listed)).toMatchObject({
    badExamples: { "/components/examples/job": "no `created_at`" },
  });
  const emptied = withBadExamples(listed, {}, ["/components/examples/job"]);
  expect(JSON.parse(emptied)).toMatchObject({ badExamples: {} });
});

test("a configuration that is no JSON cannot be changed", () => {
  expect(() => withPin("targets: {}", pin, [], targets)).toThrow(
    "only a configuration in JSON can be changed; this one is not",
  );
});
