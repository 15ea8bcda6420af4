import type { IncomingMessage } from "node:http";
import type { FakeUrls } from "../responses/urls.ts";

/** What a server is reached by. */
export interface ServerAddress {
  protocol: "http" | "https";
  /** e.g. `127.0.0.1:4010`, for requests that name no host. */
  address: string;
  /** The port that serves the API. */
  port: number;
  logsUrl: string | undefined;
  /** The port that serves the logs only, if there is one. */
  logsPort: number | undefined;
}

/** What a request's URL says beside its path below the API. */
export interface Destination {
  /** Where a server's own URLs lead to; on the log service the API is another origin. */
  urls: FakeUrls;
  /** The namespace of a test; undefined for the fake that the server was started with. */
  namespace: string | undefined;
  /** Whether it is for the service that holds the logs. */
  onLogs: boolean;
  /** Whether it is for the control API. */
  onControl: boolean;
}

/** The header that names the namespace of a test. */
export const namespaceHeader = "x-fake-namespace";

/** A request's path and query; a client that takes the server for a proxy sends a whole URL. */
export function pathOf({ url = "/" }: Pick<IncomingMessage, "url">): string {
  if (url.startsWith("/")) return url;
  return URL.canParse(url) ? url.slice(new URL(url).origin.length) : "/";
}

/**
 * Where a request goes, and where a server's own URLs lead to for it.
 *
 * @throws {TypeError} when the host that it names is none
 */
export function destinationOf(
  request: Pick<IncomingMessage, "headers" | "url">,
  server: ServerAddress,
  control: boolean,
): Destination {
  const origin = `${server.protocol}://${request.headers.host ?? server.address}`;
  const pathname = pathOf(request);
  const [inPath = "", name] = (control && /^\/_fake\/ns\/([^/?]+)(?=\/|$)/.exec(pathname)) || [];
  const header = control ? request.headers[namespaceHeader] : undefined;
  const namespace = name ?? (typeof header === "string" ? header : undefined);
  const rest = pathname.slice(inPath.length);
  const prefix = /^\/api\/v3(?=[/?]|$)/.test(rest) ? "/api/v3" : "";
  // A client that follows a redirect may leave the header at home.
  const logsPath = namespace === undefined ? "" : `/_fake/ns/${namespace}`;
  const { logsUrl, logsPort } = server;
  const other = logsUrl ?? (logsPort === undefined ? otherOrigin(origin) : at(logsPort, origin));
  // A port of the logs' own serves nothing else.
  const isLogsPort = logsPort !== undefined && portOf(new URL(origin)) === logsPort;
  const onLogs = isLogsPort || rest.startsWith("/actions-results/");
  const urls = onLogs
    ? { api: logsPort === undefined ? other : at(server.port, origin), logs: origin }
    : { api: `${origin}${inPath}${prefix}`, logs: other };
  return {
    urls: { api: urls.api, html: origin, logs: `${urls.logs}${logsPath}` },
    namespace,
    onLogs,
    onControl: control && /^\/_fake(?:[/?]|$)/.test(rest),
  };
}

function portOf({ port, protocol }: URL): number {
  return Number(port || (protocol === "https:" ? 443 : 80));
}

function at(port: number, origin: string): string {
  const url = new URL(origin);
  url.port = String(port);
  return url.origin;
}

/**
 * Another origin that is the same server: clients must leave the token at home when they go there.
 * Only the loopback address has two names; any other host is returned as it is.
 */
export function otherOrigin(origin: string): string {
  const url = new URL(origin);
  if (isLoopback(url.hostname))
    url.hostname = url.hostname === "127.0.0.1" ? "localhost" : "127.0.0.1";
  return url.origin;
}

/** Whether a host has two names, of which one can stand for the logs' host. */
export function isLoopback(host: string): boolean {
  return host === "127.0.0.1" || host === "localhost";
}
