import type { IncomingMessage } from "node:http";
import type { FakeUrls } from "../responses/urls.ts";

/** Where a server's own URLs lead to, for one request. */
export function urlsOfRequest(
  request: Pick<IncomingMessage, "headers" | "url">,
  server: { protocol: "http" | "https"; address: string; logsUrl: string | undefined },
): FakeUrls {
  const host = request.headers.host ?? server.address;
  const origin = `${server.protocol}://${host}`;
  const prefix = request.url?.startsWith("/api/v3/") === true ? "/api/v3" : "";
  return { api: `${origin}${prefix}`, html: origin, logs: server.logsUrl ?? otherOrigin(origin) };
}

/**
 * Another origin that is the same server: clients must leave the token at home when they go there.
 * Only the loopback address has two names; any other host is given back as it is.
 */
export function otherOrigin(origin: string): string {
  const url = new URL(origin);
  if (url.hostname === "127.0.0.1") url.hostname = "localhost";
  else if (url.hostname === "localhost") url.hostname = "127.0.0.1";
  return url.origin;
}
