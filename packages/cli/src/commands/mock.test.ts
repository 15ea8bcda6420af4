import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import msw from "@workflow-runs/msw/package.json" with { type: "json" };
import { expect, test } from "vitest";
import { createTerminal } from "../../test/terminal.ts";
import { Interrupted } from "../stop-reasons.ts";

const soon = { timeout: 60_000 };

test("serves the demo's repository until Ctrl-C, to this command too", async () => {
  const terminal = createTerminal();
  const served = terminal.run("mock", "--port", "0", "--json");
  let text = "";
  await expect.poll(() => (text += terminal.stdout()), soon).toContain("\n");
  const { url, repositories } = JSON.parse(text) as { url: string; repositories: string[] };
  expect(repositories).toEqual(["octo-org/fake-rocket"]);

  const client = createTerminal({ fetch: globalThis.fetch });
  const args = ["-R", "octo-org/fake-rocket", "--api-url", url];
  expect(await client.run("list", ...args)).toBe(0);
  expect(client.stdout()).toContain("Reconnect the telemetry link");
  expect(await client.run("logs", "failed", "--failed", ...args)).toBe(0);
  expect(client.stdout()).toContain("reconnects after the link is lost");

  terminal.stop.abort(new Interrupted("SIGINT"));
  expect(await served).toBe(0);
  await expect(fetch(url)).rejects.toThrow("fetch failed");
});

test("says how to use it", async () => {
  const terminal = createTerminal();
  const served = terminal.run("mock", "-p", "0");
  let text = "";
  await expect.poll(() => (text += terminal.stdout()), soon).toContain("curl");
  terminal.stop.abort(new Interrupted("SIGTERM"));
  expect(await served).toBe(0);
  expect(text).toMatch(/^A fake of GitHub's API is at http:\/\/127\.0\.0\.1:\d+\n/);
  expect(text).toMatch(/workflow-runs list -R octo-org\/fake-rocket --api-url http:\/\/127/);
});

test("--help says whose server it is, and which one takes repositories of one's own", async () => {
  const terminal = createTerminal();
  expect(await terminal.run("mock", "--help")).toBe(0);
  const help = terminal.stdout();
  expect(help).toContain("npx -p @workflow-runs/msw workflow-runs-mock --seed FILE\n");
  const { bin } = msw as { bin: object };
  expect(Object.keys(bin)).toEqual(["workflow-runs-mock"]);
});

test("listens and is steered as workflow-runs-mock is, by options of the same names", async () => {
  const terminal = createTerminal();
  expect(await terminal.run("mock", "--help")).toBe(0);
  const help = terminal.stdout();
  for (const option of ["-p, --port", "--host", "--control", "4010", "127.0.0.1"])
    expect(help).toContain(option);

  const misspelt = createTerminal();
  expect(await misspelt.run("mock", "--prt", "0")).toBe(2);
  expect(misspelt.stderr()).toContain("(Did you mean --port?)");

  const steered = createTerminal();
  const served = steered.run("mock", "--port", "0", "--host", "127.0.0.1", "--control", "--json");
  let text = "";
  await expect.poll(() => (text += steered.stdout()), soon).toContain("\n");
  const { url } = JSON.parse(text) as { url: string };
  expect((await fetch(`${url}/_fake/requests`)).status).toBe(200);
  steered.stop.abort(new Interrupted("SIGINT"));
  expect(await served).toBe(0);
});

test("a port that is taken is a usage error", async () => {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const terminal = createTerminal();
  expect(await terminal.run("mock", "--port", String(port))).toBe(2);
  expect(terminal.stderr()).toContain(`Port ${port} is taken`);
  server.close();
});

test.each(["-1", "65536", "http", "1.5"])("port %s is refused", async (port) => {
  const terminal = createTerminal();
  expect(await terminal.run("mock", "--port", port)).toBe(2);
  expect(terminal.stderr()).toContain("65535");
});
