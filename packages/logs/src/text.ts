import type { Encoding } from "./at-hand-text.ts";
import { ArchiveLimitError } from "./zip/errors.ts";
import type { Limits } from "./zip/limits.ts";

/** Bytes as one string, a byte order mark at the start left out. */
export async function textOf(
  bytes: () => AsyncIterable<Uint8Array>,
  { textSize }: Limits,
  encoding: Encoding = "utf-8",
): Promise<string> {
  const decoder = new TextDecoder(encoding);
  const parts: string[] = [];
  let size = 0;
  for await (const piece of bytes()) {
    size += piece.length;
    if (size > textSize)
      throw new ArchiveLimitError(
        "text-too-large",
        "textSize",
        textSize,
        `the text has ${size} bytes or more; lines() reads it in pieces`,
      );
    parts.push(decoder.decode(piece, { stream: true }));
  }
  parts.push(decoder.decode());
  return parts.join("");
}
