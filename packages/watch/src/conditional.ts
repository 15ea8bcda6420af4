/** An answer as core's `.withResponse` gives it. */
export interface Answer<Data> {
  data: Data;
  response: Response;
}

/**
 * Makes a request conditional on its own last answer: sends `If-None-Match` with the last ETag, and gives
 * the last data again on a 304, which costs no rate limit.
 *
 * @see https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate
 */
export function conditional<Data, Arguments extends unknown[]>(
  send: (headers: Record<string, string>, ...rest: Arguments) => Promise<Answer<Data>>,
): (...rest: Arguments) => Promise<Answer<Data>> {
  let last: { etag: string; answer: Answer<Data> } | undefined;
  return async (...rest) => {
    let answer: Answer<Data>;
    try {
      answer = await send(last === undefined ? {} : { "if-none-match": last.etag }, ...rest);
    } catch (error) {
      if (last !== undefined && (error as { status?: unknown } | null)?.status === 304) {
        return last.answer;
      }
      throw error;
    }
    if (last !== undefined && answer.response.status === 304) return last.answer;
    const etag = answer.response.headers.get("etag");
    last = etag === null ? undefined : { etag, answer };
    return answer;
  };
}
