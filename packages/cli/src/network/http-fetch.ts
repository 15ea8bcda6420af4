import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";

/** A request that `node:http` can send as fetch would. */
interface PlainRequest {
  url: URL;
  method: string;
  headers: Headers;
  body: string | Uint8Array | undefined;
  signal: AbortSignal | undefined;
}

/** Statuses whose `Response` takes no body. */
const withoutBody: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * A fetch by `node:http` and `node:https`, because the platform's compiles its parser from WebAssembly first, which
 * takes longer than the rest of a short command. Requests that follow redirects, and bodies that are streams, go
 * through the platform's.
 */
export const httpFetch: typeof globalThis.fetch = async (input, init) => {
  const request = readRequest(input, init);
  return request === undefined ? globalThis.fetch(input, init) : send(request);
};

function readRequest(
  input: RequestInfo | URL,
  { method = "GET", headers, body, signal, redirect }: RequestInit = {},
): PlainRequest | undefined {
  if (input instanceof Request || redirect !== "manual") return undefined;
  const url = new URL(input);
  if (url.protocol !== "https:" && url.protocol !== "http:") return undefined;
  if (body != null && typeof body !== "string" && !(body instanceof Uint8Array)) return undefined;
  return {
    url,
    method,
    headers: new Headers(headers),
    body: body ?? undefined,
    signal: signal ?? undefined,
  };
}

async function send(request: PlainRequest): Promise<Response> {
  const { url, method, headers, body, signal } = request;
  signal?.throwIfAborted();
  const http = url.protocol === "https:" ? await import("node:https") : await import("node:http");
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
  const headers = new Headers();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    headers.append(rawHeaders[at] ?? "", rawHeaders[at + 1] ?? "");
  }
  const hasBody = !withoutBody.has(status);
  if (!hasBody) incoming.resume();
  const body = hasBody ? webStream(await unpacked(incoming, headers), signal) : null;
  const response = new Response(body, { status, statusText, headers });
  return Object.defineProperty(response, "url", { value: url.href });
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
