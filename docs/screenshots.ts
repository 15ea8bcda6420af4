/**
 * Makes pictures of the built site, to be looked at, and finds what is wider than its window:
 * `node docs/screenshots.ts [FOLDER]`, after `pnpm docs`. Each page, but those of the reference, light and dark, at 400 and
 * 1,200 pixels, goes into FOLDER, or a new folder of temporary files. It needs Debian's Chromium, or the one named in CHROMIUM.
 */
import { globSync } from "node:fs";
import { mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

const { positionals } = parseArgs({ allowPositionals: true });
const folder = resolve(positionals[0] ?? (await mkdtemp(join(tmpdir(), "workflow-runs-site-"))));
await mkdir(folder, { recursive: true });

const site = join(import.meta.dirname, ".vitepress/dist");
const pages = globSync("**/*.html", { cwd: site }).filter(
  (page) => !page.startsWith("reference/") || page === "reference/index.html",
);
if (pages.length === 0) throw new Error(`${site} has no pages: run npx -y pnpm@12 run docs first.`);

const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-background-networking"],
});
const faults: string[] = [];
for (const colorScheme of ["light", "dark"] as const)
  for (const width of [400, 1200]) {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
    await context.route("http://site.test/**", (route) =>
      route.fulfill({ path: join(site, new URL(route.request().url()).pathname) }),
    );
    const page = await context.newPage();
    page.on("pageerror", (error) => faults.push(`${page.url()}: ${error.message}`));
    for (const name of pages) {
      await page.goto(`http://site.test/${name}`);
      const wide = await page.evaluate("document.documentElement.scrollWidth");
      if (Number(wide) > width) faults.push(`${name} at ${width} pixels is ${String(wide)} wide`);
      const picture = `${name.replaceAll("/", "-").replace(".html", "")}-${width}-${colorScheme}.png`;
      await page.screenshot({ path: join(folder, picture) });
    }
    await context.close();
  }
await browser.close();
process.stdout.write(`${pages.length * 4} pictures in ${folder}\n`);
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;
