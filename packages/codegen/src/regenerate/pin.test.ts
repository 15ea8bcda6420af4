import { expect, test } from "vitest";
import { withPin } from "./pin.ts";

const text = `{
  "source": { "package": "@octokit/openapi", "version": "23.0.2", "integrity": "sha512-old" },
  "defaultApiVersion": "2022-11-28",
  "targets": {
    "github": "generated/api.github.com.json",
    "ghes-3.17": "generated/ghes-3.17.json"
  }
}
`;
const pin = { package: "@octokit/openapi", version: "24.0.0", integrity: "sha512-new" };

test("the version and the integrity move, and nothing else", () => {
  const moved = text.replace("23.0.2", "24.0.0").replace("sha512-old", "sha512-new");
  expect(withPin(text, pin, ["generated/ghes-3.16.json", "generated/ghes-3.17.json"])).toBe(moved);
});

test("a newer Enterprise Server becomes a target, after the older ones", () => {
  const files = ["generated/ghes-3.20.json", "generated/ghes-3.18.json", "generated/ghec.json"];
  expect(JSON.parse(withPin(text, pin, files))).toMatchObject({
    targets: {
      github: "generated/api.github.com.json",
      "ghes-3.17": "generated/ghes-3.17.json",
      "ghes-3.18": "generated/ghes-3.18.json",
      "ghes-3.20": "generated/ghes-3.20.json",
    },
  });
});

test("a configuration without a pin is refused", () => {
  expect(() => withPin("{}", pin, [])).toThrow("the configuration has no version to move");
});
