import type { HandledRoute, RouteName } from "../rules/route-name.ts";

/** One request that reached the fake, for a test to look at; also one that was refused. */
export interface RecordedRequest {
  /**
   * What it was for: `"logs"` for a download from the host of the logs and artifacts, undefined when the
   * fake does not imitate it: the response is 501.
   */
  operation: RouteName | HandledRoute | "logs" | undefined;
  method: string;
  url: string;
  /** Path parameters, as text. */
  path: Readonly<Record<string, string>>;
  /** Query parameters, as text. */
  query: Readonly<Record<string, string>>;
  /** The JSON body, undefined without one. */
  body: unknown;
  /** Header names are lower case; `authorization` holds its scheme only, never the token. */
  headers: Readonly<Record<string, string>>;
  /** The status of the response; 0 when the connection was broken or the caller gave up. */
  status: number;
  /** The fake's time, ms since 1970. */
  at: number;
}

/** A request as it is kept; its status is set with the response. */
export function recordedRequest(
  request: Request,
  { operation, path, body }: Pick<RecordedRequest, "operation" | "path" | "body">,
  at: number,
): RecordedRequest {
  return {
    operation,
    path,
    body,
    method: request.method,
    url: request.url,
    query: Object.fromEntries(new URL(request.url).searchParams),
    headers: recordedHeaders(request.headers),
    status: 0,
    at,
  };
}

/** Headers for the record, without the secret. */
function recordedHeaders(headers: Headers): Record<string, string> {
  const recorded = Object.fromEntries(headers);
  const scheme = recorded["authorization"]?.split(" ")[0];
  if (scheme !== undefined) recorded["authorization"] = `${scheme} ***`;
  return recorded;
}
