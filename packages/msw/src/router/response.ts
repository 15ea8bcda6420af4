import type { Reply } from "../responses/reply.ts";
import { seeded, seededHex } from "../rules/seeded.ts";

/** Turns an operation's answer into HTTP: JSON, an ETag, and 304 when the caller has it already. */
export function toResponse(reply: Reply, request: Request): Response {
  const headers = new Headers(reply.headers);
  if (reply.body === undefined) return new Response(null, { status: reply.status, headers });
  const text = JSON.stringify(reply.body);
  if (!headers.has("content-type")) headers.set("content-type", "application/json; charset=utf-8");
  // A re-run's 201 has a tag as well; what was only accepted has none.
  if (reply.status === 201) headers.set("etag", `"${seededHex(64, seeded(text), text.length)}"`);
  if (reply.status === 200 && (request.method === "GET" || request.method === "HEAD")) {
    const etag = `W/"${seededHex(64, seeded(text), text.length)}"`;
    headers.set("etag", etag);
    headers.set("cache-control", "private, max-age=60, s-maxage=60");
    headers.set("vary", "Accept, Authorization, Cookie, X-GitHub-OTP");
    if (sameTag(request.headers.get("if-none-match"), etag)) {
      headers.delete("content-type");
      return new Response(null, { status: 304, headers });
    }
  }
  return new Response(request.method === "HEAD" ? null : text, { status: reply.status, headers });
}

function sameTag(given: string | null, etag: string): boolean {
  if (given === null) return false;
  const bare = (tag: string): string => tag.trim().replace(/^W\//, "");
  return given.split(",").some((tag) => tag.trim() === "*" || bare(tag) === bare(etag));
}
