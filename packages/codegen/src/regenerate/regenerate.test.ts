import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { smallDescription } from "../../test/small-description.ts";
import type { Description } from "../description.ts";
import type { JsonObject } from "../json.ts";
import { regenerate } from "./regenerate.ts";

let folder: string;
let config: string;

const settings = {
  select: { operations: ["things/get", "things/create"] },
  overlay: "overlay.yaml",
  targets: { main: "./main.json", other: "./other.json" },
  names: { Thing: "thing" },
  output: { fragments: "out", types: "types", minified: "min", changesets: "changes" },
  releases: { types: ["*"], client: ["main"] },
};

const overlay = `overlay: 1.1.0
actions:
  - target: $.components.schemas.thing.properties.name
    description: A thing may have no name
    update: { nullable: true }
`;

function put(name: string, content: unknown): void {
  writeFileSync(
    join(folder, name),
    typeof content === "string" ? content : JSON.stringify(content),
  );
}

function at(name: string): string {
  return readFileSync(join(folder, name), "utf8");
}

/** The small description with a breaking change for a newer API version. */
function versioned(): Description {
  const description = smallDescription();
  (description.components["schemas"]!["owner"] as JsonObject)["x-github-breaking-changes"] = [
    { changeset: "remove_site", patch: { properties: { site: null } }, version: "2026-03-10" },
  ];
  return description;
}

/** Every file below the folder with its content and the time it was written. */
function snapshot(): { [file: string]: string } {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    statSync(join(folder, file)).isFile(),
  );
  return Object.fromEntries(
    files.map((file) => [file, `${statSync(join(folder, file)).mtimeMs} ${at(file)}`]),
  );
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "codegen-regenerate-"));
  config = join(folder, "sources.json");
  put("sources.json", settings);
  put("overlay.yaml", overlay);
  put("main.json", versioned());
  put("other.json", smallDescription());
});

test("writes a fragment and types for each target and API version, and what the main one has more", async () => {
  const { report } = await regenerate({ config });
  expect(readdirSync(join(folder, "out")).sort()).toEqual([
    "main-2026-03-10.json",
    "main.json",
    "other.json",
  ]);
  expect(readdirSync(join(folder, "types")).sort()).toEqual([
    "main-2026-03-10.gen.ts",
    "main-2026-03-10.operations.gen.ts",
    "main.gen.ts",
    "operations.gen.ts",
    "other.gen.ts",
    "other.operations.gen.ts",
  ]);
  expect(readdirSync(join(folder, "min"))).toEqual(["main.json"]);
  expect(report.bump).toBe("minor");
  expect(at("types/main.gen.ts")).toContain("name: string | null;");
  expect(at("types/main.gen.ts")).toContain("export interface Thing {");
  expect(at("types/other.gen.ts")).toContain('thing: base.components["schemas"]["thing"];');
  expect(JSON.parse(at("min/main.json"))).toEqual(JSON.parse(at("out/main.json")));
  expect(at("out/main.json")).not.toContain("x-github-breaking-changes");
  expect(at("out/main.json")).toContain('"site"');
  expect(at("out/main-2026-03-10.json")).not.toContain('"site"');
});

test("the second time nothing is written, and --check is content", async () => {
  await regenerate({ config });
  const before = snapshot();
  expect((await regenerate({ config })).written).toEqual([]);
  expect((await regenerate({ config, check: true })).report).toEqual({ bump: "none", changes: [] });
  expect(snapshot()).toEqual(before);
});

test("the same bytes come from a description whose keys stand in another order", async () => {
  await regenerate({ config });
  const { openapi, info, paths, components } = versioned();
  const { "/things": things, ...others } = paths;
  put("main.json", { components, paths: { "/things": things, ...others }, info, openapi });
  expect((await regenerate({ config })).written).toEqual([]);
});

