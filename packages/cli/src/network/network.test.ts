import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { type AddressInfo, connect, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createActionsFake } from "@workflow-runs/msw/fake";
import { type FakeServer, listen } from "@workflow-runs/msw/node";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createTerminal } from "../../test/terminal.ts";
import { createNodeFetch } from "./node-fetch.ts";

let folder = "";
let authority = "";
/** A server whose certificate nobody knows, that sends back what it gets. */
let echo: FakeServer;
const servers: Server[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "workflow-runs-tls-"));
  authority = join(folder, "ca.pem");
  const fake = createActionsFake();
  for (const method of ["GET", "POST", "PUT"] as const) {
    fake.handle(
      `${method} /echo`,
      ({ headers, body = "" }) =>
        new Response(`${method} ${headers.get("authorization")} ${String(body)}`),
    );
  }
  echo = await listen(fake, { tls: true });
  await writeFile(authority, echo.ca ?? "");
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});
afterAll(async () => {
  await echo.close();
  await rm(folder, { recursive: true });
});

async function listening(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** A proxy that records the hosts that are requested. */
async function proxy(): Promise<{ url: string; hosts: string[] }> {
  const hosts: string[] = [];
  const server = createServer();
  server.on("connect", (request, client) => {
    hosts.push(request.url ?? "");
    const [, port] = (request.url ?? "").split(":");
    const upstream = connect(Number(port), "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      upstream.pipe(client).pipe(upstream);
    });
    for (const each of [upstream, client]) each.on("error", () => {});
  });
  return { url: `http://127.0.0.1:${await listening(server)}`, hosts };
}

test("a certificate of the system's authorities is trusted, and the request arrives once and whole", async () => {
  const url = `${echo.url}/echo`;
  const init = { method: "POST", headers: { authorization: "Bearer t" }, body: "a body" };
  for (const redirect of ["follow", "manual"] as const) {
    const known = createNodeFetch({ SSL_CERT_FILE: "/dev/null" });
    await expect(known(url, { ...init, redirect })).rejects.toThrow("fetch failed");
    const fetch = createNodeFetch({ SSL_CERT_FILE: authority });
    for (const input of [new Request(url, init), url, url]) {
      const response = await fetch(input, { ...init, redirect });
      expect(await response.text()).toBe("POST Bearer t a body");
    }
  }
});

test("requests go through the proxy of the environment, but for the hosts of NO_PROXY", async () => {
  const url = `${echo.url}/echo`;
  const { url: https_proxy, hosts } = await proxy();
  const env = { https_proxy, SSL_CERT_FILE: authority };
  const response = await createNodeFetch(env)(url, { method: "PUT", body: "x" });
  expect(await response.text()).toBe("PUT null x");
  expect(new Set(hosts)).toEqual(new Set([new URL(url).host]));
  const withoutScheme = createNodeFetch({ ...env, https_proxy: new URL(https_proxy).host });
  expect((await withoutScheme(url)).status).toBe(200);
  const count = hosts.length;
  expect(count).toBeGreaterThan(1);
  const direct = createNodeFetch({ ...env, NO_PROXY: "127.0.0.1" });
  expect((await direct(url)).status).toBe(200);
  expect(hosts).toHaveLength(count);
});

test("requests under way at once all try again with the system's authorities, directly and behind a proxy", async () => {
  const url = `${echo.url}/echo`;
  const { url: https_proxy } = await proxy();
  for (const env of [{}, { https_proxy }]) {
    const fetch = createNodeFetch({ ...env, SSL_CERT_FILE: authority });
    const responses = await Promise.all(
      ["a", "b", "c"].map(async (body) => fetch(url, { method: "POST", body, redirect: "manual" })),
    );
    const texts = await Promise.all(responses.map(async (response) => response.text()));
    expect(texts).toEqual(["POST null a", "POST null b", "POST null c"]);
  }
});

