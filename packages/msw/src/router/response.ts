import type { Reply } from "../responses/reply.ts";
import { seeded, seededHex } from "../rules/seeded.ts";

/** Statuses that have no body. */
const nullBody = new Set([101, 204, 205, 304]);

/** What a response that nobody may keep depends on. */
const everyResponse = "Accept-Encoding, Accept, X-Requested-With";

/** Turns an operation's reply into HTTP: JSON, an ETag, and 304 when the caller has it already. */
export function toResponse(reply: Reply, request: Request, anonymous: boolean): Response {
  const headers: Record<string, string> = { vary: everyResponse, ...reply.headers };
  const { status, response } = reply;
  if (response !== undefined) {
    for (const [name, value] of response.headers) headers[name] = value;
    const { statusText } = response;
    const none = request.method === "HEAD" || nullBody.has(response.status);
    return new Response(none ? null : response.body, { status, statusText, headers });
  }
  if (reply.body === undefined && reply.json === undefined) {
    return new Response(null, { status, headers });
  }
  const text = reply.json?.text ?? JSON.stringify(reply.body);
  const digest = (): string => seededHex(64, seeded(reply.json?.digest ?? text), text.length);
  const kept = (): void => {
    headers["cache-control"] = `${anonymous ? "public" : "private"}, max-age=60, s-maxage=60`;
    headers["vary"] = anonymous
      ? `Accept, ${everyResponse}`
      : `Accept, Authorization, Cookie, X-GitHub-OTP,${everyResponse}`;
  };
  // A re-run's 201 has a tag as well; what was only accepted has none.
  if (status === 201) {
    headers["etag"] = `"${digest()}"`;
    kept();
  }
  const reads = request.method === "GET" || request.method === "HEAD";
  if (status === 200 && reads && headers["cache-control"] !== "no-cache") {
    const etag = `W/"${digest()}"`;
    headers["etag"] = etag;
    kept();
    if (sameTag(request.headers.get("if-none-match"), etag)) {
      return new Response(null, { status: 304, headers });
    }
  }
  headers["content-type"] ??= "application/json; charset=utf-8";
  return new Response(request.method === "HEAD" ? null : text, { status, headers });
}

function sameTag(header: string | null, etag: string): boolean {
  if (header === null) return false;
  const bare = (tag: string): string => tag.trim().replace(/^W\//, "");
  return header.split(",").some((tag) => tag.trim() === "*" || bare(tag) === bare(etag));
}
