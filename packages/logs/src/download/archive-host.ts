import { contentLength } from "../log-source.ts";
import { type ContentRange, readContentRange } from "./content-range.ts";

/** A response for an archive or log: where it is, how long, and whether its host serves parts. */
export interface ArchiveResponse {
  readonly response: Response;
  /** The signed URL, valid for a minute; undefined when the client's fetch does not tell. */
  readonly url: string | undefined;
  readonly total: number | undefined;
  readonly etag: string | undefined;
  /** The host serves ranges. */
  readonly ranges: boolean;
  /** The response starts at this byte of the archive. */
  readonly from: number;
  /** The response holds the archive's bytes up to here only. */
  readonly upTo: number | undefined;
}

/** Where an archive comes from: GitHub for a fresh link, and the host behind the link. */
export interface ArchiveHost {
  /**
   * Asks GitHub for the archive; core follows to the host, without the token. The beginning is requested first: a
   * host that takes ranges then sends no more than that. A link that the host refuses is requested anew, once.
   *
   * @param from the first byte that is wanted, of what broke off; a host without ranges sends everything all the same
   */
  open(from?: number): Promise<ArchiveResponse>;
  /**
   * A part of the archive from a signed URL, without a token: from `start` up to but not including `end`.
   * Undefined when the host does not give just that, of the same archive.
   */
  part(from: ArchiveResponse, start: number, end?: number): Promise<Response | undefined>;
}

/** What is needed to reach an archive. */
export interface HostOptions {
  /** Asks for the archive, with these headers. */
  readonly request: (headers: Record<string, string>) => Promise<Response>;
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal | undefined;
}

/** The host of a run's archive. */
export function archiveHost({ request, fetch, signal }: HostOptions): ArchiveHost {
  const send = (headers: Record<string, string>) =>
    request(headers).catch((error: unknown) => {
      if (isRefusedLink(error)) return request(headers);
      throw error;
    });
  return {
    async open(from = 0) {
      const range = from > 0 ? `bytes=${from}-` : `bytes=0-${beginning - 1}`;
      const first = await send({ range }).catch((error: unknown) => {
        // A file without a byte has no beginning either.
        if ((error as { status?: number }).status === 416) return request({});
        throw error;
      });
      const part = partOf(first);
      if (!part || (first.url === "" && part.end + 1 < part.total)) {
        if (part) await first.body?.cancel();
        // Without its URL the rest could not be requested.
        return wholeResponse(part ? await request({}) : first);
      }
      return {
        response: first,
        url: first.url === "" ? undefined : first.url,
        total: part.total,
        etag: strongTag(first),
        ranges: true,
        from: part.start,
        upTo: part.end + 1,
      };
    },
    async part({ url, total, etag }, start, end) {
      if (url === undefined || total === undefined) return undefined;
      const range = `bytes=${start}-${end === undefined ? "" : end - 1}`;
      const response = await fetch(url, { headers: { range }, ...(signal && { signal }) });
      const part = partOf(response);
      const same =
        part?.start === start &&
        part.end === (end ?? total) - 1 &&
        part.total === total &&
        (etag === undefined || strongTag(response) === etag);
      if (same && response.body) return response;
      await response.body?.cancel();
      return undefined;
    },
  };
}

/** The host behind the link refuses it, because it has expired on its way: GitHub's own refusals are JSON. */
function isRefusedLink(error: unknown): boolean {
  const { status, data } = (error ?? {}) as { status?: unknown; data?: unknown };
  return status === 403 && (typeof data !== "object" || data === null);
}

// Enough for the smallest archives, and little to lose where only parts are wanted.
const beginning = 2 ** 16;

function wholeResponse(response: Response): ArchiveResponse {
  return {
    response,
    url: response.url === "" ? undefined : response.url,
    total: contentLength(response),
    etag: strongTag(response),
    ranges: response.headers.get("accept-ranges") === "bytes",
    from: 0,
    upTo: undefined,
  };
}

function partOf({ status, headers }: Response): ContentRange | undefined {
  return status === 206 ? readContentRange(headers.get("content-range")) : undefined;
}

function strongTag({ headers }: Response): string | undefined {
  const tag = headers.get("etag");
  return tag === null || tag.startsWith("W/") ? undefined : tag;
}
