import type { Answer } from "./answer.ts";
import { apiError } from "./api-error.ts";
import { checkNames } from "./checks.ts";
import { InvalidResponseError } from "./errors.ts";
import { checkedHeaders } from "./headers.ts";
import { unsafeInteger } from "./json.ts";
import type { Send } from "./middleware.ts";
import type { Operation } from "./operation-types.ts";
import { type CallOptions, callOptions } from "./options.ts";
import { type Repository, targets, withBound } from "./parameters.ts";
import type { Outgoing } from "./request.ts";

/** What every call of a client shares. */
export interface CallSettings {
  send: Send;
  /** Root of the API, without a slash at its end. */
  baseUrl: string;
  headers: Readonly<Record<string, string>>;
  /** The repository that is told already. */
  bound?: Repository;
}

/**
 * A function that calls one operation: checks the parameters, sends, and turns the answer into data or an error.
 */
export function caller(
  { send, baseUrl, headers, bound }: CallSettings,
  name: string,
  operation: Operation,
) {
  const target = targets(name, operation);
  const stream = operation.success.includes(302);
  return async (
    given: Readonly<Record<string, unknown>> | undefined,
    options: CallOptions = {},
  ): Promise<{ data: unknown; response: Response }> => {
    checkNames(name, options, callOptions);
    const parameters = given ?? {};
    const { url, body } = target(bound ? withBound(name, parameters, bound) : parameters);
    const request: Outgoing = {
      ...options,
      operation: operation.id,
      stream,
      method: operation.method.toUpperCase(),
      url: baseUrl + url,
      headers: {
        ...headers,
        ...(body && { "content-type": "application/json" }),
        ...(options.headers && checkedHeaders(options.headers)),
      },
      body: body && JSON.stringify(body),
    };
    const answer = await send(request);
    const { response } = answer;
    const found = stream && response.status === 302 && options.redirect === "manual";
    if (!response.ok && !found) throw apiError(request, answer);
    return { data: stream ? response : decode(request, answer), response };
  };
}

function decode({ method, url }: Outgoing, { text, response }: Answer): unknown {
  const { status, headers } = response;
  if (!text && method !== "GET") return undefined;
  const invalid = (problem: string, options?: ErrorOptions): InvalidResponseError =>
    new InvalidResponseError(`${status} ${method} ${url}: the body ${problem}`, {
      response,
      ...options,
    });
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw invalid(`is not JSON (${headers.get("content-type")}).`, { cause });
  }
  const unsafe = unsafeInteger(text);
  if (unsafe === undefined) return data;
  throw invalid(`holds ${unsafe}, an integer beyond 2^53.`);
}
