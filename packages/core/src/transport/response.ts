import { ParameterError } from "../support/workflow-runs-error.ts";
import type { PlainRequest } from "./request.ts";

/** A response on its way outwards: its body has been read, so that every middleware may look at it. */
export interface PlainResponse {
  /** That of `response`, which Node gives through a proxy each time, and which every middleware looks at. */
  readonly status: number;
  /** The body; absent when it is returned as a stream (a download). */
  readonly text: string | undefined;
  /** Headers and URL. Its body has been read, unless `text` is absent. */
  readonly response: Response;
  /** Of a rate limit's refusal: when to ask again, in milliseconds since 1970. */
  readonly retryAt?: number | undefined;
}

/** A response and what its body was; no text for one whose body is returned as a stream. */
export function plainResponse(response: Response, text?: string): PlainResponse {
  return { status: response.status, text, response };
}

/** True when a body is returned as a stream. A download that failed is an error message. */
export function isStreamed(
  response: Response,
  { stream, streamFiles }: Pick<PlainRequest, "stream" | "streamFiles">,
): boolean {
  return Boolean(stream || (streamFiles && isFile(response))) && response.ok;
}

function isFile({ headers }: Response): boolean {
  const type = headers.get("content-type");
  return type !== null && !/\bjson\b/i.test(type);
}

/** The same response with a URL, which one that was made by hand has not. */
export function withUrl(response: Response, url: string): Response {
  return Object.defineProperty(response, "url", { value: url });
}

/**
 * What a function of the user's returned; `option` is where it was passed.
 *
 * @throws {ParameterError} when it is no response
 */
export function checkedResponse(response: Response, option: string): Response {
  if (typeof (response as Partial<Response> | undefined)?.text === "function") return response;
  throw new ParameterError(`createClient: ${option} did not return a Response.`, {
    parameter: option,
  });
}
