import type { Call } from "../middleware/middleware.ts";

/**
 * A request on its way inwards, and the call that it is made for. Plain and immutable, so that it can be sent
 * again as it is (a `Request` with a body cannot), and so that a header added inside, such as the token, is never
 * seen outside.
 */
export interface PlainRequest extends Call {
  /** HTTP method, upper case. */
  readonly method: string;
  /** The whole URL. */
  readonly url: string;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer> | undefined;
  /** A body that is no JSON is returned as a stream, wherever it comes from. */
  readonly streamFiles?: boolean | undefined;
  /** No redirect is followed, not even one that stays on the API. */
  readonly followsNone?: boolean | undefined;
}

/** True for a method that changes something. */
export function isWrite(method: string): boolean {
  return method !== "GET" && method !== "HEAD" && method !== "OPTIONS";
}

/** The path of a URL, its numbers as 0: what requests for different ids have in common. */
export function pathOf(url: string): string {
  return new URL(url).pathname.replaceAll(/\d+/g, "0");
}
