import { contentLength } from "../log-source.ts";
import { readContentRange } from "./content-range.ts";

/** An archive's answer: where it is, how long, and whether parts of it can be asked for. */
export interface ArchiveAnswer {
  readonly response: Response;
  /** The signed URL, valid for a minute; undefined when the client's fetch does not tell. */
  readonly url: string | undefined;
  readonly total: number | undefined;
  readonly etag: string | undefined;
  /** The server says that it serves ranges. */
  readonly ranges: boolean;
}

/** Where an archive comes from: GitHub for a fresh link, and the host behind the link. */
export interface ArchiveHost {
  /** Asks GitHub for the archive; core follows to the host, without the token. */
  open(): Promise<ArchiveAnswer>;
  /**
   * A part of the archive from a signed URL, without a token: from `start` up to but not including `end`.
   * Undefined when the host does not give just that, of the same archive.
   */
  part(from: ArchiveAnswer, start: number, end?: number): Promise<Response | undefined>;
}

/** What is needed to reach an archive. */
export interface HostOptions {
  readonly request: () => Promise<Response>;
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal | undefined;
}

/** The host of a run's archive. */
export function archiveHost({ request, fetch, signal }: HostOptions): ArchiveHost {
  return {
    async open() {
      const response = await request();
      return {
        response,
        url: response.url === "" ? undefined : response.url,
        total: contentLength(response),
        etag: strongTag(response),
        ranges: response.headers.get("accept-ranges") === "bytes",
      };
    },
    async part({ url, total, etag }, start, end) {
      if (url === undefined || total === undefined) return undefined;
      const range = `bytes=${start}-${end === undefined ? "" : end - 1}`;
      const response = await fetch(url, { headers: { range }, ...(signal && { signal }) });
      const given = readContentRange(response.headers.get("content-range"));
      const same =
        response.status === 206 &&
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

function strongTag({ headers }: Response): string | undefined {
  const tag = headers.get("etag");
  return tag === null || tag.startsWith("W/") ? undefined : tag;
}
