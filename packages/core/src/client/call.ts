import { apiError } from "../errors/api-error.ts";
import { InvalidResponseError } from "../errors/errors.ts";
import { checkCallOptions } from "../options/check-options.ts";
import { checkedHeaders } from "../options/headers.ts";
import type { CallOptions } from "../options/call-options.ts";
import type { PlainRequest } from "../transport/request.ts";
import type { OpenapiFetch } from "./openapi-fetch.ts";
import type { Operation } from "./operation-types.ts";
import { type Repository, sortParameters, withBound } from "./parameters.ts";
import { unsafeInteger } from "./unsafe-integer.ts";

/**
 * A function that calls one operation: checks the parameters, sends, and turns the response into data or an error.
 */
export function caller(
  openapi: OpenapiFetch,
  name: string,
  operation: Operation,
  bound?: Repository,
) {
  const sort = sortParameters(name, operation);
  const stream = operation.success.includes(302);
  const parseAs = stream ? "stream" : "text";
  return async (
    parameters: Readonly<Record<string, unknown>> = {},
    options?: CallOptions,
  ): Promise<{ data: unknown; response: Response }> => {
    if (options) checkCallOptions(name, options);
    const { path, query, body } = sort(bound ? withBound(name, parameters, bound) : parameters);
    const { text, request, received } = await openapi.send(operation.method, operation.path, {
      ...options,
      headers: options?.headers && checkedHeaders(name, options.headers),
      params: { path, query },
      body,
      parseAs,
      operation: operation.id,
      stream,
    });
    const { response } = received;
    const found = stream && response.status === 302 && options?.redirect === "manual";
    if (!response.ok && !found) throw apiError(request, received, operation.permissions);
    return { data: stream ? response : decode(request, text, response), response };
  };
}

function decode({ method, url }: PlainRequest, text: unknown, response: Response): unknown {
  const { status, headers } = response;
  if (!text && method !== "GET") return undefined;
  const invalid = (problem: string, options?: ErrorOptions): InvalidResponseError =>
    new InvalidResponseError(`${status} ${method} ${url}: the body ${problem}`, {
      response,
      ...options,
    });
  let data: unknown;
  try {
    data = JSON.parse((text ?? "") as string);
  } catch (cause) {
    throw invalid(`is not JSON (${headers.get("content-type")}).`, { cause });
  }
  const unsafe = unsafeInteger(text as string);
  if (unsafe === undefined) return data;
  throw invalid(`holds ${unsafe}, an integer beyond 2^53.`);
}
