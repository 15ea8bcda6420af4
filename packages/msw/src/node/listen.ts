import { once } from "node:events";
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream as WebStream } from "node:stream/web";
import type { ActionsFake } from "../authoring/create-fake.ts";
import { object, required, secret, text, whole, type Check } from "../input/check.ts";
import { url } from "../input/text-forms.ts";
import { ConnectionResetError } from "../router/faulty.ts";
import { urlsOfRequest } from "./door.ts";

/** What {@link listen} takes. */
export interface ListenOptions {
  /** Default 0: any free port. */
  port?: number;
  /** The address to listen on. Default `"127.0.0.1"`: this machine only. */
  host?: string;
  /** Key and certificate in PEM, for clients such as `gh` that speak HTTPS only. */
  tls?: { key: string; cert: string };
  /**
   * Origin of the URLs that log downloads are redirected to; it must lead to this server. Default
   * `localhost` for `127.0.0.1` and the other way round, so that it is another origin, as GitHub's is.
   */
  logsUrl?: string;
}

/** A fake that is served over HTTP. */
export interface FakeServer {
  /** The API's base URL, e.g. `http://127.0.0.1:4010`; `/api/v3` below it works too, as on GHES. */
  readonly url: string;
  readonly port: number;
  /** Stops listening and breaks the connections that are left. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const listenOptions: Check = object<ListenOptions>({
  port: whole(0, 65_535),
  host: text,
  tls: secret(
    object<NonNullable<ListenOptions["tls"]>>({ key: required(text), cert: required(text) }),
  ),
  logsUrl: url,
});

/**
 * Serves a fake over HTTP, for `curl`, `gh`, or a client in any language.
 *
 * @throws {InvalidInputError} when an option is unknown or of another type
 * @throws the server's error when the port is taken
 */
export async function listen(fake: ActionsFake, options: ListenOptions = {}): Promise<FakeServer> {
  listenOptions.check(options, { call: "listen", path: "" });
  const { tls, host = "127.0.0.1" } = options;
  const protocol = tls === undefined ? "http" : "https";
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    void respond(fake, request, response, { protocol, address, logsUrl: options.logsUrl });
  };
  const server: Server =
    tls === undefined
      ? createHttpServer(answer)
      : createHttpsServer({ key: tls.key, cert: tls.cert }, answer);
  server.listen(options.port ?? 0, host);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const address = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return { url: `${protocol}://${address}`, port, close, [Symbol.asyncDispose]: close };
}

async function respond(
  fake: ActionsFake,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  server: Parameters<typeof urlsOfRequest>[1],
): Promise<void> {
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  try {
    const urls = urlsOfRequest(incoming, server);
    const origin = new URL(urls.api).origin;
    const onLogs = incoming.url?.startsWith("/actions-results/") === true;
    // One server answers for both origins: on the log service the API is the other one.
    const door = onLogs ? { ...urls, logs: origin, api: urls.logs } : urls;
    const response = await fake.answer(toRequest(incoming, origin, gone.signal), door);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    if (response.body === null) outgoing.end();
    else await pipeline(Readable.fromWeb(response.body as WebStream), outgoing);
  } catch (error) {
    if (outgoing.headersSent || gone.signal.aborted || error instanceof ConnectionResetError) {
      outgoing.destroy();
      return;
    }
    outgoing.writeHead(500, { "content-type": "application/json; charset=utf-8" });
    outgoing.end(
      JSON.stringify({ message: error instanceof Error ? error.message : String(error) }),
    );
  }
}

function toRequest(incoming: IncomingMessage, origin: string, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  const method = incoming.method ?? "GET";
  const init: RequestInit & { duplex?: "half" } = { method, headers, signal };
  if (method !== "GET" && method !== "HEAD") {
    init.body = Readable.toWeb(incoming) as ReadableStream;
    init.duplex = "half";
  }
  return new Request(new URL(incoming.url ?? "/", origin), init);
}