describe("--check", () => {
  test.each([
    ["a fragment was edited", "out/main.json", "{}"],
    ["types were edited", "types/other.gen.ts", "// mine"],
  ])("fails when %s, and writes nothing", async (_, file, content) => {
    await regenerate({ config });
    put(file, content);
    const before = snapshot();
    await expect(regenerate({ config, check: true })).rejects.toMatchObject({
      name: "ReviewError",
      message: expect.stringContaining(`${file}; run regenerate and commit`),
    });
    expect(snapshot()).toEqual(before);
  });

  test("fails when the description changed", async () => {
    await regenerate({ config });
    const changed = smallDescription();
    (changed.components["schemas"]!["owner"] as { properties: JsonObject }).properties["age"] = {
      type: "integer",
    };
    put("other.json", changed);
    await expect(regenerate({ config, check: true })).rejects.toThrow("out/other.json");
  });
});

describe("an operation that would go away", () => {
  beforeEach(async () => {
    await regenerate({ config });
    put("sources.json", { ...settings, select: { operations: ["things/get"] } });
  });

  test("asks for a person: nothing is written, and the message says how to confirm", async () => {
    const before = snapshot();
    await expect(regenerate({ config })).rejects.toMatchObject({
      name: "ReviewError",
      message:
        "things/create would go away (in main, main-2026-03-10, other); nothing was written. When that is meant, run again with --accept-removal things/create",
    });
    expect(snapshot()).toEqual(before);
  });

  test("goes away when that is confirmed, and asks for a major version", async () => {
    const { report } = await regenerate({
      config,
      changeset: true,
      acceptRemoval: ["things/create"],
    });
    expect(report.bump).toBe("major");
    expect(at("out/main.json")).not.toContain("things/create");
    expect(at("changes/the-descriptions-types.md")).toContain(
      "- The operation `things/create` is gone. (main, main-2026-03-10, other)",
    );
  });

  test("is not confirmed by another name", async () => {
    await expect(regenerate({ config, acceptRemoval: ["things/get"] })).rejects.toThrow(
      "--accept-removal things/get: is not going away",
    );
  });
});

test("a target that is dropped takes its files along, once that is confirmed", async () => {
  await regenerate({ config });
  put("sources.json", { ...settings, targets: { main: "./main.json" } });
  await expect(regenerate({ config })).rejects.toThrow("other would go away (in other)");
  await regenerate({ config, acceptRemoval: ["other"] });
  expect(existsSync(join(folder, "out/other.json"))).toBe(false);
  expect(existsSync(join(folder, "types/other.gen.ts"))).toBe(false);
});

describe("--changeset", () => {
  test("writes one for each package that something changes for", async () => {
    await regenerate({ config });
    const changed = smallDescription();
    (changed.components["schemas"]!["owner"] as { required: string[] }).required = [];
    put("other.json", changed);
    await regenerate({ config, changeset: true });
    expect(readdirSync(join(folder, "changes"))).toEqual(["the-descriptions-types.md"]);
    expect(at("changes/the-descriptions-types.md")).toBe(`---
"types": major
---

Generated from the descriptions.

Breaking for programs written against the older types:

- \`owner.login\` may now be missing in responses. (other)
`);
  });

  test("is refused when the configuration names no package for it", async () => {
    put("sources.json", { ...settings, releases: {} });
    await expect(regenerate({ config, changeset: true })).rejects.toMatchObject({
      name: "InputError",
      message: `${config}: a changeset needs \`releases\`, the packages it speaks of: { "my-package": ["*"] }`,
    });
    expect(existsSync(join(folder, "out"))).toBe(false);
  });

  test("writes none when nothing changed", async () => {
    await regenerate({ config });
    await regenerate({ config, changeset: true });
    expect(existsSync(join(folder, "changes"))).toBe(false);
  });
});

