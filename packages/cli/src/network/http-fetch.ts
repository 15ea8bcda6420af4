import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { LightHeaders } from "./light-headers.ts";

/** A request that `node:http` can send as fetch would. */
interface PlainRequest {
  url: URL;
  method: string;
  headers: LightHeaders;
  body: string | Uint8Array | undefined;
  signal: AbortSignal | undefined;
}

/** Statuses whose response has no body. */
const withoutBody: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * A fetch by `node:http` and `node:https`, because the platform's compiles its parser from WebAssembly first, which
 * takes longer than the rest of a short command; its `Headers` and `Response` alone take as long as Node itself.
 * Requests that follow redirects, and bodies that are streams, go through the platform's.
 */
export const httpFetch: typeof globalThis.fetch = async (input, init) => {
  const request = readRequest(input, init);
  return request === undefined ? globalThis.fetch(input, init) : send(request);
};

function readRequest(
  input: RequestInfo | URL,
  { method = "GET", headers, body, signal, redirect }: RequestInit = {},
): PlainRequest | undefined {
  if (isRequest(input) || redirect !== "manual") return undefined;
  const url = new URL(input);
  if (url.protocol !== "https:" && url.protocol !== "http:") return undefined;
  if (body != null && typeof body !== "string" && !(body instanceof Uint8Array)) return undefined;
  return {
    url,
    method,
    headers: new LightHeaders(headers),
    body: body ?? undefined,
    signal: signal ?? undefined,
  };
}

async function send(request: PlainRequest): Promise<Response> {
  const { url, method, headers, body, signal } = request;
  signal?.throwIfAborted();
  // To import it would read all that it exports, and Node's fetch is behind some of that.
  const http = process.getBuiltinModule(url.protocol === "https:" ? "node:https" : "node:http");
  // A part of a file is a part of its bytes as they are stored.
  headers.set("accept-encoding", headers.has("range") ? "identity" : "gzip, deflate, br");
  return new Promise((resolve, reject) => {
    const outgoing = http.request(url, { method, headers: Object.fromEntries(headers) });
    const abort = (): void => void outgoing.destroy();
    signal?.addEventListener("abort", abort);
    outgoing.once("close", () => signal?.removeEventListener("abort", abort));
    outgoing.on("error", (error) =>
      reject(signal?.aborted ? signal.reason : new TypeError("fetch failed", { cause: error })),
    );
    outgoing.once("response", (incoming) => {
      readResponse(request, incoming).then(resolve, (error: unknown) => {
        incoming.destroy();
        reject(error);
      });
    });
    outgoing.end(body);
  });
}

async function readResponse(
  { url, signal }: PlainRequest,
  incoming: IncomingMessage,
): Promise<Response> {
  const { statusCode: status = 0, statusMessage: statusText = "", rawHeaders } = incoming;
  const headers = new LightHeaders();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    headers.append(rawHeaders[at] ?? "", rawHeaders[at + 1] ?? "");
  }
  const hasBody = !withoutBody.has(status);
  if (!hasBody) incoming.resume();
  const body = hasBody ? webStream(await unpacked(incoming, headers), signal) : null;
  return new LightResponse(body, {
    status,
    statusText,
    headers,
    url: url.href,
  }) as unknown as Response;
}

/** Whether it is a platform `Request`, without asking for that class. */
export function isRequest(input: RequestInfo | URL): input is Request {
  return typeof input === "object" && !(input instanceof URL);
}

interface LightResponseInit {
  status: number;
  statusText: string;
  headers: LightHeaders;
  url: string;
}

/** A response whose status, headers and body are at hand; what reads the body otherwise is the platform's. */
class LightResponse {
  readonly type = "basic";
  readonly redirected = false;
  readonly status: number;
  readonly statusText: string;
  readonly headers: LightHeaders;
  readonly url: string;
  #body: ReadableStream<Uint8Array> | null;
  #platform: Response | undefined;

  constructor(
    body: ReadableStream<Uint8Array> | null,
    { status, statusText, headers, url }: LightResponseInit,
  ) {
    this.#body = body;
    this.status = status;
    this.statusText = statusText;
    this.headers = headers;
    this.url = url;
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  get body(): ReadableStream<Uint8Array> | null {
    return this.#platform === undefined ? this.#body : this.#platform.body;
  }

  get bodyUsed(): boolean {
    return this.#platform?.bodyUsed ?? false;
  }

  text(): Promise<string> {
    return this.#response().text();
  }

  json(): Promise<unknown> {
    return this.#response().json();
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    return this.#response().arrayBuffer();
  }

  blob(): Promise<Blob> {
    return this.#response().blob();
  }

  clone(): Response {
    return this.#response().clone();
  }

  #response(): Response {
    const { status, statusText } = this;
    this.#platform ??= new Response(this.#body as ReadableStream<Uint8Array<ArrayBuffer>>, {
      status,
      statusText,
      headers: [...this.headers],
    });
    return this.#platform;
  }
}

/** The body without its `Content-Encoding`. */
async function unpacked(incoming: IncomingMessage, headers: Headers): Promise<Readable> {
  const encoding = headers.get("content-encoding")?.trim().toLowerCase();
  if (encoding === undefined || encoding === "identity") return incoming;
  const [zlib, { pipeline }] = await Promise.all([import("node:zlib"), import("node:stream")]);
  const unpackers = {
    gzip: zlib.createGunzip,
    "x-gzip": zlib.createGunzip,
    deflate: zlib.createInflate,
    br: zlib.createBrotliDecompress,
  };
  if (!Object.hasOwn(unpackers, encoding)) return incoming;
  // Whoever reads the unpacked body sees the error of either.
  return pipeline(incoming, unpackers[encoding as keyof typeof unpackers](), () => {});
}

function webStream(body: Readable, signal: AbortSignal | undefined): ReadableStream<Uint8Array> {
  const chunks = body[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  return new ReadableStream(
    {
      async pull(controller) {
        try {
          const { done, value } = await chunks.next();
          // What was left of the body is thrown away then, and would look like its end.
          signal?.throwIfAborted();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          throw signal?.aborted ? signal.reason : new TypeError("terminated", { cause: error });
        }
      },
      cancel() {
        body.destroy();
      },
    },
    { highWaterMark: 0 },
  );
}
