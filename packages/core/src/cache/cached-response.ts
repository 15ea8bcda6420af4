import { digest } from "./digest.ts";

/** A response as it is kept. */
export interface CachedResponse {
  etag: string;
  headers: [string, string][];
  text: string;
  /** When it was received, or last found unchanged: milliseconds since 1970. */
  storedAt: number;
  /** Names of the request headers that it varies on. */
  vary: readonly string[];
  /** What those were, see `variantOf`. */
  variant: string;
}

// They describe the bytes on the wire, not the text that is kept.
const ofTheWire = /^(content-length|content-encoding|transfer-encoding|connection|keep-alive)$/;

/** One line of JSON, then the body as it is: escaping a page once more would cost as much as parsing it. */
export async function encodeCached({ headers, text, ...rest }: CachedResponse): Promise<string> {
  const lasting = headers.filter(([name]) => !ofTheWire.test(name));
  const line = JSON.stringify({ ...rest, headers: lasting, digest: await digest(text) });
  return `${line}\n${text}`;
}

/**
 * Undoes {@link encodeCached}; anything else, such as a value cut short, in another encoding or one that somebody else
 * wrote, is as good as nothing.
 */
export async function decodeCached(value: string | undefined): Promise<CachedResponse | undefined> {
  const end = value?.indexOf("\n") ?? -1;
  if (value === undefined || end < 0) return undefined;
  try {
    const { digest: expected, ...entry } = JSON.parse(value.slice(0, end)) as Omit<
      CachedResponse,
      "text"
    > & { digest: unknown };
    const text = value.slice(end + 1);
    const good =
      expected === (await digest(text)) &&
      Number.isFinite(entry.storedAt) &&
      isStrings([entry.etag, entry.variant]) &&
      isStrings(entry.vary) &&
      // Throws for what cannot be a header.
      [...new Headers([...entry.headers, ["if-none-match", entry.etag]])].length > 0;
    return good ? { ...entry, text } : undefined;
  } catch {
    return undefined;
  }
}

function isStrings(values: unknown): boolean {
  return Array.isArray(values) && values.every((value) => typeof value === "string");
}
