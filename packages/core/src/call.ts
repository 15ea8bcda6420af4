import { apiError } from "./api-error.ts";
import { InvalidResponseError } from "./errors.ts";
import { unsafeInteger } from "./json.ts";
import type { Call } from "./middleware.ts";
import type { Operation, OperationName } from "./operation-types.ts";
import type { CallOptions } from "./options.ts";
import { type SplitParameters, splitParameters } from "./parameters.ts";

/** Sends one request through the onion. */
export type Exchange = (
  operation: Operation,
  parameters: SplitParameters,
  call: Call,
) => Promise<{ request: Request; response: Response }>;

/** Calls one operation: checks the parameters, sends, and turns the answer into data or an error. */
export async function callOperation(
  exchange: Exchange,
  name: OperationName,
  operation: Operation,
  parameters: object,
  options: CallOptions = {},
): Promise<{ data: unknown; response: Response }> {
  const split = splitParameters(name, operation, parameters);
  options.signal?.throwIfAborted();
  const stream = operation.success.includes(302);
  const { request, response } = await exchange(operation, split, {
    ...options,
    operation: operation.id,
    stream,
  });
  if (stream && (response.ok || (options.redirect === "manual" && response.status === 302)))
    return { data: response, response };
  const text = response.status === 204 ? "" : await response.text();
  if (!response.ok) throw apiError(request, response, text, operation.id);
  return { data: decode(request, response, text), response };
}

function decode(request: Request, response: Response, text: string): unknown {
  if (text === "" && (response.status === 204 || request.method !== "GET")) return undefined;
  const where = `${response.status} ${request.method} ${request.url}`;
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    const type = response.headers.get("content-type") ?? "no content type";
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
