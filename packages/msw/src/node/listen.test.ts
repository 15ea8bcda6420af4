import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { createActionsFake } from "../fake.ts";
import { asker } from "../../test/ask.ts";
import { listen } from "./index.ts";
import { destinationOf, otherOrigin } from "./destination.ts";

const clock = (): number => Date.parse("2026-11-01T10:00:00Z");

/** What a server answers to bytes that no client of ours would send. */
async function answerTo(port: number, request: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.end(request.replaceAll("\n", "\r\n"));
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

describe("a fake behind a port", () => {
  test("stays up whatever is sent: a host that is none, two slashes, a whole URL", async () => {
    const problems: string[] = [];
    const fake = createActionsFake({ clock, onInvalidRequest: (one) => problems.push(one) });
    fake.repository("octo-org/octo-repo").createRun();
    await using server = await listen(fake, { control: true });
    const { port } = server;
    const end = "\nConnection: close\n\n";
    const runs = "/repos/octo-org/octo-repo/actions/runs";
    for (const host of ["[", "a b", "a:999999", "%"]) {
      const answer = await answerTo(port, `GET ${runs} HTTP/1.1\nHost: ${host}${end}`);
      expect(answer, host).toMatch(/^HTTP\/1\.1 400 /);
    }
    const host = `Host: 127.0.0.1:${port}${end}`;
    expect(await answerTo(port, `GET /${runs} HTTP/1.1\n${host}`)).toContain(" 501 ");
    expect(problems.at(-1)).toContain(`does not imitate GET /${runs}`);
    const whole = `GET http://127.0.0.1:${port}${runs}?per_page=1 HTTP/1.1\n${host}`;
    expect(await answerTo(port, whole)).toContain('"total_count":1');
    expect(await answerTo(port, `OPTIONS * HTTP/1.1\n${host}`)).toContain(" 204 ");
    expect(
      await answerTo(port, `GET /repos/%ff/%E0%A4%A/actions/runs HTTP/1.1\n${host}`),
    ).toContain(" 404 ");
    expect((await fetch(server.url + runs)).status).toBe(200);
  });

  test("serves below / and below /api/v3, with URLs that lead back to it", async () => {
    const fake = createActionsFake({ clock, onInvalidRequest: () => {} });
    const run = fake.repository("octo-org/octo-repo").createRun({ status: "completed" });
    await using server = await listen(fake);
    for (const baseUrl of [server.url, `${server.url}/api/v3`]) {
      const { data } = await asker({ fetch, baseUrl })("getWorkflowRun", { run_id: run.id });
      expect(data.url).toBe(`${baseUrl}/repos/octo-org/octo-repo/actions/runs/${run.id}`);
      expect((await fetch(data.url)).status).toBe(200);
      const root = (await (await fetch(`${baseUrl}?a=1`)).json()) as { rate_limit_url: string };
      expect(root.rate_limit_url).toBe(`${baseUrl}/rate_limit`);
    }
  });

  test("redirects a log download to another origin, where fetch takes no token", async () => {
    const fake = createActionsFake({ clock });
    const run = fake.repository("octo-org/octo-repo").createRun({ status: "completed" });
    await using server = await listen(fake);
    const url = `${server.url}/repos/octo-org/octo-repo/actions/runs/${run.id}/logs`;
    const headers = { authorization: "Bearer secret" };
    const redirect = await fetch(url, { headers, redirect: "manual" });
    expect(redirect.status).toBe(302);
    const location = redirect.headers.get("location") ?? "";
    expect(new URL(location).hostname).toBe("localhost");
    expect((await fetch(location, { headers })).status).toBe(400);
    const followed = await fetch(url, { headers });
    expect(followed.headers.get("content-type")).toBe("application/zip");
    expect(new TextDecoder().decode((await followed.bytes()).subarray(0, 2))).toBe("PK");
  });

  test("takes bodies and breaks connections when a fault says so", async () => {
    const fake = createActionsFake({ clock });
    const repository = fake.repository("octo-org/octo-repo");
    const run = repository.createRun({ jobs: [{ name: "ship", environment: "production" }] });
    await using server = await listen(fake);
    const ask = asker({ fetch, baseUrl: server.url });
    const [pending] = (await ask("getPendingDeploymentsForRun", { run_id: run.id })).data;
    const review = {
      run_id: run.id,
      environment_ids: [pending?.environment.id],
      state: "approved",
      comment: "",
    };
    expect((await ask("reviewPendingDeploymentsForRun", review)).status).toBe(200);
    const remove = fake.fail("getWorkflowRun", { reset: true });
    await expect(ask("getWorkflowRun", { run_id: run.id })).rejects.toThrow("fetch failed");
    remove();
    fake.fail("getWorkflowRun", { truncate: 100 });
    await expect(ask("getWorkflowRun", { run_id: run.id })).rejects.toThrow("terminated");
  });

  test("refuses options it does not know", async () => {
    const fake = createActionsFake({ clock });
    const wrong = (options: object): Promise<unknown> => listen(fake, options);
    await expect(wrong({ prot: 1 })).rejects.toThrow(
      'listen: Unknown option "prot". Did you mean "port"?',
    );
    await expect(wrong({ port: 70_000 })).rejects.toThrow(
      "port is 70000, not a whole number from 0",
    );
    await expect(wrong({ tls: { key: "PRIVATE" } })).rejects.toThrow("listen: tls.cert is missing");
    await expect(wrong({ tls: { kye: "PRIVATE" } })).rejects.toThrow(
      'listen: tls: Unknown option "kye". Valid options: key, cert.',
    );
  });

  test("lets go of a request whose caller hangs up", async () => {
    const fake = createActionsFake({ clock });
    fake.repository("octo-org/octo-repo");
    fake.fail("listWorkflowRunsForRepo", { hang: true });
    await using server = await listen(fake);
    const url = `${server.url}/repos/octo-org/octo-repo/actions/runs`;
    // Until one got through before its caller hung up, which takes longer on a busy machine.
    for (let wait = 50; fake.requests.length === 0; wait *= 2)
      await expect(fetch(url, { signal: AbortSignal.timeout(wait) })).rejects.toThrow(
        /abort|timeout/,
      );
    expect(fake.requests.map(({ status }) => status)).toEqual([0]);
  });
});

describe("where its URLs lead", () => {
  const server = {
    protocol: "http" as const,
    address: "127.0.0.1:80",
    port: 80,
    logsUrl: undefined,
    logsPort: undefined,
  };
  test("follows the name the server was called by", () => {
    const headers = { host: "fake.test:81" };
    expect(destinationOf({ headers, url: "/api/v3/meta" }, server, false).urls).toEqual({
      api: "http://fake.test:81/api/v3",
      html: "http://fake.test:81",
      logs: "http://fake.test:81",
    });
    const logs = (more: object): string =>
      destinationOf({ headers, url: "/x" }, { ...server, ...more }, false).urls.logs;
    expect(logs({ logsUrl: "http://logs.test" })).toBe("http://logs.test");
    expect(logs({ logsPort: 82 })).toBe("http://fake.test:82");
  });

  test("knows namespaces by header and by path, only behind the control API", () => {
    const byHeader = { headers: { host: "h", "x-fake-namespace": "t7" }, url: "/repos/o/r" };
    expect(destinationOf(byHeader, server, true)).toMatchObject({
      namespace: "t7",
      urls: { api: "http://h", logs: "http://h/_fake/ns/t7" },
    });
    expect(destinationOf(byHeader, server, false)).toMatchObject({
      namespace: undefined,
      urls: { api: "http://h", logs: "http://h" },
    });
    const byPath = { headers: { host: "h" }, url: "/_fake/ns/t7/api/v3/repos/o/r" };
    expect(destinationOf(byPath, server, true)).toMatchObject({
      namespace: "t7",
      onControl: false,
      urls: { api: "http://h/_fake/ns/t7/api/v3", logs: "http://h/_fake/ns/t7" },
    });
    expect(destinationOf(byPath, server, false)).toMatchObject({ namespace: undefined });
  });

  test("knows two names of this machine", () => {
    expect(otherOrigin("https://localhost:8443")).toBe("https://127.0.0.1:8443");
    expect(otherOrigin("http://127.0.0.1:4010")).toBe("http://localhost:4010");
    expect(otherOrigin("http://mock:4010")).toBe("http://mock:4010");
  });
});
