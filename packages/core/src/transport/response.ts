/** A response on its way outwards: its body has been read, so that every middleware may look at it. */
export interface PlainResponse {
  /** The body; empty when it is handed over as a stream (a download). */
  readonly text: string;
  /** Status and headers. Its body has been read, except a download's. */
  readonly response: Response;
}

/** Reads a body, unless it is a download, to be handed over as a stream. A download that failed is an error message. */
export function readText(response: Response, stream: boolean | undefined): Promise<string> | "" {
  return stream && response.ok ? "" : response.text();
}
