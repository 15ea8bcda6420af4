import type { Answer } from "./answer.ts";
import { apiError } from "./api-error.ts";
import { InvalidResponseError } from "./errors.ts";
import { unsafeInteger } from "./json.ts";
import type { Send } from "./middleware.ts";
import type { Operation } from "./operation-types.ts";
import { checkNames } from "./option-check.ts";
import { type CallOptions, callOptions } from "./options.ts";
import { targetOf } from "./parameters.ts";
import { mergeHeaders, type Outgoing } from "./request.ts";

/** What every call of a client shares. */
export interface CallSettings {
  send: Send;
  /** Root of the API, without a slash at its end. */
  baseUrl: string;
  headers: Readonly<Record<string, string>>;
}

/** Calls one operation: checks the parameters, sends, and turns the answer into data or an error. */
export async function callOperation(
  { send, baseUrl, headers }: CallSettings,
  name: string,
  operation: Operation,
  parameters: Readonly<Record<string, unknown>>,
  options: CallOptions = {},
): Promise<{ data: unknown; response: Response }> {
  checkNames(options, callOptions);
  const { url, body } = targetOf(name, operation, parameters);
  const { headers: own, signal } = options;
  const stream = operation.success.includes(302);
  const json = body && { "content-type": "application/json" };
  const request: Outgoing = {
    method: operation.method.toUpperCase(),
    url: baseUrl + url,
    headers: json || own ? mergeHeaders({ ...headers, ...json }, own) : headers,
    body: body && JSON.stringify(body),
    signal,
    call: { ...options, operation: operation.id, stream },
  };
  const answer = await send(request);
  const { response } = answer;
  const found = stream && response.status === 302 && options.redirect === "manual";
  if (!response.ok && !found) throw apiError(request, answer);
  return { data: stream ? response : decode(request, answer), response };
}

function decode({ method, url }: Outgoing, { text, response }: Answer): unknown {
  const { status, headers } = response;
  if (status === 204 || (!text && method !== "GET")) return undefined;
  const invalid = (problem: string, options?: ErrorOptions): InvalidResponseError =>
    new InvalidResponseError(`${status} ${method} ${url}: the body ${problem}`, response, options);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    const type = headers.get("content-type") ?? "no content type";
    throw invalid(`is not JSON (${type}, ${text.length} characters).`, { cause });
  }
  const unsafe = unsafeInteger(text);
  if (unsafe === undefined) return data;
  throw invalid(`holds the integer ${unsafe}, which is beyond 2^53 and would be rounded.`);
}
