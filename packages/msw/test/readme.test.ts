import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test, vi } from "vitest";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const blocks = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map((match) => match[1] as string);

/** What a program of the README prints. */
async function printed(code: string): Promise<unknown[][]> {
  const file = join(mkdtempSync(join(tmpdir(), "msw-readme-")), "program.ts");
  const source = pathToFileURL(join(import.meta.dirname, "../src/index.ts")).href;
  writeFileSync(file, code.replace('"@workflow-runs/msw"', JSON.stringify(source)));
  const log = vi.spyOn(console, "log").mockReturnValue();
  try {
    await import(/* @vite-ignore */ file);
    return log.mock.calls;
  } finally {
    log.mockRestore();
  }
}

describe("the README", () => {
  test("starts in five lines that prove something", async () => {
    const [first = ""] = blocks;
    expect(first.split("\n").filter((line) => line.trim() !== "")).toHaveLength(5);
    expect(await printed(first)).toEqual([
      [expect.objectContaining({ status: "completed", conclusion: "failure" })],
    ]);
  });

  test("shows how a run is run again", async () => {
    const again = blocks.find((block) => block.includes("/rerun`")) ?? "";
    const made =
      'import { createActionsFake } from "@workflow-runs/msw";\nconst fake = createActionsFake();\n';
    expect(await printed(made + again)).toEqual([["failure"], ["success", 2]]);
  });
});
