import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { smallDescription } from "../../test/small-description.ts";
import type { JsonObject } from "../json.ts";
import { run } from "./run.ts";

const folder = mkdtempSync(join(tmpdir(), "codegen-cli-"));

function put(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

async function command(
  ...args: string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const output = { stdout: "", stderr: "" };
  const code = await run(args, {
    stdout: (text) => (output.stdout += text),
    stderr: (text) => (output.stderr += text),
    stdin: async () => JSON.stringify(smallDescription()),
    fetch: async () => {
      throw new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED") });
    },
  });
  return { code, ...output };
}

const at = (name: string): string => join(folder, name);
const spec = put("spec.json", smallDescription());

describe("slice", () => {
  test("writes the fragment to a file or to standard output, from a file or standard input", async () => {
    const out = join(folder, "fragment.json");
    expect(
      await command("slice", "--spec", spec, "--operation", "things/get", "--out", out),
    ).toEqual({
      code: 0,
      stdout: "",
      stderr: "",
    });
    const { stdout } = await command("slice", "--spec", "-", "--operation", "things/get");
    expect(stdout).toBe(readFileSync(out, "utf8"));
    expect(Object.keys((JSON.parse(stdout) as { paths: JsonObject }).paths)).toEqual([
      "/things/{id}",
    ]);
  });

  test("takes subcategories and several operations together", async () => {
    const { stdout } = await command(
      "slice",
      "--spec",
      spec,
      "--subcategory",
      "reading",
      "--operation",
      "things/create",
    );
    expect(Object.keys((JSON.parse(stdout) as { paths: JsonObject }).paths)).toHaveLength(2);
  });

  test("refuses an API version that is not there", async () => {
    expect(
      await command(
        "slice",
        "--spec",
        spec,
        "--operation",
        "things/get",
        "--api-version",
        "2026-03-10",
      ),
    ).toEqual({
      code: 2,
      stdout: "",
      stderr: `workflow-runs-codegen: ${spec}: the description has no API version 2026-03-10; it has 2022-11-28\n`,
    });
  });
});

describe("--out that cannot be written is refused before anything is read", () => {
  test.each([
    [
      join(folder, "no/such/x.json"),
      `there is no folder ${join(folder, "no/such")}; make it first`,
    ],
    [folder, "is a folder; name a file in it"],
    [`${join(folder, "new")}/`, "is a folder; name a file in it"],
    [join(spec, "x.json"), `${spec} is not a folder`],
  ])("%s", async (out, message) => {
    for (const args of [
      ["slice", "--operation", "x", "--spec"],
      ["types", "--fragment"],
    ]) {
      const before = readdirSync(folder);
      const { code, stdout, stderr } = await command(...args, at("nowhere.json"), "--out", out);
      expect({ code, stdout, stderr }).toEqual({
        code: 2,
        stdout: "",
        stderr: `workflow-runs-codegen: --out ${out}: ${message}\n`,
      });
      expect(readdirSync(folder)).toEqual(before);
    }
  });

  test("an empty name, as of a variable that is not set", async () => {
    const { code, stderr } = await command("types", "--fragment", spec, "--out", "");
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: "workflow-runs-codegen: --out: is empty; give a file, or - for standard output\n",
    });
  });
});

test("two operations of one id are refused in one line", async () => {
  const twice = smallDescription();
  twice.paths["/again"] = { get: { operationId: "things/get", responses: {} } };
  const file = put("twice.json", twice);
  const { code, stderr } = await command("types", "--fragment", file);
  const why = "GET /things/{id} and GET /again have the same operationId things/get";
  expect([code, stderr]).toEqual([2, `workflow-runs-codegen: ${file}: ${why}\n`]);
});

test("types of a URL do not name its query, which may be a token", async () => {
  let stdout = "";
  const args = ["types", "--fragment", "https://example.com/api.json?token=s3cret"];
  const code = await run(args, {
    stdout: (text) => (stdout += text),
    stderr: (text) => expect(text).not.toContain("s3cret"),
    fetch: async () => Response.json(smallDescription()),
  });
  expect(code).toBe(0);
  expect(stdout).toMatch(/^.*from https:\/\/example\.com\/api\.json\?…\. Do not edit\.\n/);
  expect(stdout).not.toContain("s3cret");
});

test("types prints the types of a fragment", async () => {
  const { code, stdout } = await command("types", "--fragment", spec);
  expect(code).toBe(0);
  expect(stdout).toContain("export interface operations {");
});

describe("diff", () => {
  const changed = smallDescription();
  (changed.components["schemas"]!["owner"] as { required: string[] }).required = [];
  const newer = put("newer.json", changed);

  test("prints text, Markdown or JSON, and exits with 0 whatever changed", async () => {
    expect(await command("diff", spec, newer)).toEqual({
      code: 0,
      stdout:
        "breaking  `owner.login` may now be missing in responses.\n          /components/schemas/owner/properties/login\nBump: major (1 breaking).\n",
      stderr: "",
    });
    const { stdout: markdown } = await command("diff", spec, newer, "--format", "markdown");
    expect(markdown).toBe(
      "Bump: major (1 breaking).\n\n### Breaking (1)\n\n- `owner.login` may now be missing in responses. `/components/schemas/owner/properties/login`\n",
    );
    const { stdout: json } = await command("diff", spec, newer, "--format=json");
    expect(JSON.parse(json)).toEqual({
      bump: "major",
      changes: [
        {
          class: "breaking",
          bump: "major",
          pointer: "/components/schemas/owner/properties/login",
          message: "`owner.login` may now be missing in responses.",
        },
      ],
    });
  });

  test("says when nothing changed", async () => {
    expect((await command("diff", spec, spec)).stdout).toBe("Nothing changed.\n");
  });
});

