import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { listen } from "@workflow-runs/msw/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { textWidth } from "../src/terminal/text-width.ts";
import { createWorld, WORLD_REPOSITORY } from "./world.ts";

const bin = fileURLToPath(new URL("../src/bin.ts", import.meta.url));
const hasScript = (() => {
  try {
    return execFileSync("script", ["--version"], { encoding: "utf8" }).includes("util-linux");
  } catch {
    return false;
  }
})();

let server: Awaited<ReturnType<typeof listen>>;
beforeAll(async () => {
  server = await listen(createWorld());
});
afterAll(async () => server.close());

/** Runs the command in a pseudo-terminal of so many columns; without one, in a pipe. */
async function run(
  columns: number | undefined,
  ...args: string[]
): Promise<{ exitCode: number; text: string }> {
  const words = [process.execPath, bin, ...args, "-R", WORLD_REPOSITORY, "--api-url", server.url];
  const line = words.map((word) => `'${word}'`).join(" ");
  const [command, ...rest] =
    columns === undefined
      ? words
      : ["script", "-qec", `stty cols ${columns} rows 30; ${line}`, "/dev/null"];
  const { PATH = "" } = process.env;
  const child = spawn(command ?? "", rest, {
    env: { PATH, GITHUB_TOKEN: "a-token", NO_COLOR: "1", TERM: "xterm", LANG: "C.UTF-8" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout?.setEncoding("utf8").on("data", (part: string) => (text += part));
  const [exitCode] = (await once(child, "close")) as [number];
  // What is drawn over and taken away is not seen.
  return {
    exitCode,
    // oxlint-disable-next-line no-control-regex -- they are what a terminal is sent
    text: text.replaceAll("\r\n", "\n").replaceAll(/\r\u{1B}\[2K[^\n\r]*(?=\r)|\r\u{1B}\[2K/gu, ""),
  };
}

const commands = [
  ["list", "-L", "5"],
  ["view", "16000000058"],
  ["explain", "16000000057"],
  ["stats"],
  ["flaky"],
  ["usage", "16000000057"],
];

test.skipIf(!hasScript).each([40, 80, 120])(
  "as a process on a terminal of %i columns no line of a table is longer",
  async (columns) => {
    for (const args of commands) {
      const { exitCode, text } = await run(columns, ...args);
      expect([args, exitCode, text === ""]).toEqual([args, 0, false]);
      for (const line of text
        .split("\n")
        .filter((each) => !each.includes("│") && !each.includes("://"))) {
        expect(textWidth(line), line).toBeLessThanOrEqual(columns);
      }
    }
  },
  120_000,
);

test("as a process in a pipe tables are tab-separated, and JSON is JSON", async () => {
  const list = await run(undefined, "list", "-L", "2");
  expect(list.text.split("\n").map((line) => line.split("\t").length)).toEqual([8, 8, 1]);
  const json = await run(undefined, "list", "-L", "2", "--json", "id,conclusion");
  expect(JSON.parse(json.text)).toEqual([
    { id: 16_000_000_058, conclusion: "failure" },
    { id: 16_000_000_057, conclusion: "failure" },
  ]);
  const explain = await run(undefined, "explain", "16000000057");
  expect(explain.text).toContain("AssertionError: expected 1 to be 2");
  const watch = await run(undefined, "watch", "16000000057");
  expect(watch.exitCode).toBe(3);
  expect(watch.text).toContain("✗ Run 16000000057, attempt 1: failure");
}, 120_000);
