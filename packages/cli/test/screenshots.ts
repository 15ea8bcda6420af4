/**
 * Makes pictures of what a person sees, to be looked at: `node packages/cli/test/screenshots.ts [FOLDER]`.
 * They go into FOLDER, or a new folder of temporary files. It needs util-linux's `script`, and Debian's Chromium or
 * the one named in CHROMIUM.
 */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { type FakeServer, listen } from "@workflow-runs/msw/node";
import { SerializeAddon } from "@xterm/addon-serialize";
import xterm from "@xterm/headless";
import { type Browser, chromium } from "playwright-core";
import { hasScript, type ProcessInit, runProcess } from "./pty.ts";
import { createWorld, matrix, matrixRun, worldRepository } from "./world.ts";

const rows = 40;
const theme = { background: "#0d1117", foreground: "#e6edf3" };
const style = `body { margin: 0; padding: 12px; display: inline-block; background: ${theme.background} }
  pre { margin: 0; font: 14px/18px "DejaVu Sans Mono", monospace } pre div div { min-height: 18px }`;

/** A command on a terminal, or a moment of it. */
interface Screen {
  name: string;
  args: () => readonly string[];
  columns: number;
  /** Ctrl-C is typed once this is on the screen; the picture is the moment before. */
  until?: RegExp;
}

if (!hasScript) throw new Error("It needs `script` of util-linux. Install it, and try again.");
const { positionals } = parseArgs({ allowPositionals: true });
const folder = resolve(
  positionals[0] ?? (await mkdtemp(join(tmpdir(), "workflow-runs-pictures-"))),
);
await mkdir(folder, { recursive: true });

const fake = createWorld();
const repository = fake.repository(worldRepository);
/** A run that is halfway through its jobs. */
const halfway = (): string =>
  String(
    repository.createRun({
      workflow: "matrix.yml",
      display_title: "Test every platform again",
      branch: "every-platform",
      created_at: Date.now() - 42_000,
      jobs: matrix(),
    }).id,
  );
halfway();
const screens: readonly Screen[] = [
  ...[40, 80, 120].map((columns) => ({ name: "list", args: () => ["list", "-L", "15"], columns })),
  { name: "view", args: () => ["view", matrixRun], columns: 80 },
  { name: "watch", args: () => ["watch", halfway()], columns: 80, until: /\d\/60 jobs/ },
  { name: "explain", args: () => ["explain", matrixRun], columns: 80 },
  { name: "stats", args: () => ["stats"], columns: 80 },
];

const server = await listen(fake);
const browser = await chromium.launch({
  executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
try {
  for (const screen of screens) await pictureOfScreen(browser, server, screen);
  await picturesOfStats(browser, server);
} finally {
  await browser.close();
  await server.close();
}

function run(to: FakeServer, args: readonly string[], init: ProcessInit) {
  return runProcess(["-R", worldRepository, "--api-url", to.url, ...args], init);
}

async function pictureOfScreen(
  chrome: Browser,
  to: FakeServer,
  { name, args, columns, until }: Screen,
): Promise<void> {
  const keys = until === undefined ? [] : [{ after: until, type: "\u0003" }];
  const env = { NO_COLOR: "", TERM: "xterm-256color" };
  const { raw } = await run(to, args(), { columns, rows, env, keys });
  // The terminal echoes a Ctrl-C as ^C.
  const [before = ""] = raw.split("^C");
  const terminal = new xterm.Terminal({
    cols: columns,
    rows,
    scrollback: 10_000,
    allowProposedApi: true,
  });
  const addon = new SerializeAddon();
  terminal.loadAddon(addon);
  await new Promise<void>((done) => {
    terminal.write(before, done);
  });
  terminal.options.theme = theme;
  const html = addon.serializeAsHTML({ includeGlobalBackground: true });
  terminal.dispose();
  const page = await chrome.newPage({ viewport: { width: 100, height: 100 } });
  await page.setContent(`<style>${style}</style>${html}`);
  await save(name, `${columns}`, (path) => page.locator("body").screenshot({ path }));
  await page.close();
}

async function picturesOfStats(chrome: Browser, to: FakeServer): Promise<void> {
  const file = join(folder, "stats.html");
  await run(to, ["stats", "--html", file], {});
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [1200, 400]) {
      const page = await chrome.newPage({ colorScheme, viewport: { width, height: 800 } });
      await page.goto(pathToFileURL(file).href);
      await save(`stats-${colorScheme}`, `${width}`, (path) =>
        page.screenshot({ path, fullPage: true }),
      );
      await page.close();
    }
  }
  await rm(file);
}

async function save(
  name: string,
  size: string,
  write: (path: string) => Promise<unknown>,
): Promise<void> {
  const path = join(folder, `${name}-${size}.png`);
  await write(path);
  process.stdout.write(`${path}\n`);
}
