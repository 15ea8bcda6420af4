import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Job } from "@workflow-runs/core";

/** A request as one of the two hosts saw it. */
export interface SeenRequest {
  host: "api" | "storage";
  path: string;
  authorization: string | undefined;
  range: string | undefined;
}

/** What the two hosts do; may be changed at any time. */
export interface Behaviour {
  /** The archive of each attempt; `latest` is for the run itself. */
  archives: Record<string, Uint8Array>;
  jobs: Record<string, Partial<Job>[]>;
  jobLogs: Record<number, string>;
  /** Jobs whose own log the storage does not have, each as often as it is named here. */
  missingLogs: number[];
  /** Ids of jobs whose logs GitHub itself says are not there. */
  deletedLogs: number[];
  /** Ids of jobs whose logs GitHub answers with 503. */
  failingLogs: number[];
  /** Status instead of the redirect. */
  status?: number;
  /** The storage host serves ranges. */
  ranges: boolean;
  /** Breaks the connection after so many bytes of a body, for each number once. */
  breakAfter: number[];
  /** Sends nothing more after so many bytes of a body, for each number once. */
  stallAfter: number[];
  /** Refuses a fresh link, so often. */
  refuseLinks: number;
  /** Sends a body that is damaged, so often. */
  damage: number;
  /** A link works so often. */
  linkUses: number;
}

/** GitHub's API and the storage host behind it, as two servers. */
export interface LogServer extends Behaviour, AsyncDisposable {
  baseUrl: string;
  seen: SeenRequest[];
  /** Bytes of archives and job logs sent to the network. */
  sent: number;
}

/** Starts both hosts. */
export async function logServer(behaviour: Partial<Behaviour>): Promise<LogServer> {
  const server: LogServer = {
    archives: {},
    jobs: { latest: [] },
    jobLogs: {},
    missingLogs: [],
    deletedLogs: [],
    failingLogs: [],
    ranges: true,
    breakAfter: [],
    stallAfter: [],
    refuseLinks: 0,
    damage: 0,
    linkUses: Infinity,
    ...behaviour,
    baseUrl: "",
    seen: [],
    sent: 0,
    [Symbol.asyncDispose]: async () => {
      await Promise.all([stop(api), stop(storage)]);
    },
  };
  let links = 0;
  const uses = new Map<string, number>();
  const note = (host: SeenRequest["host"], { url = "", headers }: IncomingMessage) =>
    server.seen.push({
      host,
      path: url,
      authorization: headers.authorization,
      range: headers.range,
    });

  const api = createServer((request, response) => {
    note("api", request);
    const url = new URL(request.url ?? "", "http://api");
    const attempt = /\/attempts\/(\d+)\//.exec(url.pathname)?.[1] ?? "latest";
    const jobLog = /\/jobs\/(\d+)\/logs$/.exec(url.pathname)?.[1];
    if (url.pathname.endsWith("/jobs")) {
      const jobs = server.jobs[attempt] ?? [];
      const [size, page] = [url.searchParams.get("per_page"), url.searchParams.get("page")];
      const from = Number(size) * (Number(page) - 1);
      return json(response, 200, {
        total_count: jobs.length,
        jobs: jobs.slice(from, from + Number(size)),
      });
    }
    const jobId = /\/jobs\/(\d+)$/.exec(url.pathname)?.[1];
    if (jobId !== undefined) {
      const all = Object.values(server.jobs).flat();
      return json(
        response,
        200,
        all.find(({ id }) => id === Number(jobId)),
      );
    }
    if (server.status !== undefined && jobLog === undefined)
      return json(response, server.status, { message: "No" });
    const file = jobLog === undefined ? `archive/${attempt}` : `job/${jobLog}`;
    if (server.deletedLogs.includes(Number(jobLog)))
      return json(response, 404, { message: "Not Found" });
    if (server.failingLogs.includes(Number(jobLog)))
      return json(response, 503, { message: "Unavailable" });
    const { port } = storage.address() as AddressInfo;
    return response
      .writeHead(302, { location: `http://localhost:${port}/${file}?link=${++links}` })
      .end();
  });

  const storage = createServer((request, response) => {
    note("storage", request);
    const url = new URL(request.url ?? "", "http://storage");
    const link = url.searchParams.get("link") ?? "";
    uses.set(link, (uses.get(link) ?? 0) + 1);
    if (uses.get(link) === 1 && server.refuseLinks > 0) {
      server.refuseLinks--;
      return response.writeHead(403).end("<Error>AuthenticationFailed</Error>");
    }
    if ((uses.get(link) as number) > server.linkUses)
      return response.writeHead(403).end("<Error>AuthenticationFailed</Error>");
    const [, kind, name] = url.pathname.split("/") as [string, string, string];
    const missing = kind === "job" ? server.missingLogs.indexOf(Number(name)) : -1;
    if (missing >= 0) {
      server.missingLogs.splice(missing, 1);
      return response.writeHead(404).end("<Error><Code>BlobNotFound</Code></Error>");
    }
    const jobLog = kind === "job" ? Buffer.from(server.jobLogs[Number(name)] ?? "") : undefined;
    return sendFile(server, request, response, jobLog ?? (server.archives[name] as Uint8Array));
  });

  await Promise.all([start(api), start(storage)]);
  server.baseUrl = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
  return server;
}

function sendFile(
  server: LogServer,
  request: IncomingMessage,
  response: ServerResponse,
  whole: Uint8Array,
): unknown {
  const range = server.ranges ? /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "") : undefined;
  const start = Number(range?.[1] ?? 0);
  const end = range?.[2] ? Number(range[2]) + 1 : whole.length;
  let body = whole.slice(start, end);
  if (server.damage > 0) {
    server.damage--;
    body[Math.floor(body.length / 3)] = (body[Math.floor(body.length / 3)] as number) ^ 255;
  }
  response.writeHead(range ? 206 : 200, {
    "content-type": "application/octet-stream",
    "content-length": body.length,
    etag: '"one"',
    ...(server.ranges && { "accept-ranges": "bytes" }),
    ...(range && { "content-range": `bytes ${start}-${end - 1}/${whole.length}` }),
  });
  const stall = server.stallAfter.shift();
  if (stall !== undefined) return response.write(body.slice(0, stall));
  const stop = server.breakAfter.shift();
  if (stop === undefined) return sendSlowly(server, response, body);
  body = body.slice(0, stop);
  server.sent += body.length;
  return response.write(body, () => response.destroy());
}

// A piece at a time, so that what a client does not take is not counted as sent.
async function sendSlowly(
  server: LogServer,
  response: ServerResponse,
  body: Uint8Array,
): Promise<void> {
  for (let at = 0; at < body.length && !response.destroyed; at += 65_536) {
    const piece = body.subarray(at, at + 65_536);
    server.sent += piece.length;
    await new Promise((resolve) => {
      response.once("close", resolve);
      response.write(piece, () => {
        response.off("close", resolve);
        resolve(undefined);
      });
    });
  }
  response.end();
}

function json(response: ServerResponse, status: number, body: unknown): unknown {
  return response
    .writeHead(status, { "content-type": "application/json" })
    .end(JSON.stringify(body));
}

function start(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, resolve));
}

function stop(server: Server): Promise<unknown> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
}
