import type { Answer } from "./answer.ts";
import { apiError } from "./api-error.ts";
import { InvalidResponseError } from "./errors.ts";
import { unsafeInteger } from "./json.ts";
import type { Send } from "./middleware.ts";
import type { Operation, OperationName } from "./operation-types.ts";
import type { CallOptions } from "./options.ts";
import { splitParameters } from "./parameters.ts";
import { mergeHeaders, type Outgoing, urlOf } from "./request.ts";

/** What every call of a client shares. */
export interface CallSettings {
  send: Send;
  /** Root of the API, without a slash at its end. */
  baseUrl: string;
  headers: Readonly<Record<string, string>>;
}

/** Calls one operation: checks the parameters, sends, and turns the answer into data or an error. */
export async function callOperation(
  settings: CallSettings,
  name: OperationName,
  operation: Operation,
  parameters: object,
  options: CallOptions = {},
): Promise<{ data: unknown; response: Response }> {
  const request = outgoing(settings, name, operation, parameters, options);
  options.signal?.throwIfAborted();
  const stream = operation.success.includes(302);
  const answer = await settings.send(request, { ...options, operation: operation.id, stream });
  const { status, response } = answer;
  const found = status === 302 && options.redirect === "manual";
  if (!response.ok && !(stream && found)) throw apiError(request, answer, operation.id);
  return { data: stream ? response : decode(request, answer), response };
}

function outgoing(
  { baseUrl, headers }: CallSettings,
  name: OperationName,
  { method, path: template, ...operation }: Operation,
  parameters: object,
  { headers: own, signal }: CallOptions,
): Outgoing {
  const { path, query, body } = splitParameters(name, operation, parameters);
  return {
    method: method.toUpperCase(),
    url: baseUrl + urlOf(template, path, query),
    headers: mergeHeaders(body ? { ...headers, "content-type": "application/json" } : headers, own),
    body: body && JSON.stringify(body),
    signal,
  };
}

function decode({ method, url }: Outgoing, { status, text, headers, response }: Answer): unknown {
  if (status === 204 || (text === "" && method !== "GET")) return undefined;
  const where = `${status} ${method} ${url}`;
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    const type = headers.get("content-type") ?? "no content type";
    throw new InvalidResponseError(
      `${where}: the body is not JSON (${type}, ${text.length} characters).`,
      response,
      { cause },
    );
  }
  const unsafe = unsafeInteger(text);
  if (unsafe !== undefined)
    throw new InvalidResponseError(
      `${where}: the body holds the integer ${unsafe}, which is beyond 2^53 and would be rounded.`,
      response,
    );
  return data;
}
