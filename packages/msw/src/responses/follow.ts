/** Follows redirects as `fetch` does: without the token once the origin changes. */
export async function follow(
  response: Response,
  request: Request,
  body: ArrayBuffer | undefined,
  respond: (request: Request) => Promise<Response>,
  redirected = false,
): Promise<Response> {
  const location = response.headers.get("location");
  if (location === null || request.redirect === "manual")
    return withUrl(response, request.url, redirected);
  if (request.redirect === "error") throw new TypeError(`unexpected redirect to ${location}`);
  const target = new URL(location, request.url);
  const headers = new Headers(request.headers);
  if (target.origin !== new URL(request.url).origin) headers.delete("authorization");
  const { method, signal } = request;
  const next = new Request(target, {
    method,
    headers,
    signal,
    ...(body === undefined ? {} : { body }),
  });
  return follow(await respond(next), next, body, respond, true);
}

/** A made response knows no URL; clients look there for where they ended up. */
function withUrl(response: Response, url: string, redirected: boolean): Response {
  return Object.defineProperties(response, {
    url: { value: url, configurable: true },
    redirected: { value: redirected, configurable: true },
  });
}
