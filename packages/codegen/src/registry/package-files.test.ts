import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type LocalRegistry, localRegistry } from "../../test/local-registry.ts";
import { newestVersion, packageFiles } from "./package-files.ts";

let registry: LocalRegistry;

beforeAll(async () => {
  registry = await localRegistry("descriptions", {
    "2.0.0": {
      "generated/a.json": '{"openapi":"3.0.3"}',
      "generated/b.json": '{"openapi":"3.1.0"}',
    },
  });
});

afterAll(() => {
  registry.close();
  vi.unstubAllEnvs();
});

let cache: string;

beforeEach(() => {
  registry.requests.length = 0;
  cache = mkdtempSync(join(tmpdir(), "codegen-cache-"));
  vi.stubEnv("npm_config_registry", registry.url);
  vi.stubEnv("npm_config_cache", mkdtempSync(join(tmpdir(), "codegen-npm-")));
});

const pinned = () => registry.pin("2.0.0");

test("the wanted files come from the registry that npm is configured for", async () => {
  const messages: string[] = [];
  const options = { cache, onDownload: (message: string) => messages.push(message) };
  const files = await packageFiles(pinned(), ["generated/a.json"], options);
  expect(await files.read("generated/a.json")).toBe('{"openapi":"3.0.3"}');
  expect(files.list).toEqual(["generated/a.json", "generated/b.json", "package.json"]);
  expect(messages).toEqual(["downloading descriptions@2.0.0"]);
});

test("the second time nothing is requested from the registry", async () => {
  await packageFiles(pinned(), ["generated/a.json"], { cache });
  registry.requests.length = 0;
  const files = await packageFiles(pinned(), ["generated/a.json"], { cache });
  expect(await files.read("generated/a.json")).toBe('{"openapi":"3.0.3"}');
  expect(registry.requests).toEqual([]);
});

test("a file wanted later is fetched then", async () => {
  await packageFiles(pinned(), ["generated/a.json"], { cache });
  const files = await packageFiles(pinned(), ["generated/a.json", "generated/b.json"], { cache });
  expect(await files.read("generated/a.json")).toBe('{"openapi":"3.0.3"}');
  expect(await files.read("generated/b.json")).toBe('{"openapi":"3.1.0"}');
  expect(readdirSync(cache)).toHaveLength(1);
});

test("a file that the package lacks is an error, and no reason to download again", async () => {
  await packageFiles(pinned(), ["generated/c.json"], { cache });
  registry.requests.length = 0;
  const files = await packageFiles(pinned(), ["generated/c.json"], { cache });
  expect(registry.requests).toEqual([]);
  await expect(files.read("generated/c.json")).rejects.toThrow(
    "the package has no file generated/c.json",
  );
});

test("a file damaged in the cache is found out, and downloaded anew by the next run", async () => {
  const files = await packageFiles(pinned(), ["generated/a.json"], { cache });
  const [folder] = readdirSync(cache);
  writeFileSync(join(cache, folder!, encodeURIComponent("generated/a.json")), "{}");
  await expect(files.read("generated/a.json")).rejects.toThrow("the cached file was damaged");
  const again = await packageFiles(pinned(), ["generated/a.json"], { cache });
  expect(await again.read("generated/a.json")).toBe('{"openapi":"3.0.3"}');
});

describe("what cannot be downloaded leaves no cache behind", () => {
  const other = `sha512-${createHash("sha512").update("another").digest("base64")}`;
  test.each([
    [
      "another archive than the pinned one",
      { integrity: other },
      "the registry's archive is not the pinned one",
    ],
    [
      "a version that is not there",
      { version: "3.0.0" },
      "descriptions@3.0.0: the registry does not have it",
    ],
    [
      "a package that is not there",
      { package: "nothing" },
      "nothing@2.0.0: the registry does not have it",
    ],
  ])("%s", async (_, change, message) => {
    const pin = { ...pinned(), ...change };
    await expect(packageFiles(pin, ["generated/a.json"], { cache })).rejects.toMatchObject({
      name: "InputError",
      message: expect.stringContaining(message),
    });
    expect(readdirSync(cache)).toEqual([]);
  });

  test("a cache that cannot be written", async () => {
    const file = join(cache, "a-file");
    writeFileSync(file, "");
    await expect(packageFiles(pinned(), ["generated/a.json"], { cache: file })).rejects.toThrow(
      `${file}: downloads cannot be kept there`,
    );
  });

  test("a registry that cannot be reached", async () => {
    vi.stubEnv("npm_config_registry", "http://127.0.0.1:1/");
    vi.stubEnv("npm_config_fetch_retries", "0");
    await expect(packageFiles(pinned(), ["generated/a.json"], { cache })).rejects.toThrow(
      "descriptions@2.0.0: cannot be downloaded",
    );
  });
});

test("the newest version comes with its integrity", async () => {
  expect(await newestVersion("descriptions")).toEqual(pinned());
  await expect(newestVersion("nothing")).rejects.toThrow("nothing: the registry does not have it");
});
