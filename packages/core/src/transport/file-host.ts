import { ApiError } from "../errors/errors.ts";
import type { PlainRequest } from "./request.ts";

/** Headers of a request that the host of a download may see: a part of the file can be asked for. */
export function fileHeaders({ headers }: PlainRequest): Record<string, string> {
  const { range, "if-range": ifRange } = headers;
  return { ...(range && { range }), ...(ifRange && { "if-range": ifRange }) };
}

/** The error for a file's host that refused. It is not GitHub's response, so neither its token nor its limits are at fault; and the signed URL is a secret. */
export async function fileHostError(
  { method, url }: PlainRequest,
  host: string,
  file: Response,
): Promise<ApiError> {
  const { status } = file;
  const text = await file.text();
  return new ApiError(
    `${status} ${method} ${url}: the file host ${host} refused the download (${text.trim().slice(0, 200)})`,
    { status, data: text, response: new Response(null, file) },
  );
}
