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
import type { ActionsFake } from "../authoring/actions-fake.ts";
import { internalsOf } from "../authoring/internals.ts";
import {
  check,
  flag,
  isObject,
  listOf,
  object,
  required,
  short,
  text,
  whole,
} from "../input/check.ts";
import { url } from "../input/text-forms.ts";
import { ConnectionResetError } from "../router/faulty.ts";
import { createCertificate } from "./certificate.ts";
import { createControlApi } from "./control.ts";
import {
  destinationOf,
  isLoopback,
  pathOf,
  type Destination,
  type ServerAddress,
} from "./destination.ts";

/** What {@link listen} takes. */
export interface ListenOptions {
  /** The port; 0 is any free one. @default 0 */
  port?: number | undefined;
  /** The address to listen on. @default "127.0.0.1", which only this machine reaches */
  host?: string | undefined;
  /**
   * Key and certificate in PEM, for clients such as `gh` that speak HTTPS only. `true` makes a
   * certificate for `localhost`, the loopback addresses and `host`: see {@link FakeServer.ca}.
   */
  tls?: boolean | { key: string; cert: string } | undefined;
  /** More names and addresses that a made certificate is for, e.g. a container's. */
  tlsHosts?: readonly string[] | undefined;
  /**
   * Origin of the URLs that log downloads are redirected to; it must lead to this server.
   * @default another origin than the API's, as GitHub's is: `localhost` for `127.0.0.1` and the other way
   * round, and for any other host the same one with `logsPort`
   */
  logsUrl?: string | undefined;
  /**
   * A second port, which serves the logs.
   * @default none where `host` is the loopback address or there is a `logsUrl`; elsewhere the port after `port`, or any
   * free one
   */
  logsPort?: number | undefined;
  /**
   * Opens `/_fake/…`, through which a test in any language steers the fake, and gives each test a
   * fake of its own that names one in the header `X-Fake-Namespace`.
   * @default false
   */
  control?: boolean | undefined;
}

/** A fake that is served over HTTP. */
export interface FakeServer {
  /** The API's base URL, e.g. `http://127.0.0.1:4010`; `/api/v3` below it works too, as on GHES. */
  readonly url: string;
  readonly port: number;
  /** The authority that clients have to trust, in PEM, when a certificate was made. */
  readonly ca: string | undefined;
  /** Stops listening and breaks the connections that are left. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

type PemFiles = Exclude<NonNullable<ListenOptions["tls"]>, boolean>;
const pemFiles = object<PemFiles>({ key: required(text), cert: required(text) });

const listenOptions = object<ListenOptions>({
  port: whole(0, 65_535),
  host: text,
  tls: short("boolean", flag, pemFiles),
  tlsHosts: listOf(text),
  logsUrl: url,
  logsPort: whole(0, 65_535),
  control: flag,
});

/**
 * Serves a fake over HTTP, for `curl`, `gh`, or a client in any language.
 *
 * @throws {InvalidInputError} when an option is unknown or of another type
 * @throws the server's error when the port is taken
 */
export async function listen(fake: ActionsFake, options: ListenOptions = {}): Promise<FakeServer> {
  if (isObject(options.tls)) check(pemFiles, options.tls, "listen", { path: "tls", secret: true });
  check(listenOptions, options, "listen");
  const { host = "127.0.0.1", port: wanted = 0, control = false } = options;
  const made =
    options.tls === true
      ? createCertificate(
          [...new Set(["localhost", "127.0.0.1", "::1", host, ...(options.tlsHosts ?? [])])],
          Date.now(),
        )
      : undefined;
  const tls = made ?? (typeof options.tls === "object" ? options.tls : undefined);
  const protocol = tls === undefined ? "http" : "https";
  const fakes = createNamespaces(fake);
  const serve = (request: IncomingMessage, response: ServerResponse): void => {
    const reached = { protocol, address, port, logsUrl: options.logsUrl, logsPort } as const;
    let destination: Destination;
    try {
      destination = destinationOf(request, reached, control);
    } catch {
      // A host that is none: no URL of ours could lead back to it.
      response.writeHead(400, { "content-type": "text/plain; charset=utf-8" }).end("Bad Request");
      return;
    }
    void respond(fakes(destination.namespace), destination, request, response);
  };
  const create = (): Server =>
    tls === undefined
      ? createHttpServer(serve)
      : createHttpsServer({ key: tls.key, cert: tls.cert }, serve);
  const server = create();
  server.listen(wanted, host);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const address = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  const apart =
    options.logsPort !== undefined || !(isLoopback(host) || options.logsUrl !== undefined);
  const logsServer = apart ? create() : undefined;
  let logsPort: ServerAddress["logsPort"];
  const servers = [server, ...(logsServer === undefined ? [] : [logsServer])];
  const close = async (): Promise<void> => {
    await Promise.all(servers.map(closed));
  };
  if (logsServer !== undefined) {
    try {
      logsServer.listen(options.logsPort ?? (wanted === 0 ? 0 : port + 1), host);
      await once(logsServer, "listening");
    } catch (error) {
      await close();
      throw error;
    }
    logsPort = (logsServer.address() as AddressInfo).port;
  }
  return {
    url: `${protocol}://${address}`,
    port,
    ca: made?.ca,
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function closed(server: Server): Promise<void> {
  if (!server.listening) return;
  const end = once(server, "close");
  server.close();
  server.closeAllConnections();
  await end;
}

/** A fake, and what steers it. */
interface Served {
  fake: ActionsFake;
  control: ReturnType<typeof createControlApi>;
}

/** The fakes of the namespaces: each begins with what the server's own knows at that moment. */
function createNamespaces(fake: ActionsFake): (namespace: string | undefined) => Served {
  const served = (one: ActionsFake): Served => ({ fake: one, control: createControlApi(one) });
  const own = served(fake);
  const fakes = new Map<string, Served>();
  return (namespace) => {
    if (namespace === undefined) return own;
    const known = fakes.get(namespace);
    if (known !== undefined) return known;
    const another = internalsOf(fake).another();
    another.restore(fake.snapshot());
    const added = served(another);
    fakes.set(namespace, added);
    return added;
  };
}

async function respond(
  { fake, control }: Served,
  { urls, onLogs, onControl }: Destination,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  try {
    const { origin } = new URL(onLogs ? urls.logs : urls.api);
    const request = toRequest(incoming, origin, gone.signal);
    const response = await (onControl ? control(request, urls) : fake.respond(request, urls));
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
  // Not relative to the origin: a path that begins with two slashes would be another host.
  return new Request(origin + pathOf(incoming), init);
}
