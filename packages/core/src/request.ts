import { ParameterError } from "./errors.ts";
import type { Call } from "./middleware.ts";

/**
 * A request on its way inwards. Plain and immutable, so that it can be sent again as it is (a `Request` with a
 * body cannot), and so that a header added inside, such as the token, is never seen outside.
 */
export interface Outgoing {
  /** HTTP method, upper case. */
  readonly method: string;
  /** The whole URL. */
  readonly url: string;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON text. */
  readonly body?: string | undefined;
  /** Aborts the request. */
  readonly signal?: AbortSignal | undefined;
  /** The call that it is made for. */
  readonly call: Call;
}

/** Headers of one call over those of the client. */
export function mergeHeaders(
  base: Readonly<Record<string, string>>,
  own: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const merged = { ...base };
  for (const [name, value] of Object.entries(own)) {
    // fetch would put the value, which may be a secret, into its error.
    if (!/^[!#$%&'*+.^`|~\w-]+$/.test(name) || /[^\t\x20-\x7e\x80-\xff]/.test(value))
      throw new ParameterError(
        "headers",
        `headers: ${JSON.stringify(name)} or its value holds a character that cannot stand in a header.`,
      );
    merged[name.toLowerCase()] = value;
  }
  return merged;
}

/** A `Request` for those who want one. */
export function toRequest({ method, url, headers, body, signal }: Outgoing): Request {
  return new Request(url, { method, headers, body, signal } as RequestInit);
}

/** What is needed of a `Request` to send it, any number of times. */
export async function fromRequest(request: Request, call: Call): Promise<Outgoing> {
  const { method, url, headers, signal } = request;
  const body = method === "GET" ? undefined : (await request.clone().text()) || undefined;
  return { method, url, headers: Object.fromEntries(headers), body, signal, call };
}
