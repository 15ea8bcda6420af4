import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type LocalRegistry, localRegistry } from "../../test/local-registry.ts";
import { smallDescription } from "../../test/small-description.ts";
import type { JsonObject } from "../json.ts";
import { regenerate } from "./regenerate.ts";

let registry: LocalRegistry;
let folder: string;

function changed(): string {
  const description = smallDescription();
  const owner = description.components["schemas"]!["owner"] as { properties: JsonObject };
  owner.properties["login"] = { type: "string", nullable: true };
  return JSON.stringify(description);
}

beforeAll(async () => {
  const old = JSON.stringify(smallDescription());
  registry = await localRegistry("descriptions", {
    "1.0.0": { "generated/main.json": old, "generated/ghes-3.17.json": old },
    "2.0.0": {
      "generated/main.json": changed(),
      "generated/ghes-3.17.json": old,
      "generated/ghes-3.18.json": changed(),
    },
  });
});

afterAll(() => {
  registry.close();
  vi.unstubAllEnvs();
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "codegen-update-"));
  vi.stubEnv("npm_config_registry", registry.url);
  vi.stubEnv("npm_config_cache", join(folder, "npm"));
  vi.stubEnv("XDG_CACHE_HOME", join(folder, "cache"));
  configure({ main: "generated/main.json", "ghes-3.17": "generated/ghes-3.17.json" });
});

function configure(targets: { [name: string]: string }): void {
  const settings = {
    source: registry.pin("1.0.0"),
    select: { operations: ["things/get"] },
    targets,
    output: { fragments: "out", types: "out", changesets: "changes" },
    releases: { types: ["*"] },
  };
  writeFileSync(join(folder, "sources.json"), `${JSON.stringify(settings, null, 2)}\n`);
}

const at = (name: string) => readFileSync(join(folder, name), "utf8");

test("--update moves the pin, takes a newer Enterprise Server in, and reports what changed", async () => {
  const config = join(folder, "sources.json");
  await regenerate({ config });
  const { report } = await regenerate({ config, update: true, changeset: true });
  expect(report).toEqual({
    bump: "major",
    changes: [
      {
        class: "breaking",
        pointer: "/components/schemas/owner/properties/login",
        message: "`owner.login` may now be null in responses.",
        fragments: ["main"],
      },
      {
        class: "additive",
        pointer: "",
        message: "The fragment `ghes-3.18` is new.",
        fragments: ["ghes-3.18"],
      },
    ],
  });
  expect(JSON.parse(at("sources.json"))).toMatchObject({
    source: registry.pin("2.0.0"),
    targets: { "ghes-3.18": "generated/ghes-3.18.json" },
  });
  expect(at("changes/descriptions-2-0-0-types.md")).toContain('"types": major');
  await expect(regenerate({ config, check: true })).resolves.toMatchObject({ written: [] });
});

test("an integrity that is missing is required, or written by --update", async () => {
  const config = join(folder, "sources.json");
  const { integrity } = registry.pin("2.0.0");
  const settings = JSON.parse(at("sources.json")) as { source: { integrity?: string } };
  delete settings.source.integrity;
  writeFileSync(config, JSON.stringify(settings));
  await expect(regenerate({ config })).rejects.toMatchObject({
    name: "InputError",
    message: `${config}: source: integrity is missing: regenerate --update moves to the newest version and writes it; that of 1.0.0 is what npm view descriptions@1.0.0 dist.integrity prints`,
  });
  await regenerate({ config, update: true });
  expect(JSON.parse(at("sources.json"))).toMatchObject({ source: { version: "2.0.0", integrity } });
});

test("a newer Enterprise Server that the package has is reported", async () => {
  const config = join(folder, "sources.json");
  writeFileSync(
    config,
    at("sources.json")
      .replace("1.0.0", "2.0.0")
      .replace(/sha512-[^"]*/, registry.pin("2.0.0").integrity),
  );
  const { notes } = await regenerate({ config });
  expect(notes).toEqual([
    "descriptions 2.0.0 has ghes-3.18 too: add a target, or run with --update",
  ]);
});

test("a description that the package no longer has is named with its target", async () => {
  configure({ main: "generated/main.json", old: "generated/ghes-3.16.json" });
  await expect(regenerate({ config: join(folder, "sources.json") })).rejects.toThrow(
    "descriptions@1.0.0/generated/ghes-3.16.json: the package has no such file; correct the path of the target old, or take it out of the targets",
  );
});
