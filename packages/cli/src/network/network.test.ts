import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer as createHttp } from "node:http";
import { createServer as createHttps } from "node:https";
import { type AddressInfo, connect, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { createTerminal } from "../../test/terminal.ts";
import { createNodeFetch } from "./node-fetch.ts";

let folder = "";
const servers: Server[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "workflow-runs-tls-"));
  const run = promisify(execFile);
  const names = "subjectAltName=DNS:localhost,IP:127.0.0.1";
  const files = ["-keyout", join(folder, "key.pem"), "-out", join(folder, "cert.pem")];
  const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const subject = ["-days", "2", "-subj", "/CN=localhost", "-addext", names];
  await run("openssl", ["req", ...kind, ...files, ...subject]);
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});
afterAll(async () => rm(folder, { recursive: true }));

async function listening(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** A server whose certificate nobody knows, that sends back what it gets. */
async function echoOverTls(): Promise<string> {
  const [key, cert] = await Promise.all(
    ["key.pem", "cert.pem"].map(async (file) => readFile(join(folder, file))),
  );
  const server = createHttps({ key, cert }, (request, response) => {
    let body = "";
    request.on("data", (part) => (body += String(part)));
    request.on("end", () =>
      response.end(`${request.method} ${request.headers.authorization} ${body}`),
    );
  });
  return `https://localhost:${await listening(server)}/`;
}

/** A proxy that tells which hosts it was asked for. */
async function proxy(): Promise<{ url: string; hosts: string[] }> {
  const hosts: string[] = [];
  const server = createHttp();
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
  const url = await echoOverTls();
  const init = { method: "POST", headers: { authorization: "Bearer t" }, body: "a body" };
  await expect(createNodeFetch({ SSL_CERT_FILE: "/dev/null" })(url, init)).rejects.toThrow(
    "fetch failed",
  );
  const fetch = createNodeFetch({ SSL_CERT_FILE: join(folder, "cert.pem") });
  for (const input of [new Request(url, init), new Request(url, init)]) {
    const response = await fetch(input);
    expect(await response.text()).toBe("POST Bearer t a body");
  }
  expect(await (await fetch(url, init)).text()).toBe("POST Bearer t a body");
});

test("requests go through the proxy of the environment, but for the hosts of NO_PROXY", async () => {
  const url = await echoOverTls();
  const { url: https_proxy, hosts } = await proxy();
  const env = { https_proxy, SSL_CERT_FILE: join(folder, "cert.pem") };
  const response = await createNodeFetch(env)(url, { method: "PUT", body: "x" });
  expect(await response.text()).toBe("PUT undefined x");
  expect(new Set(hosts)).toEqual(new Set([new URL(url).host]));
  const count = hosts.length;
  const direct = createNodeFetch({ ...env, NO_PROXY: "localhost" });
  expect((await direct(url)).status).toBe(200);
  expect(hosts).toHaveLength(count);
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
