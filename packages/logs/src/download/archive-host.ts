import { contentLength } from "../log-source.ts";
import { type ContentRange, readContentRange } from "./content-range.ts";

/** An archive's answer: where it is, how long, and whether parts of it can be asked for. */
export interface ArchiveAnswer {
  readonly response: Response;
  /** The signed URL, valid for a minute; undefined when the client's fetch does not tell. */
  readonly url: string | undefined;
  readonly total: number | undefined;
  readonly etag: string | undefined;
  /** The host serves ranges. */
  readonly ranges: boolean;
  /** The response holds the archive's bytes up to here only. */
  readonly upTo: number | undefined;
}

/** Where an archive comes from: GitHub for a fresh link, and the host behind the link. */
export interface ArchiveHost {
  /**
   * Asks GitHub for the archive; core follows to the host, without the token. The beginning is asked for first: a
   * host that takes ranges then sends no more than that.
   */
  open(): Promise<ArchiveAnswer>;
  /**
   * A part of the archive from a signed URL, without a token: from `start` up to but not including `end`.
   * Undefined when the host does not give just that, of the same archive.
   */
  part(from: ArchiveAnswer, start: number, end?: number): Promise<Response | undefined>;
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
  return {
    async open() {
      const first = await request({ range: `bytes=0-${beginning - 1}` }).catch((error: unknown) => {
        // A file without a byte has no beginning either.
        if ((error as { status?: number }).status === 416) return request({});
        throw error;
      });
      const given = partOf(first);
      if (!given || (first.url === "" && given.end + 1 < given.total)) {
        if (given) await first.body?.cancel();
        // Without its URL the rest could not be asked for.
        return wholeAnswer(given ? await request({}) : first);
      }
      return {
        response: first,
        url: first.url === "" ? undefined : first.url,
        total: given.total,
        etag: strongTag(first),
        ranges: true,
        upTo: given.end + 1,
      };
    },
    async part({ url, total, etag }, start, end) {
      if (url === undefined || total === undefined) return undefined;
      const range = `bytes=${start}-${end === undefined ? "" : end - 1}`;
      const response = await fetch(url, { headers: { range }, ...(signal && { signal }) });
      const given = partOf(response);
      const same =
        given?.start === start &&
        given.end === (end ?? total) - 1 &&
        given.total === total &&
        (etag === undefined || strongTag(response) === etag);
      if (same && response.body) return response;
      await response.body?.cancel();
      return undefined;
    },
  };
}

// Enough for the smallest archives, and little to lose where only parts are wanted.
const beginning = 2 ** 16;

function wholeAnswer(response: Response): ArchiveAnswer {
  return {
    response,
    url: response.url === "" ? undefined : response.url,
    total: contentLength(response),
    etag: strongTag(response),
    ranges: response.headers.get("accept-ranges") === "bytes",
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
