import { open } from "node:fs/promises";
import type { ByteSource } from "../zip/byte-source.ts";

const largest = 2 ** 18;
const smallest = 2 ** 16;

/** A source on a file, which stays open until `close`. What was read last is kept: small entries lie close together. */
export async function fileSource(path: string | URL): Promise<ByteSource> {
  const file = await open(path);
  const { size } = await file.stat();
  let kept = { start: 0, bytes: new Uint8Array(0) };
  const at = async (position: number, wanted: number): Promise<typeof kept> => {
    const { start, bytes } = kept;
    if (position >= start && position < start + bytes.length) return kept;
    const length = Math.min(Math.max(wanted, smallest), largest, size - position);
    const buffer = new Uint8Array(length);
    const { bytesRead } = await file.read(buffer, 0, length, position);
    kept = { start: position, bytes: buffer.subarray(0, bytesRead) };
    return kept;
  };
  return {
    size,
    async *bytes(start, end) {
      for (let position = start; position < Math.min(end, size);) {
        const { start: from, bytes } = await at(position, end - position);
        const part = bytes.subarray(position - from, end - from);
        // A file that has become shorter ends here; the reader sees that bytes are missing.
        if (part.length === 0) return;
        position += part.length;
        yield part;
      }
    },
    close: () => file.close(),
  };
}