test("an error behind a proxy names the variable that leads there", async () => {
  const terminal = createTerminal({
    env: { HTTPS_PROXY: "http://user:secret@127.0.0.1:9" },
    fetch: async () => {
      throw new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED 127.0.0.1:9") });
    },
  });
  expect(await terminal.run("cancel", "42")).toBe(1);
  const text = terminal.stderr();
  expect(text).toContain("ECONNREFUSED");
  expect(text).toContain("Requests go through the proxy of HTTPS_PROXY.");
  expect(text).not.toContain("secret");
});

test("--debug tells each request, and no secret", async () => {
  const terminal = createTerminal();
  const { id } = terminal.repository.createRun({ status: "completed" });
  expect(await terminal.run("logs", String(id), "--debug", "--job", "build")).toBe(0);
  const text = terminal.stderr();
  expect(text).toContain(
    `> GET https://api.github.com/repos/octo-org/octo-repo/actions/runs/${id}\n`,
  );
  expect(text).toMatch(/^< 200 GET .* in \d+ ms/m);
  expect(text).toMatch(/^> GET https:\/\/\S+\?…$/m);
  expect(text).not.toMatch(/a-token|sig=|Bearer/);
  expect(terminal.stdout()).not.toContain("> GET");
});

test("a refusal names the missing permission, the sign-on page, and whose token it is", async () => {
  const refused = (headers: Record<string, string>) =>
    createTerminal({
      fetch: async () =>
        Response.json(
          { message: "Resource not accessible by integration" },
          { status: 403, headers },
        ),
    });
  const permission = refused({ "x-accepted-github-permissions": "actions=write" });
  expect(await permission.run("cancel", "42")).toBe(4);
  const text = permission.stderr();
  expect(text).toMatch(/actions[:=] ?write/);
  expect(text).toContain("The token that was sent is that of GITHUB_TOKEN.");
  const url = "https://github.com/orgs/octo-org/sso?authorization_request=A";
  const sso = refused({ "x-github-sso": `required; url=${url}` });
  expect(await sso.run("list")).toBe(4);
  expect(sso.stderr()).toContain(url);
});

test("a server's own token variables are named, and how to log in there", async () => {
  const terminal = createTerminal({
    env: { GH_REPO: "ghes.example.com/team/app", GITHUB_TOKEN: "secret" },
    fetch: async () => Response.json({ message: "Requires authentication" }, { status: 401 }),
  });
  expect(await terminal.run("list")).toBe(4);
  expect(terminal.stderr()).toContain(
    "set GH_ENTERPRISE_TOKEN or GITHUB_ENTERPRISE_TOKEN, or log in with `gh auth login --hostname ghes.example.com`.",
  );
});

test.each([
  [
    ["list"],
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    /issuer .* not known here .*\nName a file .* SSL_CERT_FILE/,
  ],
  [
    ["watch", "1"],
    "SELF_SIGNED_CERT_IN_CHAIN",
    /issuer .* not known here .*\nName a file .* SSL_CERT_FILE/,
  ],
  [
    ["watch", "a".repeat(40)],
    "CERT_HAS_EXPIRED",
    /has expired \(CERT_HAS_EXPIRED\)\.\nCheck this machine's clock/,
  ],
  [
    ["list"],
    "ERR_TLS_CERT_ALTNAME_INVALID",
    /another host \(ERR_.*\)\.\nCheck this machine's clock/,
  ],
])("%j of a server whose certificate is refused (%s) ends at once", async (args, code, words) => {
  const cause = Object.assign(new Error("refused"), { code });
  const terminal = createTerminal({
    fetch: async () => {
      throw new TypeError("fetch failed", { cause });
    },
  });
  expect(await terminal.run(...args)).toBe(1);
  expect(terminal.requests).toHaveLength(1);
  const text = terminal.stderr();
  expect(text).toMatch(/^error: No connection to https:\/\/api\.github\.com: /m);
  expect(text).toMatch(words);
});
