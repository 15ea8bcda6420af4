import { execFileSync } from "node:child_process";
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
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, test } from "vitest";
import { smallDescription } from "../../test/small-description.ts";
import type { Description } from "../description.ts";
import type { JsonObject } from "../json.ts";
import { regenerate } from "./regenerate.ts";

/** The command that makes a release of changesets. */
const changesetCommand = fileURLToPath(
  new URL("../../../../node_modules/@changesets/cli/bin.js", import.meta.url),
);

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
    "main-2022-11-28.json",
    "main.json",
    "other.json",
  ]);
  expect(readdirSync(join(folder, "types")).sort()).toEqual([
    "main-2022-11-28.gen.ts",
    "main-2022-11-28.operations.gen.ts",
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
  expect(at("out/main.json")).not.toContain('"site"');
  expect(at("out/main-2022-11-28.json")).toContain('"site"');
});

test("a group has its own operations, folder and names, and no changeset of the servers' packages", async () => {
  const description = versioned();
  (description.paths["/things"]!["post"] as JsonObject)["operationId"] = "cups/get";
  put("main.json", description);
  const group = { description: "./main.json", group: { types: "package" } };
  put("sources.json", {
    ...settings,
    select: { category: "things", operations: ["things/get"] },
    targets: {
      main: "./main.json",
      cups: { ...group, select: { operations: ["things/get", "cups/get"] } },
    },
    output: { ...settings.output, requests: "package/requests.gen.ts" },
    releases: { types: ["*"], fake: ["cups"] },
  });
  await regenerate({ config, changeset: true });
  expect(readdirSync(join(folder, "package")).sort()).toEqual([
    "cups.gen.ts",
    "operations.gen.ts",
    "requests.gen.ts",
  ]);
  expect(readdirSync(join(folder, "out")).sort()).toEqual([
    "cups-2022-11-28.json",
    "cups.json",
    "main-2022-11-28.json",
    "main.json",
  ]);
  const module = (await import(join(folder, "package/operations.gen.ts"))) as {
    operations: object;
  };
  // Two operations are called "get": the one of another scope has that in front.
  expect(Object.keys(module.operations)).toEqual(["cups.get", "get"]);
  expect(at("package/operations.gen.ts")).toContain('readonly "cups.get": {');
  const { requests } = (await import(join(folder, "package/requests.gen.ts"))) as {
    requests: object;
  };
  expect(requests).toEqual({
    "cups/get": {
      query: {},
      body: {
        type: "object",
        required: ["name"],
        properties: {
          name: { type: "string" },
          size: { type: "string", enum: ["small", "large"] },
          note: { type: "string", nullable: true },
        },
      },
    },
    "things/get": { query: { view: { type: "string", enum: ["short", "long"] } } },
  });
  expect(at("types/operations.gen.ts")).not.toContain("cups");
  const texts = readdirSync(join(folder, "changes")).map((file) => at(`changes/${file}`));
  expect(texts.find((text) => text.includes('"fake"'))).toContain("`cups`");
  expect(texts.find((text) => text.includes('"types"'))).not.toContain("cups");
  // It is compared with what was committed, as the others are.
  expect((await regenerate({ config })).report.changes).toEqual([]);
  put("sources.json", { ...settings, targets: { cups: group, main: "./main.json" } });
  await expect(regenerate({ config })).rejects.toThrow("cups is the main target, not a group");
});

test("a target of the name that another one's API version has is refused, and nothing is written", async () => {
  const targets = { main: "./main.json", "main-2022-11-28": "./other.json" };
  put("sources.json", { ...settings, targets });
  const before = snapshot();
  await expect(regenerate({ config })).rejects.toThrow(
    "targets: two of them give a fragment main-2022-11-28; give main-2022-11-28 another name",
  );
  expect(snapshot()).toEqual(before);
});

