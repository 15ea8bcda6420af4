import { existsSync } from "node:fs";
import { createActionsFake, presets } from "@workflow-runs/msw/fake";
import { chromium, type Browser, type Route } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

// The README's recipe for Playwright: no service worker, the fake lives in the test.
describe.skipIf(!existsSync(executablePath))("Playwright's routes", () => {
  const fake = createActionsFake();
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  });
  afterAll(() => browser?.close());

  async function respond(route: Route): Promise<void> {
    const request = route.request();
    const response = await fake.fetch(request.url(), {
      method: request.method(),
      headers: request.headers(),
      body: request.postDataBuffer() as Uint8Array<ArrayBuffer> | null,
    });
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  }

  test("can get their response from the fake", async () => {
    const run = fake.repository("octo-org/octo-repo").createRun(presets.failure());
    const page = await browser.newPage();
    await page.route("https://api.github.com/**", respond);
    await page.route("https://example.test/", (route) =>
      route.fulfill({ body: "<p>", contentType: "text/html" }),
    );
    await page.goto("https://example.test/");
    const [total, rerun, bytes] = await page.evaluate(async (id) => {
      const runs = "https://api.github.com/repos/octo-org/octo-repo/actions/runs";
      const list = (await (await fetch(`${runs}?status=failure`)).json()) as {
        total_count: number;
      };
      const archive = await (await fetch(`${runs}/${id}/logs`)).arrayBuffer();
      const { status } = await fetch(`${runs}/${id}/rerun-failed-jobs`, { method: "POST" });
      return [list.total_count, status, archive.byteLength];
    }, run.id);
    expect([total, rerun]).toEqual([1, 201]);
    expect(bytes).toBeGreaterThan(1000);
    expect(run.data.run_attempt).toBe(2);
  });
});
