import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { bundle, bundlers } from "./bundlers.ts";
import { succeed } from "./command.ts";
import { buildWithNext, nextBundlers } from "./next.ts";
import { compileProgram, createProject, packAll, printed } from "./project.ts";
import { bun, deno, node } from "./runtimes.ts";
import { runInWorkerd } from "./workerd.ts";

// Debian's, or another one named in CHROMIUM.
const browser = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

let project: string;
let program: string;

beforeAll(async () => {
  project = await createProject(await packAll(), {
    typescript: "^7.0.2",
    "@types/node": "^20.19.0",
  });
  program = await compileProgram(project);
});

describe("the example program, on the installed packages", () => {
  for (const major of [20, 22, 24, 26]) {
    test(`runs on Node ${major}`, async () => {
      const output = await succeed(await node(major), [program], project);
      expect(JSON.parse(output)).toEqual(printed);
    });
  }

  test("runs on Bun", async () => {
    expect(JSON.parse(await succeed(await bun(), [program], project))).toEqual(printed);
  });

  test("runs on Deno", async () => {
    const args = ["run", "--no-prompt", program];
    expect(JSON.parse(await succeed(await deno(), args, project))).toEqual(printed);
  });

  test.skipIf(!existsSync(browser))(
    `runs in a browser (${browser}; set CHROMIUM for another)`,
    async () => {
      const bundle = await build({
        absWorkingDir: project,
        entryPoints: [program],
        bundle: true,
        format: "esm",
        platform: "browser",
        write: false,
      });
      const script = bundle.outputFiles[0]!.text;
      const server = createServer((request, response) => {
        const isScript = request.url === "/program.js";
        response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
        response.end(isScript ? script : `<script type="module" src="/program.js"></script>`);
      });
      await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
      const { port } = server.address() as AddressInfo;
      const args = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-sync",
      ];
      const chrome = await chromium.launch({ executablePath: browser, args });
      try {
        const page = await chrome.newPage();
        const line = page.waitForEvent("console");
        page.on("pageerror", (error) => expect.fail(`the page threw ${error.message}`));
        await page.goto(`http://127.0.0.1:${port}/`);
        expect(JSON.parse((await line).text())).toEqual(printed);
      } finally {
        await chrome.close();
        server.close();
      }
    },
  );

  test("runs in workerd", async () => {
    expect(JSON.parse(await runInWorkerd(project, program))).toEqual(printed);
  });

  for (const name of Object.keys(bundlers)) {
    test(`runs as ${name} bundles it for a browser`, async () => {
      const file = await bundle(project, name, program);
      expect(JSON.parse(await succeed(process.execPath, [file], project))).toEqual(printed);
    });
  }

  for (const bundler of nextBundlers) {
    test(`runs in a route of Next, and builds for its pages, with ${bundler}`, async () => {
      expect(JSON.parse(await buildWithNext(project, bundler, program))).toEqual(printed);
    });
  }
});