test("what another API version lets a request have is listed where it differs", async () => {
  const description = versioned();
  const { schema } = (
    (description.paths["/things"]!["post"] as JsonObject)["requestBody"] as {
      content: { "application/json": { schema: JsonObject } };
    }
  ).content["application/json"];
  schema["x-github-breaking-changes"] = [
    { changeset: "remove_note", patch: { properties: { note: null } }, version: "2026-03-10" },
  ];
  put("main.json", description);
  put("sources.json", { ...settings, output: { ...settings.output, requests: "requests.ts" } });
  await regenerate({ config });
  const module = (await import(join(folder, "requests.ts"))) as {
    requestsOfVersions: { [version: string]: { [id: string]: unknown } };
  };
  const older = module.requestsOfVersions["2022-11-28"]!;
  expect(Object.keys(older)).toEqual(["things/create"]);
  expect(older["things/create"]).toHaveProperty("body.properties.note");
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

  test("is content with what Git on Windows checks out", async () => {
    const { written: files } = await regenerate({ config });
    for (const file of files)
      writeFileSync(file, readFileSync(file, "utf8").replaceAll("\n", "\r\n"));
    expect(files.length).toBeGreaterThan(2);
    const { report } = await regenerate({ config, check: true });
    expect(report).toEqual({ bump: "none", changes: [] });
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
        "things/create would go away (in main, main-2022-11-28, other); nothing was written. When that is meant, run again with --accept-removal things/create",
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
      "- The operation `things/create` is gone. (main, main-2022-11-28, other)",
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
      message: `${config}: a changeset needs "releases", the packages it speaks of: { "my-package": ["*"] }`,
    });
    expect(existsSync(join(folder, "out"))).toBe(false);
  });

  test("never writes over one that is there: a removal and then an addition are two", async () => {
    await regenerate({ config });
    const other = smallDescription();
    const owner = other.components["schemas"]!["owner"] as { properties: JsonObject };
    delete owner.properties["site"];
    put("other.json", other);
    await regenerate({ config, changeset: true });
    owner.properties["age"] = { type: "integer" };
    put("other.json", other);
    await regenerate({ config, changeset: true });
    const written = readdirSync(join(folder, "changes")).sort();
    expect(written).toEqual(["the-descriptions-types-2.md", "the-descriptions-types.md"]);
    expect(at("changes/the-descriptions-types.md")).toContain('"types": major');
    expect(at("changes/the-descriptions-types.md")).toContain("`owner.site` is gone");
    expect(at("changes/the-descriptions-types-2.md")).toContain('"types": minor');
    expect(released("types", written)).toBe("2.0.0");
  });

  /** The version that Changesets make of 1.2.3 with these changesets. */
  function released(name: string, changesets: readonly string[]): string {
    const workspace = mkdtempSync(join(tmpdir(), "codegen-release-"));
    const write = (file: string, content: string) => {
      mkdirSync(dirname(join(workspace, file)), { recursive: true });
      writeFileSync(join(workspace, file), content);
    };
    write("package.json", JSON.stringify({ name, version: "1.2.3" }));
    write("package-lock.json", "{}");
    write(".changeset/config.json", JSON.stringify({ changelog: false, commit: false }));
    for (const file of changesets) write(`.changeset/${file}`, at(`changes/${file}`));
    execFileSync("git", ["init", "--quiet", "--initial-branch=main"], { cwd: workspace });
    execFileSync(process.execPath, [changesetCommand, "version"], { cwd: workspace });
    const manifest = readFileSync(join(workspace, "package.json"), "utf8");
    return (JSON.parse(manifest) as { version: string }).version;
  }

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
});

