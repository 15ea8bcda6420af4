import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { create } from "tar";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { newestVersion, packageFiles } from "./package-files.ts";

// A registry of one package, on this machine.
const folder = mkdtempSync(join(tmpdir(), "codegen-registry-"));
let server: Server;
let requests: string[];
let integrity: string;

beforeAll(async () => {
  mkdirSync(join(folder, "package/generated"), { recursive: true });
  writeFileSync(join(folder, "package/package.json"), '{"name":"descriptions","version":"2.0.0"}');
  writeFileSync(join(folder, "package/generated/a.json"), '{"openapi":"3.0.3"}');
  writeFileSync(join(folder, "package/generated/b.json"), '{"openapi":"3.1.0"}');
  const file = join(folder, "archive.tgz");
  await create({ gzip: true, file, cwd: folder, portable: true }, ["package"]);
  const archive = readFileSync(file);
  integrity = `sha512-${createHash("sha512").update(archive).digest("base64")}`;
  server = createServer((request, response) => {
    requests.push(request.url!);
    if (request.url === "/descriptions/-/descriptions-2.0.0.tgz") response.end(archive);
    else if (request.url === "/descriptions") {
      const { port } = server.address() as AddressInfo;
      const tarball = `http://127.0.0.1:${port}/descriptions/-/descriptions-2.0.0.tgz`;
      const manifest = { name: "descriptions", version: "2.0.0", dist: { tarball, integrity } };
      response.setHeader("content-type", "application/json");
      response.end(
        JSON.stringify({
          name: "descriptions",
          "dist-tags": { latest: "2.0.0" },
          versions: { "2.0.0": manifest },
        }),
      );
    } else response.writeHead(404).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterAll(() => {
  server.close();
  vi.unstubAllEnvs();
});

let cache: string;

beforeEach(() => {
  requests = [];
  cache = mkdtempSync(join(tmpdir(), "codegen-cache-"));
  vi.stubEnv("npm_config_registry", `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  vi.stubEnv("npm_config_cache", mkdtempSync(join(tmpdir(), "codegen-npm-")));
});

const pinned = () => ({ package: "descriptions", version: "2.0.0", integrity });

test("the wanted files come from the registry that npm is configured for", async () => {
  const messages: string[] = [];
  const options = { cache, onDownload: (message: string) => messages.push(message) };
  const files = await packageFiles(pinned(), ["generated/a.json"], options);
  expect(await files.read("generated/a.json")).toBe('{"openapi":"3.0.3"}');
  expect(files.list).toEqual(["generated/a.json", "generated/b.json", "package.json"]);
  expect(messages).toEqual(["downloading descriptions@2.0.0"]);
});

test("the second time nothing is asked of the registry", async () => {
  await packageFiles(pinned(), ["generated/a.json"], { cache });
  requests = [];
  const files = await packageFiles(pinned(), ["generated/a.json"], { cache });
  expect(await files.read("generated/a.json")).toBe('{"openapi":"3.0.3"}');
  expect(requests).toEqual([]);
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
  requests = [];
  const files = await packageFiles(pinned(), ["generated/c.json"], { cache });
  expect(requests).toEqual([]);
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