describe("a finding about the description stops everything", () => {
  async function expectRefused(message: string): Promise<void> {
    const before = snapshot();
    await expect(regenerate({ config })).rejects.toMatchObject({
      name: "ReviewError",
      message: expect.stringContaining(message),
    });
    expect(snapshot()).toEqual(before);
  }

  test("a correction that changes nothing any more", async () => {
    const fixed = smallDescription();
    (fixed.components["schemas"]!["thing"] as { properties: { name: JsonObject } }).properties.name[
      "nullable"
    ] = true;
    put("other.json", fixed);
    await expectRefused(
      "overlay action 1 (A thing may have no name): changes nothing in other any more",
    );
  });

  test("an example that contradicts its schema, unless it is listed", async () => {
    const bad = smallDescription();
    bad.components["examples"]!["thing"] = { value: null };
    put("other.json", bad);
    const before = snapshot();
    const refused = await regenerate({ config }).catch((error: unknown) => error as Error);
    expect(snapshot()).toEqual(before);
    expect(refused).toMatchObject({ name: "ReviewError" });
    const [, message, list] = /^([^{]*)(\{.*\})$/.exec((refused as Error).message)!;
    expect(message).toBe(
      `an example does not fit its schema; correct the schema in the overlay, or give badExamples of ${config} also `,
    );
    // What the message lists can be pasted as it is.
    const badExamples = JSON.parse(list!) as JsonObject;
    expect(badExamples).toEqual({
      "/components/examples/thing": 'Instance type "null" is invalid. Expected "object" (in other)',
    });
    put("sources.json", { ...settings, badExamples });
    await regenerate({ config });
    put("other.json", smallDescription());
    await expectRefused(
      "now fits its schema or is gone: /components/examples/thing; delete it from the list",
    );
  });
});

test("a name may be for a schema that one of the fragments lacks", async () => {
  const without = smallDescription();
  without.components["schemas"]!["person"] = without.components["schemas"]!["owner"]!;
  delete without.components["schemas"]!["owner"];
  const text = JSON.stringify(without);
  put("other.json", text.replaceAll("#/components/schemas/owner", "#/components/schemas/person"));
  put("sources.json", { ...settings, names: { Owner: "owner" } });
  await regenerate({ config });
  expect(at("types/main.gen.ts")).toContain("export interface Owner {");
  expect(at("types/other.gen.ts")).not.toContain("export interface Owner {");
});

describe("bad input names the file, and touches nothing", () => {
  test.each([
    [
      "a description that is not there",
      () => put("sources.json", { ...settings, targets: { main: "./no.json" } }),
      "no.json: there is no such file",
    ],
    [
      "a broken description",
      () => put("main.json", '{"openapi":"3.0.3",'),
      "main.json:1:20: broken JSON: the file ends too early",
    ],
    [
      "an operation that is not there",
      () => put("sources.json", { ...settings, select: { operations: ["x"] } }),
      "main.json: there is no operation x in the description",
    ],
    [
      "a broken overlay",
      () => put("overlay.yaml", "overlay: 3"),
      "overlay.yaml: not an OpenAPI Overlay",
    ],
    [
      "an API version that is not there",
      () => put("sources.json", { ...settings, defaultApiVersion: "2020-01-01" }),
      "no target has the default API version 2020-01-01; there are 2022-11-28 and 2026-03-10",
    ],
    [
      "a release of a fragment that is not there",
      () => put("sources.json", { ...settings, releases: { client: ["main", "othr"] } }),
      "sources.json: releases.client: there is no fragment othr (did you mean other?)",
    ],
    [
      "a name for a schema that is in no fragment",
      () => put("sources.json", { ...settings, names: { Thing: "thing", Own: "onwer", X: "x" } }),
      "sources.json: names.Own: none of the fragments has a schema onwer (did you mean owner?); names.X: none of the fragments has a schema x",
    ],
  ])("%s", async (_, damage, message) => {
    await regenerate({ config });
    damage();
    const before = snapshot();
    await expect(regenerate({ config })).rejects.toMatchObject({
      name: "InputError",
      message: expect.stringContaining(message),
    });
    expect(snapshot()).toEqual(before);
  });

  test("a folder that cannot be written leaves no half file", async () => {
    mkdirSync(join(folder, "out/main.json"), { recursive: true });
    await expect(regenerate({ config })).rejects.toThrow("out/main.json: cannot be written");
    expect(readdirSync(join(folder, "out"))).toEqual(["main.json"]);
  });
});
