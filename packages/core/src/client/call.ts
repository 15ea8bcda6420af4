import { apiError } from "../errors/api-error.ts";
import { InvalidResponseError } from "../errors/errors.ts";
import { checkCallOptions } from "../options/check-options.ts";
import { checkedHeaders } from "../options/headers.ts";
import type { CallOptions } from "../options/call-options.ts";
import type { PlainRequest } from "../transport/request.ts";
import type { PlainResponse } from "../transport/response.ts";
import type { OpenapiFetch } from "./openapi-fetch.ts";
import type { Operation } from "./operation-types.ts";
import { type Repository, sortParameters, withBound } from "./parameters.ts";
import { unsafeInteger } from "./unsafe-integer.ts";

/**
 * Calls one operation: checks the parameters, sends, and turns the response into an error or data, of which
 * `result` makes what the call resolves to.
 */
export function caller(
  openapi: OpenapiFetch,
  name: string,
  operation: Operation,
  bound?: Repository,
) {
  const sort = sortParameters(name, operation);
  const { success, pathParameters, mediaType } = operation;
  const isText = mediaType?.startsWith("text/") ?? false;
  // Beside a 200 a redirect is another way to the same data; alone it is a download.
  const stream = mediaType
    ? !isText
    : success.includes(302) && !success.some((status) => status < 300);
  const accept = mediaType ? { accept: mediaType } : undefined;
  // A table may have operations that are not a repository's.
  const own = bound && Object.entries(bound).filter(([key]) => pathParameters.includes(key));
  return <Result>(result: (data: unknown, response: Response) => Result) =>
    async (
      parameters: Readonly<Record<string, unknown>> = {},
      options?: CallOptions,
    ): Promise<Result> => {
      if (options) checkCallOptions(name, options);
      const { path, query, body } = sort(own ? withBound(name, parameters, own) : parameters);
      const {
        response: { request, received },
      } = await openapi.send(
        operation.method,
        operation.path,
        { params: { path, query }, body },
        {
          ...options,
          headers: options?.headers
            ? { ...accept, ...checkedHeaders(name, options.headers) }
            : accept,
          operation: operation.id,
          stream,
        },
      );
      const { status, text, response } = received;
      const found = stream && status === 302 && options?.redirect === "manual";
      if (!isSuccess(status) && !found) throw apiError(request, received, operation.permissions);
      if (stream) return result(response, response);
      const empty = !text && mayBeEmpty(operation, status);
      return result(empty ? undefined : isText ? text : decode(request, received), response);
    };
}

/** `ok` of a response. */
function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function mayBeEmpty({ method, success }: Operation, status: number): boolean {
  return method !== "get" || (status !== 200 && success.includes(status));
}

function decode(
  { method, url }: PlainRequest,
  { status, text = "", response }: PlainResponse,
): unknown {
  const invalid = (problem: string, options?: ErrorOptions): InvalidResponseError =>
    new InvalidResponseError(`${status} ${method} ${url}: the body ${problem}`, {
      response,
      ...options,
    });
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw invalid(`is not JSON (${response.headers.get("content-type")}).`, { cause });
  }
  const unsafe = unsafeInteger(text);
  if (unsafe === undefined) return data;
  throw invalid(`holds ${unsafe}, an integer beyond 2^53.`);
}
