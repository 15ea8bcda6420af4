import type { Publish } from "../transport/diagnostics.ts";
import { readHttpDate, readNumber } from "../transport/http-time.ts";
import { pathOf, type PlainRequest } from "../transport/request.ts";
import type { PlainResponse } from "../transport/response.ts";
import type { InnerMiddleware } from "./chain.ts";

/** An operation, or its API version, that GitHub will remove. */
export interface DeprecationEvent {
  /** GitHub's operation id; absent for raw calls. */
  operation: string | undefined;
  method: string;
  url: string;
  /** Since when it is deprecated; absent when GitHub does not say. */
  deprecated: Date | undefined;
  /** When it will be removed; absent when GitHub does not say. */
  sunset: Date | undefined;
  /** Where GitHub writes about it (`Link: rel="deprecation"` or `"sunset"`). */
  documentationUrl: string | undefined;
}

/**
 * Reports a response's `Deprecation` and `Sunset` headers, once per operation.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9745
 * @see https://docs.github.com/en/rest/about-the-rest-api/api-versions
 */
export function reportDeprecation(
  onDeprecation: ((event: DeprecationEvent) => void) | undefined,
  publish: Publish,
): InnerMiddleware {
  const reported = new Set<string>();
  const report = (request: PlainRequest, { response: { headers } }: PlainResponse): void => {
    const deprecation = headers.get("deprecation");
    const sunset = headers.get("sunset");
    if (deprecation === null && sunset === null) return;
    const { operation, method, url } = request;
    // The ids of raw calls are no operations of their own.
    const name = operation ?? `${method} ${pathOf(url)}`;
    if (reported.has(name) || reported.size >= maxReported) return;
    reported.add(name);
    const event: DeprecationEvent = {
      operation,
      method,
      url,
      deprecated: readDate(deprecation),
      sunset: readDate(sunset),
      documentationUrl: readLink(headers.get("link")),
    };
    publish("deprecation", () => event);
    onDeprecation?.(event);
  };
  return (request, next) =>
    next(request).then((received) => {
      report(request, received);
      return received;
    });
}

const maxReported = 1000;

/** An HTTP date, or the seconds of RFC 9745: `@1688169599`. */
function readDate(value: string | null): Date | undefined {
  const seconds = readNumber(value?.replace(/^@/, "") ?? null);
  const date = new Date(seconds === undefined ? readHttpDate(value ?? "") : seconds * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function readLink(link: string | null): string | undefined {
  return /<([^>]*)>[^,]*;\s*rel="?(?:deprecation|sunset)\b/.exec(link ?? "")?.[1];
}
