/**
 * Makes a response whose body has been read to its end readable again, any number of times: by a middleware,
 * by a decision that needs the message, and by the caller. (A new `Response` would run a page through a web
 * stream once more, which costs as much as parsing it, and would forget its URL.)
 */
export function readable(response: Response, text: string, url: string = response.url): Response {
  const again = (): Response => new Response(text || null, response);
  return Object.defineProperties(response, {
    text: { value: () => Promise.resolve(text) },
    json: { value: () => again().json() as Promise<unknown> },
    arrayBuffer: { value: () => again().arrayBuffer() },
    blob: { value: () => again().blob() },
    clone: { value: () => readable(again(), text, url) },
    body: { get: () => again().body },
    bodyUsed: { value: false },
    url: { value: url },
  });
}
