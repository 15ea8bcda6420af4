import { existsSync } from "node:fs";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { describe, expect, test } from "vitest";
import type { ServerResponse } from "node:http";
import { json, type LocalServer, serve } from "./local-server.ts";

const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** A server that lets any page ask it, with certain headers. */
function open(
  headers: string,
  respond: (url: string, response: ServerResponse) => unknown,
): Promise<LocalServer> {
  return serve((request, response) => {
    response.setHeader("access-control-allow-origin", "*");
    response.setHeader("access-control-allow-headers", headers);
    response.setHeader("access-control-expose-headers", "etag, x-ratelimit-remaining");
    return request.method === "OPTIONS"
      ? response.writeHead(204).end()
      : respond(request.url, response);
  });
}

describe.runIf(existsSync(executablePath))("in a real browser (needs Chromium)", () => {
  test("calls, caches, and downloads without the token at the other origin", async () => {
    await using files = await open("", (_, response) => response.end("the log"));
    let responses = 0;
    await using api = await open(
      "authorization, x-github-api-version, if-none-match",
      (url, response) =>
        url.endsWith("/logs")
          ? response.writeHead(302, { location: `${files.url}/file?sig=1` }).end()
          : json(
              response,
              200,
              { id: 42, run_attempt: ++responses },
              { etag: `"${responses}"`, "cache-control": "private, max-age=60" },
            ),
    );
    const { outputFiles } = await build({
      stdin: {
        contents: 'export { createClient } from "@workflow-runs/core"',
        resolveDir: import.meta.dirname,
      },
      bundle: true,
      write: false,
      format: "esm",
      platform: "browser",
    });
    await using site = await serve((request, response) => {
      const script = request.url === "/core.js";
      response.writeHead(200, { "content-type": script ? "text/javascript" : "text/html" });
      response.end(script ? outputFiles[0]?.text : "<!doctype html>");
    });
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
    try {
      const page = await browser.newPage();
      await page.goto(site.url);
      const program = `(async () => {
        const { createClient } = await import("/core.js");
        const github = createClient({ baseUrl: ${JSON.stringify(api.url)}, auth: "t0ken", cache: true });
        const run = { owner: "o", repo: "r", run_id: 42 };
        const uncached = createClient({ baseUrl: ${JSON.stringify(api.url)}, auth: "t0ken" });
        const attempts = [];
        for (const _ of [1, 2]) attempts.push((await uncached.getWorkflowRun(run)).run_attempt);
        const { id } = await github.getWorkflowRun(run);
        const file = await github.downloadWorkflowRunLogs(run);
        const manual = await github.downloadWorkflowRunLogs(run, { redirect: "manual", retry: false }).catch((error) => error.name);
        const raw = await github.GET("/repos/{owner}/{repo}/actions/runs/{run_id}", { params: { path: run } });
        return { attempts, id, text: await file.text(), manual, raw: raw.data.id };
      })()`;
      expect(await page.evaluate(program)).toEqual({
        // GitHub allows a minute in the browser's cache; this client does not use it.
        attempts: [1, 2],
        id: 42,
        text: "the log",
        manual: "NetworkError",
        raw: 42,
      });
    } finally {
      await browser.close();
    }
    const sent = api.received.filter(({ method }) => method === "GET");
    expect(new Set(sent.map(({ headers }) => headers.authorization))).toEqual(
      new Set(["Bearer t0ken"]),
    );
    const fetched = files.received.filter(({ method }) => method === "GET");
    expect(fetched.length).toBeGreaterThan(0);
    expect(fetched.map(({ headers }) => headers.authorization)).toEqual(
      fetched.map(() => undefined),
    );
  });
});
