import type { StoredResponse, LogFile } from "./log-service.ts";

const bufferedLength = 1 << 20;

/**
 * The log service's file or refusal as HTTP. A file of up to 1 MiB is sent with its length; a longer one is
 * streamed as it is made. A Range costs one pass more, to learn the whole length.
 */
export async function logResponse(stored: StoredResponse, request: Request): Promise<Response> {
  if ("status" in stored) {
    const xml = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${stored.code}</Code><Message>${stored.message}</Message></Error>`;
    return new Response(request.method === "HEAD" ? null : xml, {
      status: stored.status,
      headers: { "content-type": "application/xml", "x-ms-error-code": stored.code },
    });
  }
  const headers = { "content-type": stored.contentType, "accept-ranges": "bytes" };
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("range") ?? "");
  if (range !== null)
    return part(stored, Number(range[1]), range[2] === "" ? Infinity : Number(range[2]), headers);
  const source = stored.bytes()[Symbol.asyncIterator]();
  const head: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  while (length < bufferedLength) {
    const next = await source.next();
    if (next.done === true) {
      return new Response(request.method === "HEAD" ? null : joined(head, length), {
        headers: { ...headers, "content-length": String(length) },
      });
    }
    head.push(next.value);
    length += next.value.length;
  }
  if (request.method === "HEAD") {
    await source.return?.();
    return new Response(null, { headers });
  }
  return new Response(stream(head, source), { headers });
}

async function part(
  { bytes }: LogFile,
  from: number,
  last: number,
  headers: Record<string, string>,
): Promise<Response> {
  let total = 0;
  const kept: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of bytes()) {
    const start = Math.max(from - total, 0);
    const end = Math.min(last + 1 - total, chunk.length);
    if (start < end) kept.push(chunk.slice(start, end));
    total += chunk.length;
  }
  if (from >= total || last < from) {
    return new Response(null, {
      status: 416,
      headers: { ...headers, "content-range": `bytes */${total}` },
    });
  }
  const to = Math.min(last, total - 1);
  const length = to - from + 1;
  return new Response(joined(kept, length), {
    status: 206,
    headers: {
      ...headers,
      "content-length": String(length),
      "content-range": `bytes ${from}-${to}/${total}`,
    },
  });
}

/** Bytes, not a Blob: under jsdom Blob is jsdom's own, and Node's Response cannot read that. */
function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function stream(
  head: Uint8Array<ArrayBuffer>[],
  rest: AsyncIterator<Uint8Array<ArrayBuffer>>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const first = head.shift();
        if (first !== undefined) return controller.enqueue(first);
        const next = await rest.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      },
      async cancel() {
        await rest.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
