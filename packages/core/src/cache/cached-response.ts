/** A response as it is kept. */
export interface CachedResponse {
  etag: string;
  headers: [string, string][];
  text: string;
}

// They describe the bytes on the wire, not the text that is kept.
const ofTheWire = /^(content-length|content-encoding|transfer-encoding|connection|keep-alive)$/;

/** One line of JSON, then the body as it is: escaping a page once more would cost as much as parsing it. */
export function encodeCached({ etag, headers, text }: CachedResponse): string {
  const lasting = headers.filter(([name]) => !ofTheWire.test(name));
  return `${JSON.stringify({ etag, headers: lasting, length: text.length })}\n${text}`;
}

/** Undoes {@link encodeCached}; anything else, such as a value cut short, is as good as nothing. */
export function decodeCached(value: string | undefined): CachedResponse | undefined {
  const end = value?.indexOf("\n") ?? -1;
  if (value === undefined || end < 0) return undefined;
  try {
    const { etag, headers, length } = JSON.parse(value.slice(0, end)) as {
      etag?: unknown;
      headers?: unknown;
      length?: unknown;
    };
    const text = value.slice(end + 1);
    return typeof etag === "string" && Array.isArray(headers) && text.length === length
      ? { etag, headers: headers as [string, string][], text }
      : undefined;
  } catch {
    return undefined;
  }
}
