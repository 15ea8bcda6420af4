import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

// Debian's, or another one named in CHROMIUM.
const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const root = resolve(import.meta.dirname, "..");

describe.skipIf(!existsSync(executablePath))(
  `in a browser (${executablePath}; set CHROMIUM for another)`,
  () => {
    let server: Server;
    let browser: Browser;
    let page: Page;
    const problems: string[] = [];

    beforeAll(async () => {
      const bundle = await build({
        absWorkingDir: root,
        entryPoints: ["src/main.ts"],
        bundle: true,
        format: "esm",
        write: false,
      });
      const script = bundle.outputFiles[0]?.text;
      const msw = createRequire(import.meta.url).resolve("msw/package.json");
      const worker = await readFile(join(msw, "../lib/mockServiceWorker.js"), "utf8");
      server = createServer(({ url }, response) => {
        const isScript = url?.endsWith(".js") === true;
        response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
        if (!isScript)
          response.end(`<ul id="runs"></ul><script type="module" src="/main.js"></script>`);
        else response.end(url === "/main.js" ? script : worker);
      });
      await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
      browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
      page = await browser.newPage();
      page.on("pageerror", (error) => problems.push(error.message));
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await page.waitForFunction(() => document.title === "ready", undefined, { timeout: 30_000 });
    });
    afterAll(async () => {
      await browser?.close();
      server?.close();
    });

    const row = (): ReturnType<Page["locator"]> => page.locator("li").first();

    test("the page lists the fake's runs", async () => {
      expect(await page.locator("li").count()).toBe(5);
      expect(await row().textContent()).toContain("Break the build: failure (1)");
      expect(problems).toEqual([]);
    });

    test("a log download follows the redirect to the other origin", async () => {
      await row().getByText("logs").click();
      await page.waitForFunction(() => document.querySelector("li")?.dataset["logs"] !== undefined);
      const [status, bytes] = ((await row().getAttribute("data-logs")) ?? "")
        .split(" ")
        .map(Number);
      expect(status).toBe(200);
      expect(bytes).toBeGreaterThan(1000);
    });

    test("a re-run is another attempt, which moves with the fake's clock", async () => {
      await row().getByText("re-run").click();
      await page.waitForFunction(() => document.querySelector("li")?.textContent?.includes("(2)"));
      const after = await page.evaluate(async () => {
        (globalThis as unknown as { fake: { advance(by: string): void } }).fake.advance("1h");
        const response = await fetch(
          "https://api.github.com/repos/octo-org/octo-repo/actions/runs?per_page=1",
        );
        return ((await response.json()) as { workflow_runs: { conclusion: string }[] })
          .workflow_runs[0]?.conclusion;
      });
      expect(after).toBe("success");
    });

    test("a broken connection and a broken-off body are noticed", async () => {
      const outcomes = await page.evaluate(async () => {
        const { fake } = globalThis as unknown as {
          fake: { fail(target: string, fault: object): () => void };
        };
        const ask = async (fault: object): Promise<string> => {
          fake.fail("listWorkflowRunsForRepo", { ...fault, times: 1 });
          try {
            const response = await fetch(
              "https://api.github.com/repos/octo-org/octo-repo/actions/runs",
            );
            await response.json();
            return String(response.status);
          } catch (error) {
            return (error as Error).name;
          }
        };
        return [
          await ask({ status: 502 }),
          await ask({ reset: true }),
          await ask({ truncate: 200 }),
          await ask({ broken_json: true }),
        ];
      });
      expect(outcomes.slice(0, 2)).toEqual(["502", "TypeError"]);
      expect(["TypeError", "SyntaxError"]).toContain(outcomes[2]);
      expect(outcomes[3]).toBe("SyntaxError");
    });
  },
);