test("an example that contradicts its schema is a note, until it is recorded", async () => {
  const bad = smallDescription();
  bad.components["examples"]!["thing"] = { value: null };
  put("other.json", bad);
  const { notes } = await regenerate({ config });
  expect(notes).toEqual([
    'an example does not fit its schema: /components/examples/thing: Instance type "null" is invalid. Expected "object" (in other)',
    "--accept-examples records that in the configuration's badExamples",
  ]);
  const { written } = await regenerate({ config, acceptExamples: true });
  expect(written.map((file) => file.replace(/.*\//, ""))).toEqual(["sources.json"]);
  expect((JSON.parse(at("sources.json")) as JsonObject)["badExamples"]).toEqual({
    "/components/examples/thing": 'Instance type "null" is invalid. Expected "object" (in other)',
  });
  expect((await regenerate({ config })).notes).toEqual([]);
  put("other.json", smallDescription());
  expect((await regenerate({ config })).notes).toEqual([
    "an example that badExamples lists fits now, or is gone: /components/examples/thing",
    "--accept-examples records that in the configuration's badExamples",
  ]);
  await regenerate({ config, acceptExamples: true });
  expect((JSON.parse(at("sources.json")) as JsonObject)["badExamples"]).toEqual({});
});

describe("a selection that only some targets have", () => {
  function withoutReading(): Description {
    const description = smallDescription();
    delete description.paths["/things/{id}"];
    return description;
  }

  test("does not stop the others, and is reported", async () => {
    put("other.json", withoutReading());
    put("sources.json", {
      ...settings,
      select: { subcategories: ["reading"], operations: ["things/create"] },
    });
    const { notes } = await regenerate({ config });
    expect(notes).toEqual(["other: no subcategory reading there"]);
    expect(at("out/main.json")).toContain("things/get");
    expect(at("out/other.json")).not.toContain("things/get");
    expect(at("types/other.operations.gen.ts")).not.toContain("things/get");
  });

  test("may be one target's own", async () => {
    put("sources.json", {
      ...settings,
      select: { operations: ["things/create"] },
      targets: {
        main: "./main.json",
        other: { description: "./other.json", select: { operations: ["things/get"] } },
      },
    });
    const { notes } = await regenerate({ config });
    expect(notes).toEqual([]);
    expect(at("out/main.json")).not.toContain("things/get");
    expect(at("out/other.json")).toContain("things/get");
  });

  test("may leave a target with nothing, but not the main one", async () => {
    put("other.json", withoutReading());
    put("sources.json", { ...settings, select: { operations: ["things/get"] } });
    const { notes } = await regenerate({ config });
    expect(notes).toEqual(["other: no operation things/get there"]);
    expect(readdirSync(join(folder, "out")).sort()).toEqual(["main-2022-11-28.json", "main.json"]);
    put("other.json", smallDescription());
    put("main.json", withoutReading());
    await expect(regenerate({ config, acceptRemoval: ["things/get"] })).rejects.toThrow(
      `${config}: the main target main has nothing of what is selected`,
    );
  });

  test("is refused when no target has it", async () => {
    put("sources.json", { ...settings, select: { operations: ["things/gte", "things/create"] } });
    await expect(regenerate({ config })).rejects.toThrow(
      `${config}: there is no operation things/gte in the description (did you mean things/get?)`,
    );
  });
});

describe("support", () => {
  const now = Date.parse("2026-11-28T12:00:00Z");
  const supported = (supportedUntil: string) =>
    put("sources.json", {
      ...settings,
      targets: { main: "./main.json", other: { description: "./other.json", supportedUntil } },
    });

  test.each([
    ["2026-12-09", ["other is supported until 2026-12-09, 12 days more"]],
    ["2026-11-28", ["other is supported until 2026-11-28, 1 day more"]],
    [
      "2026-11-27",
      [
        "other is out of support since 2026-11-27: take it out of the targets, which asks for a major version",
      ],
    ],
    ["2027-08-25", []],
  ])("that ends on %s", async (until, notes) => {
    supported(until);
    expect((await regenerate({ config, now: () => now })).notes).toEqual(notes);
  });
});

describe("a target that is read on an update", () => {
  const url = "https://example.com/ghes-9.9.json";
  const serving = (description: Description) => async () => Response.json(description);
  const unreachable = async () => {
    throw new TypeError("fetch failed", { cause: new Error("getaddrinfo ENOTFOUND") });
  };

  beforeEach(() => {
    put("sources.json", {
      ...settings,
      targets: { main: "./main.json", "ghes-9.9": { description: url, onUpdate: true } },
    });
  });

  test("is left alone until then, made with --update, and stays as it is committed after that", async () => {
    expect((await regenerate({ config, fetch: unreachable })).notes).toEqual([
      `ghes-9.9 is not made yet: --update reads ${url}`,
    ]);
    expect(existsSync(join(folder, "out/ghes-9.9.json"))).toBe(false);
    await regenerate({ config, update: true, fetch: serving(smallDescription()) });
    expect(at("types/ghes-9.9.gen.ts")).toContain("export interface operations");
    expect(at("types/ghes-9.9.operations.gen.ts")).toContain('"get","get","things/{id}"');
    const again = await regenerate({ config, check: true, fetch: unreachable });
    expect(again).toMatchObject({ written: [], notes: [] });
  });

  test("keeps what is committed when it cannot be reached", async () => {
    const missing = await regenerate({ config, update: true, fetch: unreachable });
    expect(missing.notes).toEqual([
      `ghes-9.9 is left out: ${url}: cannot be reached: getaddrinfo ENOTFOUND`,
    ]);
    await regenerate({ config, update: true, fetch: serving(smallDescription()) });
    const { notes, written } = await regenerate({ config, update: true, fetch: unreachable });
    expect(written).toEqual([]);
    expect(notes).toEqual([
      `ghes-9.9 stays as it was committed: ${url}: cannot be reached: getaddrinfo ENOTFOUND`,
    ]);
  });
});

describe("the tables of a README", () => {
  const readme =
    "# Things\n\n<!-- operations -->\n<!-- end -->\n\n<!-- targets -->\n<!-- end -->\n";

  test("stand between their marks", async () => {
    put("README.md", readme);
    put("sources.json", { ...settings, output: { ...settings.output, readme: "README.md" } });
    await regenerate({ config });
    expect(at("README.md")).toBe(
      `# Things

<!-- operations -->

| operation | parameters             | permission | without a token | statuses |
| --------- | ---------------------- | ---------- | --------------- | -------- |
| \`create\`  | \`name\` \`note?\` \`size?\` |            |                 | 201      |
| \`get\`     | \`id\` \`view?\`           |            |                 | 200, 404 |

<!-- end -->

<!-- targets -->

| subpath                                           | server | API version | supported until | lacks |
| ------------------------------------------------- | ------ | ----------- | --------------- | ----- |
| the root, \`/operations\`                         | main   | 2026-03-10  |                 |       |
| \`/main-2022-11-28\`, \`/main-2022-11-28/operations\` | main   | 2022-11-28  |                 |       |
| \`/other\`, \`/other/operations\`                     | other  | 2022-11-28  |                 |       |

<!-- end -->
`.replace(
        "the root, `/operations`                         |",
        "the root, `/operations`                           |",
      ),
    );
    await expect(regenerate({ config, check: true })).resolves.toMatchObject({ written: [] });
  });

  test.each([
    ["# Things\n", "there is neither <!-- operations --> nor <!-- targets -->"],
    ["<!-- targets -->\n", "<!-- targets --> has no <!-- end --> after it"],
  ])("%j is refused", async (text, message) => {
    put("README.md", text);
    put("sources.json", { ...settings, output: { ...settings.output, readme: "README.md" } });
    await expect(regenerate({ config })).rejects.toThrow(message);
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
      "sources.json: there is no operation x in the description",
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