describe("help", () => {
  test.each([
    [[]],
    [["--help"]],
    [["slice", "--help"]],
    [["diff", "-h"]],
    [["regenerate", "--help"]],
  ])("%j names every option", async (args) => {
    const { stdout, code } = await command(...args);
    expect(stdout).toContain("Usage: workflow-runs-codegen");
    expect(code).toBe(args.length === 0 ? 2 : 0);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(110);
  });
});

describe("a wrong call is one line and exit code 2", () => {
  const dangling = smallDescription();
  delete dangling.components["schemas"]!["owner"];
  const circular = smallDescription();
  circular.components["schemas"]!["owner"] = { $ref: "#/components/schemas/owner" };
  put("dangling.json", dangling);
  put("circular.json", circular);
  put("swagger.json", { swagger: "2.0" });
  put("cut.json", JSON.stringify(smallDescription()).slice(0, -20));
  put("other.json", { name: "no description" });
  const slice = (name: string) => ["slice", "--spec", name, "--operation", "things/get"];

  test.each<[string[], string]>([
    [
      ["splice"],
      "there is no command splice; there are slice, types, diff, regenerate (see --help)",
    ],
    [["slice", "--sepc", spec], "Unknown option '--sepc'"],
    [["slice", "--operation", "x"], "slice needs --spec (see slice --help)"],
    [["slice", "--spec", spec], "slice needs a --subcategory or an --operation (see slice --help)"],
    [["types"], "types needs --fragment (see types --help)"],
    [["diff", spec], "diff needs two files, the older and the newer (see diff --help)"],
    [["diff", spec, spec, "--format", "xml"], "--format xml: there are text, markdown, json"],
    [
      ["regenerate", "--check", "--changeset"],
      "--check writes nothing: it goes with --config and --cache only",
    ],
    [
      ["slice", "--spec", spec, "--operation", "things/list"],
      `${spec}: there is no operation things/list in the description`,
    ],
    [
      ["slice", "--spec", spec, "--operation", "things/gte"],
      `${spec}: there is no operation things/gte in the description (did you mean things/get?)`,
    ],
    [
      ["slice", "--spec", spec, "--subcategory", "readings"],
      `${spec}: no operation has the x-github subcategory readings (did you mean reading?)`,
    ],
    [slice(at("nowhere.json")), `${at("nowhere.json")}: there is no such file`],
    [
      slice(at("other.json")),
      `${at("other.json")}: not an OpenAPI description, the field "openapi" is missing`,
    ],
    [slice(at("swagger.json")), `${at("swagger.json")}: Swagger "2.0", not OpenAPI 3`],
    [slice(at("cut.json")), "broken JSON: the file ends too early"],
    [
      slice(at("dangling.json")),
      `${at("dangling.json")}: #/components/schemas/thing/properties/owner/$ref: dangling $ref`,
    ],
    [
      slice(at("circular.json")),
      `${at("circular.json")}: circular $ref: #/components/schemas/owner → #/components/schemas/owner`,
    ],
    [
      slice("http://localhost:1/api.json"),
      "http://localhost:1/api.json: cannot be reached: connect ECONNREFUSED",
    ],
    [["types", "--fragment", at("dangling.json")], "dangling $ref"],
    [["diff", spec, at("circular.json")], "circular $ref"],
    [["diff", spec, at("cut.json")], "broken JSON"],
  ])("%j", async (args, message) => {
    const out = join(folder, "untouched.json");
    const writes = ["slice", "types"].includes(args[0]!);
    const { code, stdout, stderr } = await command(...args, ...(writes ? ["--out", out] : []));
    expect(stderr).toContain(`workflow-runs-codegen: `);
    expect(stderr).toContain(message);
    const errors = stderr
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("downloading "));
    expect(errors).toHaveLength(1);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(existsSync(out)).toBe(false);
  });
});

test("regenerate reports its steps on standard error, and what changed on standard output", async () => {
  const config = put("sources.json", {
    select: { operations: ["things/get"] },
    targets: { small: "./spec.json" },
    output: { fragments: "made-fragments", types: "made-types" },
  });
  const first = await command("regenerate", "--config", config);
  expect(first.code).toBe(0);
  expect(first.stderr).toContain("slicing small\nprinting types\nwrote ");
  expect(first.stdout).toBe(
    "additive  The fragment `small` is new. (small)\nBump: minor (1 additive).\n",
  );
  const check = await command("regenerate", "--config", config, "--check");
  expect(check).toMatchObject({ code: 0, stdout: "Everything is what the descriptions give.\n" });
  put("made-types/small.gen.ts", "");
  expect(await command("regenerate", "--config", config, "--check")).toMatchObject({
    code: 1,
    stdout: "",
  });
});

test("regenerate refuses a name for a schema that is not there, and writes nothing", async () => {
  const config = put("misnamed.json", {
    select: { operations: ["things/get"] },
    targets: { small: "./spec.json" },
    names: { T: "thingg" },
    output: { fragments: "misnamed", types: "misnamed" },
  });
  const { code, stdout, stderr } = await command("regenerate", "--config", config);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(
    `${config}: names.T: the fragment has no schema thingg (did you mean thing?)\n`,
  );
  expect(existsSync(join(folder, "misnamed"))).toBe(false);
});
