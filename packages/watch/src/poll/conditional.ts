/** Data and response, as core's `.withResponse` resolves to. */
export interface WithResponse<Data> {
  data: Data;
  response: Response;
}

/**
 * Makes a request conditional on its own last response: sends `If-None-Match` with the last ETag, and resolves to
 * the last data again on a 304, which costs no rate limit.
 *
 * @see https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate
 */
export function conditional<Data, Arguments extends unknown[]>(
  send: (headers: Record<string, string>, ...rest: Arguments) => Promise<WithResponse<Data>>,
): (...rest: Arguments) => Promise<WithResponse<Data>> {
  let last: { etag: string; result: WithResponse<Data> } | undefined;
  return async (...rest) => {
    let result: WithResponse<Data>;
    try {
      result = await send(last === undefined ? {} : { "if-none-match": last.etag }, ...rest);
    } catch (error) {
      if (last !== undefined && (error as { status?: unknown } | null)?.status === 304) {
        return last.result;
      }
      throw error;
    }
    if (last !== undefined && result.response.status === 304) return last.result;
    const etag = result.response.headers.get("etag");
    last = etag === null ? undefined : { etag, result };
    return result;
  };
}
