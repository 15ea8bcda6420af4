import { EventEmitter, once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { httpFetch } from "./http-fetch.ts";

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const clean of cleanups.splice(0)) clean();
});

async function serve(respond: RequestListener): Promise<string> {
  const server = createServer(respond).listen(0, "127.0.0.1");
  cleanups.push(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const manual = { redirect: "manual" } as const;

test("sends method, headers and body, and gives status, headers and body", async () => {
  const url = await serve((request, response) => {
    let body = "";
    request.on("data", (part) => (body += String(part)));
    request.on("end", () => {
      response.writeHead(
        201,
        "Made",
        [
          ["set-cookie", "a=1"],
          ["set-cookie", "b=2"],
          ["link", "<x>"],
        ].flat(),
      );
      response.end(`${request.method} ${request.url} ${String(request.headers["x-a"])} ${body}`);
    });
  });
  const init = { ...manual, method: "PUT", headers: { "X-A": "b" } };
  for (const body of ["é", new TextEncoder().encode("é")]) {
    const response = await httpFetch(`${url}path?q=1`, { ...init, body });
    expect([response.status, response.statusText, response.ok]).toEqual([201, "Made", true]);
    expect(response.url).toBe(`${url}path?q=1`);
    expect(response.headers.get("link")).toBe("<x>");
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(await response.text()).toBe("PUT /path?q=1 b é");
  }
});

test("does not follow a redirect that it is to show; what follows redirects is the platform's", async () => {
  const url = await serve((request, response) => {
    if (request.url === "/") response.writeHead(302, { location: "/there" }).end();
    else response.end("there");
  });
  const shown = await httpFetch(url, manual);
  expect([shown.status, shown.headers.get("location")]).toEqual([302, "/there"]);
  expect(await (await httpFetch(url)).text()).toBe("there");
});

test.each([204, 304])("a response %i has no body", async (status) => {
  const url = await serve((_request, response) => response.writeHead(status, { etag: "x" }).end());
  const response = await httpFetch(url, manual);
  expect([response.status, response.body, response.headers.get("etag")]).toEqual([
    status,
    null,
    "x",
  ]);
});

test("unpacks what the server packed; a part of a file is requested as it is", async () => {
  const text = "0123456789".repeat(100_000);
  const packed = { gzip: gzipSync(text), br: brotliCompressSync(text), deflate: deflateSync(text) };
  const url = await serve((request, response) => {
    const encoding = (request.url ?? "").slice(1) as keyof typeof packed;
    if (request.headers["accept-encoding"] === "identity") return response.end("plain");
    return response.writeHead(200, { "content-encoding": encoding }).end(packed[encoding]);
  });
  for (const encoding of Object.keys(packed)) {
    expect(await (await httpFetch(url + encoding, manual)).text()).toBe(text);
  }
  const part = await httpFetch(`${url}gzip`, { ...manual, headers: { range: "bytes=0-4" } });
  expect(await part.text()).toBe("plain");
});

test("a body that breaks off, or is not packed as it says, is an error and no end", async () => {
  const url = await serve((request, response) => {
    if (request.url === "/packed") {
      response.writeHead(200, { "content-encoding": "gzip" }).end("this is no gzip");
      return;
    }
    response.writeHead(200, { "content-length": 10 });
    response.write("half", () => response.destroy());
  });
  for (const path of ["", "packed"]) {
    const response = await httpFetch(url + path, manual);
    await expect(response.text()).rejects.toThrow("terminated");
  }
});

test("nobody there is fetch's error, with the reason in its cause", async () => {
  const url = await serve(() => {});
  for (const clean of cleanups.splice(0)) clean();
  await expect(httpFetch(url, manual)).rejects.toMatchObject({
    name: "TypeError",
    message: "fetch failed",
    cause: { code: "ECONNREFUSED" },
  });
});

test("an abort ends it before the response, within the body, and before it begins", async () => {
  const events = new EventEmitter();
  const reached = once(events, "reached");
  const url = await serve((request, response) => {
    if (request.url === "/silent") events.emit("reached");
    else response.writeHead(200).write("half");
  });
  const reason = new Error("enough");

  const before = new AbortController();
  const silent = httpFetch(`${url}silent`, { ...manual, signal: before.signal });
  await reached;
  before.abort(reason);
  await expect(silent).rejects.toBe(reason);
  await expect(httpFetch(url, { ...manual, signal: before.signal })).rejects.toBe(reason);

  const within = new AbortController();
  const { body } = await httpFetch(url, { ...manual, signal: within.signal });
  const reader = body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("half");
  within.abort(reason);
  await expect(reader?.read()).rejects.toBe(reason);
});

test("a body that nobody reads to its end breaks the connection off", async () => {
  const events = new EventEmitter();
  const closed = once(events, "closed");
  const url = await serve((_request, response) => {
    response.once("close", () => events.emit("closed", response.writableEnded));
    response.writeHead(200).write("half");
  });
  await (await httpFetch(url, manual)).body?.cancel();
  expect(await closed).toEqual([false]);
});
