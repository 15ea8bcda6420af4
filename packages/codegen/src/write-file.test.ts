import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { writeFileWhole } from "./write-file.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "codegen-write-"));
});

test("a file is made or replaced, and nothing else is left", async () => {
  const file = join(folder, "a.json");
  await writeFileWhole(file, "1");
  await writeFileWhole(file, "2");
  expect(readFileSync(file, "utf8")).toBe("2");
  expect(readdirSync(folder)).toEqual(["a.json"]);
});

test("a link stays a link: the file it leads to is replaced", async () => {
  mkdirSync(join(folder, "there"));
  writeFileSync(join(folder, "there/a.json"), "1");
  const link = join(folder, "link.json");
  symlinkSync("there/a.json", link);
  await writeFileWhole(link, "2");
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(folder, "there/a.json"), "utf8")).toBe("2");
});

test.skipIf(process.platform === "win32")("a device is written to, never replaced", async () => {
  const link = join(folder, "null");
  symlinkSync("/dev/null", link);
  await writeFileWhole(link, "1");
  expect(lstatSync("/dev/null").isCharacterDevice()).toBe(true);
  expect(readdirSync(folder)).toEqual(["null"]);
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
});

test.each([
  ["", "cannot be written: is a folder"],
  ["/no/a.json", "cannot be written: there is no folder "],
  ["/file/a.json", "is not a folder"],
])("%j is refused with the reason, without the name of a temporary file", async (path, message) => {
  writeFileSync(join(folder, "file"), "");
  const error = await writeFileWhole(folder + path, "1").catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: "InputError", message: expect.stringContaining(message) });
  expect(String(error)).not.toContain(String(process.pid));
  expect(readdirSync(folder)).toEqual(["file"]);
});
