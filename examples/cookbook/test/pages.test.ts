import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, onTestFinished, test } from "vitest";

const cookbook = join(import.meta.dirname, "../../../docs/cookbook");
// Below this package, so that the blocks find what they import.
const example = join(import.meta.dirname, "..");
const folder = mkdtempSync(join(example, ".pages-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const minutes = { timeout: 300_000 };

/** The programs of a page of the cookbook, in their order. A block without a fake of its own has the page's. */
function programsOf(page: string): string[] {
  const text = readFileSync(join(cookbook, `${page}.md`), "utf8");
  const shared =
    'import { createActionsFake } from "@workflow-runs/msw/fake";\nconst fake = createActionsFake();\n';
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) =>
    /\bfake\b(?!")/.test(code.replaceAll(/^import.*$|\/\/.*$/gm, "")) ? shared + code : code,
  );
}

let files = 0;
function fileOf(code: string, ending = "ts"): string {
  const path = join(folder, `block-${++files}.${ending}`);
  writeFileSync(path, code);
  return path;
}

async function printed(...args: string[]): Promise<string> {
  const env = { ...process.env, FORCE_COLOR: undefined, NO_COLOR: "1" };
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder, env });
  return stdout;
}

/** A receiver of webhooks that is content with everything. */
async function receiver(): Promise<string> {
  const server = createServer((request, response) => {
    request.resume().on("end", () => response.writeHead(200).end());
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => void server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test(
  "webhooks: what happens to a run is printed, in the order in which it happens",
  minutes,
  async () => {
    const [inProgram = ""] = programsOf("webhooks");
    const lines = (await printed(fileOf(inProgram))).trim().split("\n");
    expect(lines.map((line) => line.split(" ")[0])).toEqual([
      "requested",
      "in_progress",
      "completed",
    ]);
  },
);

test("webhooks: each event is delivered, and its status known", minutes, async () => {
  const [, toUrl = ""] = programsOf("webhooks");
  const code = toUrl.replace("127.0.0.1:3000", await receiver());
  const events = await printed(fileOf(code));
  expect(events).toContain("workflow_run requested 200");
  expect(events).toContain("workflow_job completed 200");
  expect(events).toContain("workflow_run completed 200");
});

test("webhooks: the Probot app runs what failed again", minutes, async () => {
  const [, , probot = ""] = programsOf("webhooks");
  const free = (await receiver()).split(":")[1]!;
  // The port of a receiver is in use: the one after it is as good as any.
  const port = String(Number(free) === 65_535 ? 49_152 : Number(free) + 1);
  const ending = `
    const [last] = (await (await fetch(api.url + "/repos/octo-org/octo-repo/actions/runs")).json()).workflow_runs;
    console.log("attempt", last.run_attempt);
    process.exit();`;
  const output = await printed(fileOf(probot.replaceAll("3000", port) + ending));
  expect(output).toContain("attempt 2");
});

test("faults: each call is one that the fake knows", minutes, async () => {
  const [oneFault = ""] = programsOf("faults");
  const ending = `
    fake.repository("octo-org/octo-repo").createRun();
    console.log((await fake.fetch("https://api.github.com/repos/octo-org/octo-repo/actions/runs")).status);`;
  expect(await printed(fileOf(oneFault + ending))).toMatch(/^(?:403|429|502)\n$/);
});

test("faults: explore reports what the page says", minutes, async () => {
  const [, explored = ""] = programsOf("faults");
  const [, said = ""] = /\/\/ (\d+ of \d+ runs broke)/.exec(explored) ?? [];
  expect(said).not.toBe("");
  expect(await printed(fileOf(explored))).toContain(said);
});

test("faults: whatever fast-check makes ends within thirty days", minutes, async () => {
  const [, , random = ""] = programsOf("faults");
  expect(await printed(fileOf(random))).toBe("");
});

test("runners: the Vitest file passes", minutes, async () => {
  const [vitest = ""] = programsOf("test-runners");
  const cli = join(example, "node_modules/vitest/vitest.mjs");
  const file = fileOf(vitest, "test.ts");
  expect(await printed(cli, "run", "--root", folder, file)).toMatch(/Tests\s+1 passed/);
});

test("runners: the node:test file passes", minutes, async () => {
  const [, nodeTest = ""] = programsOf("test-runners");
  expect(await printed("--test", fileOf(nodeTest, "test.ts"))).toMatch(/pass 1\b/);
});

test("every program of these pages is run by one of these tests", () => {
  // The last of test-runners needs a browser: examples/browser runs it.
  expect(["webhooks", "faults", "test-runners"].map((page) => programsOf(page).length)).toEqual([
    3, 3, 3,
  ]);
});
