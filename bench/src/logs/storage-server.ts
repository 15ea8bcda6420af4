import { closeSync, openSync, readSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** An API with one run, and a host that serves its archive by ranges, as one server under two names. */
export interface StorageServer {
  baseUrl: string;
  /** Bytes of the archive sent to the network. */
  sent: () => number;
  close: () => void;
}

/** Serves a file as the log archive of a run with these jobs. */
export async function serveArchive(path: string, jobs: readonly object[]): Promise<StorageServer> {
  const { size } = statSync(path);
  const file = openSync(path, "r");
  let sent = 0;
  const server = createServer((request, response): unknown => {
    const { port } = server.address() as AddressInfo;
    if (request.url?.includes("/jobs"))
      return response.end(JSON.stringify({ total_count: jobs.length, jobs }));
    if (request.url?.startsWith("/repos/"))
      return response.writeHead(302, { location: `http://localhost:${port}/archive.zip` }).end();
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "");
    const [start, end] = range ? [Number(range[1]), Number(range[2]) + 1] : [0, size];
    response.writeHead(range ? 206 : 200, {
      "content-length": end - start,
      "accept-ranges": "bytes",
      ...(range && { "content-range": `bytes ${start}-${end - 1}/${size}` }),
    });
    let at = start;
    const more = (): void => {
      if (at >= end || response.destroyed) return void response.end();
      const piece = Buffer.alloc(Math.min(65_536, end - at));
      readSync(file, piece, 0, piece.length, at);
      at += piece.length;
      sent += piece.length;
      response.write(piece, more);
    };
    return more();
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sent: () => sent,
    close() {
      server.closeAllConnections();
      server.close();
      closeSync(file);
    },
  };
}
