import { ApiError, GoneError, NotFoundError } from "../errors/errors.ts";
import { reasonOfText } from "../errors/reason.ts";
import type { PlainRequest } from "./request.ts";

/** Headers of a request that the host of a download may see: a part of the file can be requested. */
export function fileHeaders({ headers }: PlainRequest): Record<string, string> {
  const { range, "if-range": ifRange } = headers;
  return { ...(range && { range }), ...(ifRange && { "if-range": ifRange }) };
}

/**
 * The error for a file's host that refused. It is not GitHub's response, so neither its token nor its limits are at
 * fault; but a file that is not there is the operation's "not found". The signed URL is a secret, and a storage's XML
 * may repeat parts of it: only its code is kept.
 */
export function fileHostError(
  { method, url, operation = "" }: PlainRequest,
  host: string,
  file: Response,
  text: string,
): ApiError {
  const { status } = file;
  const reason = reasonOfText(text) || "no reason given";
  const init = { status, data: reason, response: new Response(null, file) };
  const what = `${status} ${method} ${url}: the file host ${host}`;
  const logs = /-logs/.test(operation);
  if (status === 404)
    return new NotFoundError(
      `${what} has no such file (${reason})${logs ? ": there is no log, it was deleted, or it is not stored yet" : ""}.`,
      init,
    );
  if (status === 410)
    return new GoneError(
      `${what} no longer has the file (${reason})${logs ? ": the logs have expired" : ""}.`,
      init,
    );
  return new ApiError(`${what} refused the download (${reason}).`, init);
}
